package io.fanin.records.duckdb;

import io.fanin.model.type.HiveType;
import java.util.stream.Collectors;

/** Writes Hive's types into DuckDB's SQL. */
public final class SqlTypes {

    private SqlTypes() {}

    /** The type that holds the same values. */
    public static String of(HiveType type) {
        return switch (type) {
            case HiveType.Scalar scalar ->
                switch (scalar) {
                    case STRING -> "VARCHAR";
                    case INT -> "INTEGER";
                    case BOOLEAN, TINYINT, SMALLINT, BIGINT, FLOAT, DOUBLE, DATE, TIMESTAMP -> scalar.name();
                };
            case HiveType.Characters text -> "VARCHAR";
            case HiveType.Decimal decimal -> "DECIMAL(%d,%d)".formatted(decimal.precision(), decimal.scale());
            case HiveType.ListOf list -> of(list.element()) + "[]";
            case HiveType.MapOf map -> "MAP(" + of(map.key()) + ", " + of(map.value()) + ")";
            case HiveType.Struct struct ->
                struct.fields().stream()
                        .map(field -> Sql.identifier(field.name()) + " " + of(field.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
        };
    }
}
