/** Finds the partitions that exist in S3 and are not registered in Glue. */
package io.fanin.detector;
