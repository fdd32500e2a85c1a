/** Records which table creates its partitions in which folder: one table for each folder. */
package io.fanin.core.owner;
