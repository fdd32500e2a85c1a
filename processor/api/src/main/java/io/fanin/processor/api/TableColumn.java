package io.fanin.processor.api;

/**
 * One column of a table.
 *
 * @param type in Hive's notation, for example {@code bigint} or {@code array<string>}
 */
public record TableColumn(String name, String type) {}
