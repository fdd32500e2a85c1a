/** Knows into which folder which table's partitions are made: one table for a folder. */
package io.fanin.core.owner;
