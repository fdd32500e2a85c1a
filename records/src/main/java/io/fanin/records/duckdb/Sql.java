package io.fanin.records.duckdb;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes names, texts and paths into SQL; no other class does. DuckDB reads a doubled quote as one quote and has no
 * other escapes in either kind of quotes; only NUL ends a statement early, and is refused.
 */
public final class Sql {

    /** Maximum rows of a row group: query engines hold one at a time in memory. */
    private static final int ROW_GROUP_ROWS = 1_000_000;

    private Sql() {}

    /** The name of a column or a field, whatever its characters. */
    public static String identifier(String name) {
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    public static String literal(String text) {
        return "'" + withoutNul(text).replace("'", "''") + "'";
    }

    /**
     * A file's path, as a text. Where paths are patterns, {@code *?[} in it would match others: give files plain names.
     */
    public static String path(Path path) {
        return literal(path.toString());
    }

    /** A list of paths, for functions that read several files. */
    public static String paths(List<Path> paths) {
        return paths.stream().map(Sql::path).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Options of COPY that write Parquet, in row groups of about this number of bytes before compression. */
    public static String parquet(long rowGroupBytes) {
        return "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, ROW_GROUP_SIZE_BYTES %d"
                .formatted(ROW_GROUP_ROWS, rowGroupBytes);
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("SQL has no way to write the character NUL: " + text.replace('\0', '?'));
        }
        return text;
    }
}
