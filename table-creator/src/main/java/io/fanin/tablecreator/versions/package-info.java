/** Removes versions of partitions that newer ones have superseded. For the table-creator. */
package io.fanin.tablecreator.versions;
