package io.fanin.records.tables;

import io.fanin.model.table.TableName;

/**
 * What a query reads of a table.
 *
 * @param bytes of the objects as they are stored
 * @param partitions that are registered and chosen; 1 where the table is not partitioned
 */
public record TableSize(TableName table, long bytes, long objects, int partitions) {}
