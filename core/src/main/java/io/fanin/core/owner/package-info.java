/** Records the owners of folders: partitions are created in a folder by one table only. */
package io.fanin.core.owner;
