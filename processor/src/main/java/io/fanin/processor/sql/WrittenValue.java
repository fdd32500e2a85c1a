package io.fanin.processor.sql;

import io.fanin.model.table.Column;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import java.util.stream.Collectors;

/**
 * SQL for a column's values as they are written. Some values that readers other than DuckDB would misread fail the
 * query:
 *
 * <ul>
 *   <li>a text longer than its type allows, which they truncate
 *   <li>an infinite date or timestamp, which they read as a day in a far year
 * </ul>
 *
 * A negative zero becomes a positive one: DuckDB's Bloom filters tell them apart, and Trino and Spark would not find
 * the one by {@code = 0}.
 */
record WrittenValue(Column column, HiveType type) {

    private static final int NAME = 100;

    String sql() {
        String cast = "CAST(" + Sql.identifier(column.name()) + " AS " + SqlTypes.of(type) + ")";
        if (type instanceof HiveType.Nested && mayDiffer(type)) {
            // A list of one element gives the value a name, so that it is cast only once.
            return "list_transform([" + cast + "], " + lambda(type, 0) + ")[1]";
        }
        return sql(type, cast, 0);
    }

    /** Whether values of this type may have to be changed or refused when they are written. */
    private static boolean mayDiffer(HiveType type) {
        return switch (type) {
            case Characters text -> true;
            case Decimal decimal -> false;
            case Scalar scalar ->
                switch (scalar) {
                    case FLOAT, DOUBLE, DATE, TIMESTAMP -> true;
                    case STRING, BOOLEAN, TINYINT, SMALLINT, INT, BIGINT -> false;
                };
            case ListOf list -> mayDiffer(list.element());
            case MapOf map -> mayDiffer(map.key()) || mayDiffer(map.value());
            case Struct struct -> struct.fields().stream().anyMatch(field -> mayDiffer(field.type()));
        };
    }

    private String lambda(HiveType of, int depth) {
        String value = "value" + depth;
        return "lambda " + value + ": " + sql(of, value, depth + 1);
    }

    /** @param value an expression of this type */
    private String sql(HiveType of, String value, int depth) {
        if (!mayDiffer(of)) {
            return value;
        }
        return switch (of) {
            case Characters text -> limited(text, value);
            case Decimal decimal -> value;
            case Scalar scalar ->
                scalar == Scalar.FLOAT || scalar == Scalar.DOUBLE
                        ? "(" + value + " + CAST(0 AS " + SqlTypes.of(scalar) + "))"
                        : finite(scalar, value);
            case ListOf list -> "list_transform(" + value + ", " + lambda(list.element(), depth) + ")";
            case MapOf map ->
                unlessNull(
                        value,
                        "map_from_entries(list_transform(map_entries(" + value + "), lambda value" + depth
                                + ": struct_pack(key := "
                                + sql(map.key(), field("value" + depth, "key"), depth + 1) + ", value := "
                                + sql(map.value(), field("value" + depth, "value"), depth + 1) + ")))");
            case Struct struct ->
                unlessNull(
                        value,
                        struct.fields().stream()
                                .map(field -> Sql.identifier(field.name()) + " := "
                                        + sql(field.type(), field(value, field.name()), depth))
                                .collect(Collectors.joining(", ", "struct_pack(", ")")));
        };
    }

    private static String field(String struct, String name) {
        return "struct_extract(" + struct + ", " + Sql.literal(name) + ")";
    }

    private static String unlessNull(String value, String then) {
        return "CASE WHEN " + value + " IS NULL THEN NULL ELSE " + then + " END";
    }

    private String limited(Characters text, String value) {
        String counted = text.padded() ? "rtrim(" + value + ", ' ')" : value;
        return checked("length(" + counted + ") > " + text.most(), "a value that is longer than " + text.hive(), value);
    }

    private String finite(Scalar time, String value) {
        return checked(
                "isinf(" + value + ")",
                "an infinite " + time.hive() + ", which other readers take for a day in a far year",
                value);
    }

    private String checked(String problem, String what, String value) {
        return "CASE WHEN %s THEN error(%s) ELSE %s END"
                .formatted(
                        problem,
                        Sql.literal("column '" + LogSafe.beginning(column.name(), NAME) + "' has " + what),
                        value);
    }
}
