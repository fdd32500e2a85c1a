/** The state of tables, their runs and their partitions. */
package io.fanin.cli.table;
