package io.fanin.records.raw;

import io.fanin.model.json.Json;
import io.fanin.model.table.Column;
import io.fanin.model.type.FieldNames;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.Nested;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.duckdb.VectorType;
import io.fanin.records.raw.value.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The columns of the table's files. In DuckDB's input they are named by number. */
final class Columns {

    private final Struct struct;
    private final ValueType[] types;
    private final String[] names;
    private final int[] required;

    /**
     * Reads the columns' types.
     *
     * @param required names of columns, in any case
     * @throws IllegalArgumentException when values cannot be converted to a type, or a required column does not exist
     */
    Columns(List<Column> columns, List<String> required) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("the table has no columns to convert into: name them in the spec");
        }
        struct = new Struct(columns.stream().map(Columns::field).toList());
        types = struct.fields().stream()
                .map(field -> ValueType.of(field.type()))
                .toArray(ValueType[]::new);
        names = struct.fields().stream().map(Field::name).toArray(String[]::new);
        this.required = required.stream().mapToInt(this::index).distinct().toArray();
    }

    private int index(String required) {
        int index = struct.names().find(required);
        if (index == FieldNames.UNKNOWN) {
            throw new IllegalArgumentException("the required column '" + required + "' is none of the table's");
        }
        return index;
    }

    private static Field field(Column column) {
        try {
            return new Field(column.name(), HiveTypeParser.parse(column.type()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column '" + column.name() + "': " + e.getMessage(), e);
        }
    }

    int size() {
        return struct.fields().size();
    }

    FieldNames names() {
        return struct.names();
    }

    String name(int column) {
        return names[column];
    }

    HiveType type(int column) {
        return struct.fields().get(column).type();
    }

    ValueType valueType(int column) {
        return types[column];
    }

    /** The types of the values in DuckDB's input; nested values are JSON there. */
    List<VectorType> vectors() {
        return struct.fields().stream().map(field -> vector(field.type())).toList();
    }

    /** Whether any column has nested values. */
    boolean isNested() {
        return struct.fields().stream().anyMatch(field -> field.type() instanceof Nested);
    }

    private static VectorType vector(HiveType type) {
        return switch (type) {
            case Scalar scalar -> VectorType.Plain.valueOf(SqlTypes.of(scalar));
            case Characters text -> VectorType.Plain.VARCHAR;
            case Decimal decimal -> new VectorType.Decimal(decimal.precision(), decimal.scale());
            case Nested nested -> VectorType.Plain.VARCHAR;
        };
    }

    /** The name of a required column that the chunk's last row does not have. */
    Optional<String> missing(Chunk chunk) {
        for (int column : required) {
            if (chunk.column(column).isNull(chunk.row())) {
                return Optional.of(name(column));
            }
        }
        return Optional.empty();
    }

    /** The columns under their names, for SELECT. */
    String selection() {
        return IntStream.range(0, size())
                .mapToObj(i -> (type(i) instanceof Nested ? json(i) : "c" + i) + " AS " + Sql.identifier(name(i)))
                .collect(Collectors.joining(", "));
    }

    /** Strict: it fails instead of returning null. */
    private String json(int column) {
        return "json_transform_strict(c%d, %s)".formatted(column, Sql.literal(Json.text(SqlTypes.of(type(column)))));
    }
}
