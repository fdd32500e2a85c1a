package io.fanin.records.tables;

import io.fanin.model.table.TableName;

/**
 * The size of the data that a query reads from a table.
 *
 * @param bytes the size of the objects as stored
 * @param partitions the number of registered partitions that were chosen; 1 if the table is not partitioned
 */
public record TableSize(TableName table, long bytes, long objects, int partitions) {}
