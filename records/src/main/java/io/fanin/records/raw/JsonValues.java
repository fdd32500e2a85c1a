package io.fanin.records.raw;

import io.fanin.core.type.FieldNames;
import io.fanin.core.type.HiveType;
import io.fanin.core.type.HiveType.Decimal;
import io.fanin.core.type.HiveType.Field;
import io.fanin.core.type.HiveType.ListOf;
import io.fanin.core.type.HiveType.MapOf;
import io.fanin.core.type.HiveType.Scalar;
import io.fanin.core.type.HiveType.Struct;
import io.fanin.records.duckdb.ColumnBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON values, each held against its type: a column's into a chunk, and its parts as JSON again. A value that does not
 * go with its type is passed over and remembered as the record's problem; one that breaks JSON's grammar throws
 * {@link BadRecordException}.
 */
final class JsonValues {

    private static final int FIRST_SIZE = 1 << 12;
    private static final int KEY_ROOM = 64;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final JsonTokens tokens;
    private final ByteWindow in;
    private final Scalars scalars;
    private final ScalarValue value = new ScalarValue();
    private final JsonText out = new JsonText(FIRST_SIZE);
    private final List<String> path = new ArrayList<>();
    private Optional<String> problem = Optional.empty();

    JsonValues(JsonTokens tokens, Scalars scalars) {
        this.tokens = tokens;
        this.in = tokens.in();
        this.scalars = scalars;
    }

    /** Begins another record. */
    void begin() {
        problem = Optional.empty();
        path.clear();
    }

    /** The first thing that does not go with its type, since the record began. */
    Optional<String> problem() {
        return problem;
    }

    void report(String reason) {
        if (problem.isEmpty()) {
            problem = Optional.of(reason);
        }
    }

    /** Reads the next value as that of a column in a chunk's last row. */
    void column(String name, HiveType type, ColumnBuffer column, int row) throws IOException {
        path.add(name);
        int c = tokens.next();
        if (c == 'n') {
            tokens.word("null");
        } else if (type instanceof Scalar || type instanceof Decimal) {
            if (single(type, c)) {
                value.set(type, column, row);
            }
        } else {
            out.clear();
            write(type, c);
            if (problem.isEmpty()) {
                column.setText(row, out.bytes(), 0, out.length());
            }
        }
        path.removeLast();
    }

    /** Writes the next value. */
    private void write(HiveType type) throws IOException {
        int c = tokens.next();
        if (c == 'n') {
            tokens.word("null");
            out.ascii("null");
        } else {
            write(type, c);
        }
    }

    private void write(HiveType type, int c) throws IOException {
        switch (type) {
            case Scalar scalar -> {
                if (single(scalar, c)) {
                    value.write(scalar, out);
                }
            }
            case Decimal decimal -> {
                if (single(decimal, c)) {
                    value.write(decimal, out);
                }
            }
            case ListOf list -> list(list, c);
            case MapOf map -> map(map, c);
            case Struct struct -> struct(struct, c);
        }
    }

    /** Reads a single value; says whether it goes with its type. */
    private boolean single(HiveType type, int c) throws IOException {
        int from = in.offset();
        boolean fits = switch (c) {
            case '"' -> {
                tokens.string();
                yield string(type, in.index(from) + 1, in.index(in.offset()) - 1);
            }
            case 't', 'f' -> bool(type, c == 't');
            case '{', '[' -> {
                tokens.value(path.size());
                yield type == Scalar.STRING && raw(from);
            }
            default -> number(type, c, from);
        };
        if (!fits) {
            mismatch(type, from);
        }
        return fits;
    }

    private boolean raw(int from) {
        return value.text(in.bytes(), in.index(from), in.index(in.offset()));
    }

    private boolean string(HiveType type, int begin, int end) {
        byte[] bytes = in.bytes();
        for (int i = begin; i < end; i++) {
            if (bytes[i] == '\\') {
                return read(type, JsonStrings.decode(bytes, begin, end));
            }
        }
        return scalars.read(type, bytes, begin, end, value);
    }

    private boolean read(HiveType type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return scalars.read(type, bytes, 0, bytes.length, value);
    }

    private boolean bool(HiveType type, boolean truth) throws IOException {
        tokens.word(truth ? "true" : "false");
        byte[] text = truth ? TRUE : FALSE;
        return (type == Scalar.BOOLEAN || type == Scalar.STRING) && scalars.read(type, text, 0, text.length, value);
    }

    private boolean number(HiveType type, int c, int from) throws IOException {
        if (c != '-' && (c < '0' || c > '9')) {
            throw JsonTokens.unexpected("a value", c);
        }
        tokens.number();
        return type != Scalar.BOOLEAN
                && type != Scalar.DATE
                && type != Scalar.TIMESTAMP
                && scalars.read(type, in.bytes(), in.index(from), in.index(in.offset()), value);
    }

    private void list(ListOf type, int c) throws IOException {
        if (!opens(type, c, '[')) {
            return;
        }
        out.write('[');
        if (!tokens.empty(']')) {
            write(type.element());
            while (tokens.another(']')) {
                out.write(',');
                write(type.element());
            }
        }
        out.write(']');
    }

    private void map(MapOf type, int c) throws IOException {
        if (!opens(type, c, '{')) {
            return;
        }
        out.write('{');
        if (!tokens.empty('}')) {
            Set<String> keys = new HashSet<>();
            do {
                if (!keys.isEmpty()) {
                    out.write(',');
                }
                keys.add(key(type, keys));
                tokens.expect(':');
                out.write(':');
                write(type.value());
            } while (tokens.another('}'));
        }
        out.write('}');
    }

    /** Writes a map's key; says what was written. */
    private String key(MapOf type, Set<String> before) throws IOException {
        tokens.next();
        int from = in.offset();
        tokens.string();
        String text = JsonStrings.decode(in.bytes(), in.index(from + 1), in.index(in.offset() - 1));
        if (!read(type.key(), text)) {
            mismatch(type.key(), from);
            return text;
        }
        JsonText key = new JsonText(text.length() + KEY_ROOM);
        value.write(type.key(), key);
        out.quoted(key);
        if (before.contains(key.text())) {
            report("column " + name() + " has the key " + tokens.shown(from) + " twice");
        }
        return key.text();
    }

    private void struct(Struct type, int c) throws IOException {
        if (!opens(type, c, '{')) {
            return;
        }
        out.write('{');
        boolean[] seen = new boolean[type.fields().size()];
        int index = FieldNames.UNKNOWN;
        if (!tokens.empty('}')) {
            do {
                index = field(type.names(), index + 1);
                tokens.expect(':');
                if (index == FieldNames.UNKNOWN) {
                    tokens.value(path.size());
                    continue;
                }
                Field field = type.fields().get(index);
                if (seen[index]) {
                    report("column " + name() + " has the field '" + field.name() + "' twice");
                }
                seen[index] = true;
                name(field);
                path.add(field.name());
                write(field.type());
                path.removeLast();
            } while (tokens.another('}'));
        }
        absent(type, seen);
        out.write('}');
    }

    /** DuckDB's strict cast wants every field. */
    private void absent(Struct type, boolean[] seen) {
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                name(type.fields().get(i));
                out.ascii("null");
            }
        }
    }

    private void name(Field field) {
        if (out.last() != '{') {
            out.write(',');
        }
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        out.string(name, 0, name.length);
        out.write(':');
    }

    /** Passes over a field's name; says which field it is. */
    int field(FieldNames names, int likely) throws IOException {
        tokens.next();
        int from = in.offset();
        tokens.string();
        byte[] bytes = in.bytes();
        int begin = in.index(from + 1);
        int end = in.index(in.offset() - 1);
        for (int i = begin; i < end; i++) {
            if (bytes[i] == '\\') {
                return names.find(JsonStrings.decode(bytes, begin, end));
            }
        }
        return names.find(bytes, begin, end, likely);
    }

    private boolean opens(HiveType type, int c, char bracket) throws IOException {
        tokens.requireDepth(path.size());
        if (c == bracket) {
            in.skip();
            return true;
        }
        int from = in.offset();
        tokens.value(path.size());
        mismatch(type, from);
        return false;
    }

    private void mismatch(HiveType type, int from) {
        report("column " + name() + ": expected " + type.hive() + ", found " + tokens.shown(from));
    }

    private String name() {
        return String.join(".", path);
    }
}
