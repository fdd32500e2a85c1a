/** How the values of a partition are written in its prefix: Hive's way, or a template. Pure; independent of S3. */
package io.fanin.model.layout;
