/** Reads the partitions of tables from S3's event notifications, and records them in the tables' inboxes. */
package io.fanin.detector.events;
