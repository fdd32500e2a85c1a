package io.fanin.records.duckdb;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes names, texts and paths into SQL; no other class does. DuckDB reads a doubled quote as one quote and has no
 * other escapes in either kind of quotes; only NUL ends a statement early, and is refused.
 */
public final class Sql {

    private Sql() {}

    /** The name of a column or a field, whatever its characters. */
    public static String identifier(String name) {
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    public static String literal(String text) {
        return "'" + withoutNul(text).replace("'", "''") + "'";
    }

    /** A file's path, as a text. Where paths are patterns, {@code *?[} in it would match others: give files plain names. */
    public static String path(Path path) {
        return literal(path.toString());
    }

    /** A list of paths, for functions that read several files. */
    public static String paths(List<Path> paths) {
        return paths.stream().map(Sql::path).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("SQL has no way to write the character NUL: " + text.replace('\0', '?'));
        }
        return text;
    }
}
