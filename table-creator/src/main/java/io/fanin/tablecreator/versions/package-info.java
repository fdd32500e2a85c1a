/** Removes superseded versions of partitions. For the table-creator. */
package io.fanin.tablecreator.versions;
