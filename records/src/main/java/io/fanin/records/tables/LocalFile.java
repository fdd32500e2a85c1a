package io.fanin.records.tables;

import java.nio.file.Path;
import java.util.Map;

/**
 * A Parquet file on the disk.
 *
 * @param what it is a copy of, for people
 * @param types of its columns by their names in lower case
 */
public record LocalFile(Path path, String what, Map<String, DuckDbType> types) {}
