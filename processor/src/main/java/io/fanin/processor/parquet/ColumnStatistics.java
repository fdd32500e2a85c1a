package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.type.HiveType;
import io.fanin.core.type.HiveType.Scalar;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The least and the greatest value of a column over the row groups of a partition's files. Known only where all of them say
 * theirs exactly: texts may be cut in a footer, so they count where the footer says that they are not, and INT96 has no
 * order. As DuckDB prints values, in UTC.
 */
final class ColumnStatistics {

    /** Longer values say little, and every reader of the catalog has to carry them. */
    private static final int MAX_LENGTH = 256;

    private final String column;
    private final HiveType type;
    private Optional<Extremes> extremes = Optional.empty();
    private boolean known = true;

    private record Extremes(Optional<String> least, Optional<String> greatest, boolean known) {}

    ColumnStatistics(String column, HiveType type) {
        this.column = column;
        this.type = type;
    }

    void add(Footers footers, ObjectSummary object, Path file) throws IOException {
        if (known) {
            Extremes found = footers.query(
                            object, question(file), row -> new Extremes(row.text(1), row.text(2), row.holds(3)))
                    .getFirst();
            known = found.known();
            extremes = Optional.of(found);
        }
    }

    /** Joins what is known already with what the file's row groups say. */
    private String question(Path file) {
        return """
            SELECT CAST(min(low) AS VARCHAR), CAST(max(high) AS VARCHAR), coalesce(bool_and(known), true)
            FROM (
              SELECT TRY_CAST(stats_min_value AS %1$s) AS low, TRY_CAST(stats_max_value AS %1$s) AS high,
                coalesce(stats_null_count = num_values, false)
                OR (coalesce(min_is_exact AND max_is_exact, %2$s) AND type <> 'INT96'
                  AND TRY_CAST(stats_min_value AS %1$s) IS NOT NULL
                  AND TRY_CAST(stats_max_value AS %1$s) IS NOT NULL) AS known
              FROM parquet_metadata(%3$s) WHERE lower(path_in_schema) = lower(%4$s)
              UNION ALL
              SELECT TRY_CAST(%5$s AS %1$s), TRY_CAST(%6$s AS %1$s), true
            )
            """.formatted(
                        SqlTypes.of(type),
                        type != Scalar.STRING,
                        Sql.path(file),
                        Sql.literal(column),
                        literal(extremes.flatMap(Extremes::least)),
                        literal(extremes.flatMap(Extremes::greatest)));
    }

    private static String literal(Optional<String> value) {
        return value.map(Sql::literal).orElse("NULL");
    }

    /** Tells the values, where they are known and there are any. */
    void tell(Map<String, String> parameters) {
        if (known) {
            put(parameters, "fanin.min.", extremes.flatMap(Extremes::least));
            put(parameters, "fanin.max.", extremes.flatMap(Extremes::greatest));
        }
    }

    private void put(Map<String, String> parameters, String prefix, Optional<String> value) {
        value.filter(text -> text.length() <= MAX_LENGTH).ifPresent(text -> parameters.put(prefix + column, text));
    }
}
