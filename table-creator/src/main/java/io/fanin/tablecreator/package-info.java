/** Registers the partitions that succeeded, says on the table what is outstanding, and holds a partial run. */
package io.fanin.tablecreator;
