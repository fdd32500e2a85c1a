package io.fanin.records.tables;

/**
 * A column of a query's result.
 *
 * @param type as DuckDB prints it
 */
public record ResultColumn(String name, String type) {}
