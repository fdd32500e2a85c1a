/** What S3's event notifications, taken from a queue, say of a table's partitions. */
package io.fanin.detector.queue;
