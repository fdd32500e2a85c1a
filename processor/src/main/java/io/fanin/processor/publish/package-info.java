/**
 * Writes objects into a table, for all processors that make partitions: uploads become visible together or not at all,
 * and never replace objects of another table.
 */
package io.fanin.processor.publish;
