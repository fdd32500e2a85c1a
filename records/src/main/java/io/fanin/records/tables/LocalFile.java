package io.fanin.records.tables;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Parquet file on the disk.
 *
 * @param what the origin of its rows, for people
 * @param types of its columns by their names in lower case
 */
public record LocalFile(Path path, String what, Map<String, DuckDbType> types) {

    public LocalFile {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /** This file without some of its columns, by their names in lower case. */
    LocalFile without(Set<String> columns) {
        Map<String, DuckDbType> others = new LinkedHashMap<>(types);
        others.keySet().removeAll(columns);
        return new LocalFile(path, what, others);
    }
}
