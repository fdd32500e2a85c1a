/** The layouts of partition values in prefixes: Hive's, or a template. Pure; independent of S3. */
package io.fanin.model.layout;
