package io.fanin.processor.convert;

import io.fanin.core.table.Column;
import io.fanin.processor.convert.HiveType.Field;
import io.fanin.processor.convert.HiveType.Struct;
import io.fanin.processor.duckdb.Sql;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that the table's files have. Between the raw data and DuckDB a column goes by its number, whatever its name:
 * records become shorter, and names need no escaping.
 */
final class Columns {

    private final Struct struct;
    private final byte[][] keys;
    private final byte[][] rawKeys;
    private final boolean[] required;

    /**
     * Reads the columns' types.
     *
     * @param required names of columns, in any case
     * @throws IllegalArgumentException when a type cannot be converted into, or a required column is none
     */
    Columns(List<Column> columns, List<String> required) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("the table has no columns to convert into: name them in the spec");
        }
        struct = new Struct(columns.stream().map(Columns::field).toList());
        keys = new byte[columns.size()][];
        rawKeys = new byte[columns.size()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ("\"" + i + "\":").getBytes(StandardCharsets.US_ASCII);
            rawKeys[i] = rawKey(name(i));
        }
        this.required = new boolean[columns.size()];
        for (String name : required) {
            int index = struct.names().find(name);
            if (index == FieldNames.UNKNOWN) {
                throw new IllegalArgumentException("the required column '" + name + "' is none of the table's");
            }
            this.required[index] = true;
        }
    }

    private static Field field(Column column) {
        try {
            return new Field(column.name(), HiveTypeParser.parse(column.type()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column '" + column.name() + "': " + e.getMessage(), e);
        }
    }

    private static byte[] rawKey(String name) {
        RecordBuffer key = new RecordBuffer(name.length() + 16);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        key.string(text, 0, text.length);
        key.write(':');
        return key.text().getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return keys.length;
    }

    FieldNames names() {
        return struct.names();
    }

    String name(int column) {
        return struct.fields().get(column).name();
    }

    HiveType type(int column) {
        return struct.fields().get(column).type();
    }

    /** A column's name as a record mostly writes it: in quotes, with its colon. */
    byte[] rawKey(int column) {
        return rawKeys[column];
    }

    /** What is written before a column's value. */
    byte[] key(int column) {
        return keys[column];
    }

    /** The names of required columns that a record does not have. */
    List<String> missing(boolean[] there) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < required.length; i++) {
            if (required[i] && !there[i]) {
                missing.add(name(i));
            }
        }
        return missing;
    }

    /** The columns under their names, for SELECT. */
    String selection() {
        return each(i -> "\"" + i + "\" AS " + Sql.identifier(name(i)), ", ");
    }

    /** The columns under their numbers with their types, as a struct for {@code read_json}. */
    String types() {
        return each(i -> "\"" + i + "\": " + Sql.literal(type(i).duckDb()), ", ");
    }

    private String each(IntFunction<String> text, String separator) {
        return IntStream.range(0, size()).mapToObj(text).collect(Collectors.joining(separator));
    }
}
