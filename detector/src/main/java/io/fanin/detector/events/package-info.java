/** What S3's event notifications say of tables' partitions, and how it comes into their inboxes. */
package io.fanin.detector.events;
