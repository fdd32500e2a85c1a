/** How the values of a partition stand in its prefix: Hive's way, or a template. Pure; knows partitions, and nothing of S3. */
package io.fanin.core.layout;
