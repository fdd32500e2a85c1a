package io.fanin.processor.sql;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.sql.SqlFailure;
import io.fanin.records.sql.WrappedQuery;
import io.fanin.records.tables.DuckDbType;
import io.fanin.records.tables.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns that a query's result must have: those of the table, by name. */
final class ResultColumns {

    private static final int NAME = 100;

    private final List<Expected> columns;
    private final Set<String> keys;

    private record Expected(Column column, HiveType type) {

        String name() {
            return column.name().toLowerCase(Locale.ROOT);
        }

        String written() {
            return new WrittenValue(column, type).sql();
        }
    }

    /** @throws ConversionException {@code UnsupportedType} if a column's type cannot be written */
    ResultColumns(TableDefinition table) {
        this.columns = table.columns().stream()
                .map(column -> new Expected(column, type(column)))
                .toList();
        this.keys = table.keys().stream().map(PartitionKey::canonicalName).collect(Collectors.toSet());
    }

    private static HiveType type(Column column) {
        try {
            return HiveTypeParser.parse(column.type());
        } catch (IllegalArgumentException e) {
            throw new ConversionException(
                    FailureCode.UNSUPPORTED_TYPE, "column '" + column.name() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Compares the columns of a result, by names in lower case, with the table's; all differences are one
     * {@code SqlResultMismatch}.
     */
    void check(Map<String, DuckDbType> found) {
        List<String> problems = new ArrayList<>();
        for (Expected expected : columns) {
            DuckDbType type = found.get(expected.name());
            String name = LogSafe.beginning(expected.column().name(), NAME);
            if (type == null) {
                problems.add("column '" + name + "' (" + expected.type().hive() + ") is missing");
            } else if (!Widening.isLossless(type, expected.type())) {
                problems.add(
                        "column '%s' is %s, and %s in the table, which does not hold it without loss: cast it in the query"
                                .formatted(
                                        name,
                                        LogSafe.beginning(type.shown(), NAME),
                                        expected.type().hive()));
            }
        }
        Set<String> known = columns.stream().map(Expected::name).collect(Collectors.toSet());
        found.forEach((name, type) -> {
            if (!known.contains(name)) {
                problems.add("column '%s' (%s) %s"
                        .formatted(
                                LogSafe.beginning(name, NAME),
                                LogSafe.beginning(type.shown(), NAME),
                                keys.contains(name)
                                        ? "is a partition key, whose value is the partition's: leave it out"
                                        : "is none of the table's"));
            }
        });
        if (!problems.isEmpty()) {
            throw SqlFailure.mismatch(String.join("; ", problems));
        }
    }

    /** The SELECT list with the table's names and types, in its order. */
    String selection() {
        return columns.stream()
                .map(column -> column.written() + " AS "
                        + Sql.identifier(column.column().name()))
                .collect(Collectors.joining(", "));
    }

    /** The column whose value is at an offset of the selection, in UTF-8 bytes. */
    Optional<Column> at(int offset) {
        int begin = 0;
        for (Expected column : columns) {
            int end = begin + WrappedQuery.bytes(column.written());
            if (offset >= begin && offset < end) {
                return Optional.of(column.column());
            }
            begin = end
                    + WrappedQuery.bytes(" AS " + Sql.identifier(column.column().name()) + ", ");
        }
        return Optional.empty();
    }
}
