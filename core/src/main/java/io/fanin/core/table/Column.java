package io.fanin.core.table;

/**
 * One column of a table.
 *
 * @param type in Hive's notation, for example {@code bigint} or {@code array<string>}
 */
public record Column(String name, String type) {}
