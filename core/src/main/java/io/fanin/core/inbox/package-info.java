/** The partitions of each table that S3 events have named and no run has taken over yet. */
package io.fanin.core.inbox;
