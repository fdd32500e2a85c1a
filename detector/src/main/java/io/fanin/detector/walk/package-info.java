/** Finds a table's partitions in S3, with as few requests as their layout allows. */
package io.fanin.detector.walk;
