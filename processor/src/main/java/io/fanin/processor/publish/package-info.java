/** Writes objects into a table: what is uploaded appears together or not at all, and takes no other table's place. For all that makes partitions. */
package io.fanin.processor.publish;
