package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.names.FaninNames;
import io.fanin.model.type.HiveType;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.objects.Printable;
import io.fanin.records.parquet.ParquetFooter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The minimum and maximum of a column over all row groups of a partition's files, known only if all of them have exact
 * values: strings may be truncated in a footer, so they count only if it marks them as exact, and INT96 has no order.
 * In strings that are not marked as text, only values of printable ASCII characters are known. Values are formatted as
 * DuckDB prints them, in UTC.
 */
final class ColumnStatistics {

    /** Longer values are of little use, and every reader of the catalog has to transfer them. */
    private static final int MAX_LENGTH = 256;

    /** A value with this character is left out: tools may take it for the end of the text. */
    private static final char NUL = 0;

    /** A byte outside printable ASCII, as DuckDB prints it for a column that is not marked as text. */
    private static final String ESCAPED = "\\\\x[0-9A-F]{2}";

    /**
     * The condition that the maximum is a whole number of microseconds. Others are truncated, and would be below actual
     * values.
     */
    private static final String IN_MICROSECONDS =
            "NOT regexp_matches(coalesce(stats_max_value, ''), '[.][0-9]{6}[0-9]*[1-9]')";

    private final String column;
    private final HiveType type;
    private Extremes extremes = Extremes.NONE;

    /** @param known whether all row groups so far have exact values */
    private record Extremes(Optional<String> least, Optional<String> greatest, boolean known) {

        static final Extremes NONE = new Extremes(Optional.empty(), Optional.empty(), true);

        String leastLiteral() {
            return least.map(Extremes::literal).orElse("NULL");
        }

        String greatestLiteral() {
            return greatest.map(Extremes::literal).orElse("NULL");
        }

        private static String literal(String text) {
            return text.indexOf(NUL) < 0 ? Sql.literal(text) : ofBytes(text);
        }

        /** SQL has no other way to write NUL. */
        private static String ofBytes(String text) {
            return "decode(unhex('" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'))";
        }
    }

    ColumnStatistics(String column, HiveType type) {
        this.column = column;
        this.type = type;
    }

    /** @param file has the object's footer */
    void add(FileQueries database, ObjectSummary object, Path file) {
        if (!extremes.known) {
            return;
        }
        try {
            extremes = database.query(question(file), row -> new Extremes(row.text(1), row.text(2), row.holds(3)))
                    .getFirst();
        } catch (DuckDbException e) {
            if (e.kind() != DuckDbException.Kind.OTHER) {
                throw e;
            }
            throw ParquetFooter.unreadable(object.key(), Printable.prose(e.getMessage()), null);
        }
    }

    /** Combines the values so far with those of the file's row groups. */
    private String question(Path file) {
        return """
            SELECT CAST(min(low) AS VARCHAR), CAST(max(high) AS VARCHAR), coalesce(bool_and(known), true)
            FROM (
              SELECT %7$s AS low, %8$s AS high,
                coalesce(stats_null_count = num_values, false)
                OR (coalesce(min_is_exact AND max_is_exact, %2$s) AND type <> 'INT96'
                  AND %9$s
                  AND low IS NOT NULL AND high IS NOT NULL) AS known
              FROM parquet_metadata(%3$s) WHERE lower(path_in_schema) = lower(%4$s)
              UNION ALL
              SELECT TRY_CAST(%5$s AS %1$s), TRY_CAST(%6$s AS %1$s), true
            )
            """.formatted(
                        SqlTypes.of(type),
                        !type.isText(),
                        Sql.path(file),
                        Sql.literal(column),
                        extremes.leastLiteral(),
                        extremes.greatestLiteral(),
                        value("stats_min_value"),
                        value("stats_max_value"),
                        type == HiveType.Scalar.TIMESTAMP ? IN_MICROSECONDS : "true");
    }

    /**
     * The expression for a footer's text as a value of the column. A float is cast as such before it becomes a double,
     * since its digits mean another double.
     */
    private String value(String text) {
        String value = "TRY_CAST(%s AS %s)".formatted(text, SqlTypes.of(type));
        if (type.isText()) {
            return "CASE WHEN regexp_matches(%s, '%s') THEN NULL ELSE %s END".formatted(text, ESCAPED, value);
        }
        return type == HiveType.Scalar.DOUBLE
                ? "CASE WHEN type = 'FLOAT' THEN CAST(TRY_CAST(%s AS FLOAT) AS DOUBLE) ELSE %s END"
                        .formatted(text, value)
                : value;
    }

    /** Adds the values to the parameters, if they are known. */
    void addTo(Map<String, String> parameters) {
        if (extremes.known) {
            extremes.least.ifPresent(value -> put(parameters, FaninNames.least(column), value));
            extremes.greatest.ifPresent(value -> put(parameters, FaninNames.greatest(column), value));
        }
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (value.length() <= MAX_LENGTH && value.indexOf(NUL) < 0) {
            parameters.put(name, value);
        }
    }
}
