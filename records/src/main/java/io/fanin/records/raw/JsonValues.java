package io.fanin.records.raw;

import io.fanin.model.type.FieldNames;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.Bytes;
import io.fanin.records.raw.text.JsonStrings;
import io.fanin.records.raw.value.JsonText;
import io.fanin.records.raw.value.MapKeys;
import io.fanin.records.raw.value.NumberText;
import io.fanin.records.raw.value.ScalarValue;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads JSON values, each checked against its type: a column's value into a chunk, nested parts as JSON again. A value
 * that does not match its type is skipped and remembered as the record's problem; invalid JSON throws
 * {@link BadRecordException}.
 */
final class JsonValues {

    /** The maximum bytes of a nested value as written: records are shorter, but missing fields are written, too. */
    private static final int MAX_WRITTEN = 2 * ByteWindow.MAX_RECORD;

    private final JsonTokens tokens;
    private final ByteWindow in;
    private final Scalars scalars;
    private final NumberText numbers;
    private final ScalarValue value = new ScalarValue();
    private final JsonText out = new JsonText();
    private final Bytes text = new Bytes();
    private final MapKeys outermost = new MapKeys();
    private MapKeys keys = outermost;

    /** The field names down to the current value, without the column's. */
    private String[] path = new String[8];

    private int depth;

    /** The offset up to which a nested value is written; the bytes from there to the position stay unchanged. */
    private int copied;

    private String column = "";

    /** Whether the string read last has escapes. */
    private boolean escaped;

    private String problem;

    JsonValues(JsonTokens tokens, Scalars scalars) {
        this.tokens = tokens;
        this.in = tokens.in();
        this.scalars = scalars;
        this.numbers = scalars.number();
    }

    /** Begins another record. */
    void begin() {
        problem = null;
    }

    /** The first value in the record that does not match its type. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    void report(String reason) {
        if (problem == null) {
            problem = reason;
        }
    }

    /**
     * Reads a plain number as the value of a numeric column.
     *
     * @param end of the bytes in memory
     * @return the index after it; -1 for anything else, which {@link #column} reads
     */
    int number(ValueType type, byte[] bytes, int at, int end, ColumnBuffer to, int row) {
        int behind = numbers.readJson(bytes, at, end);
        return behind >= 0 && numbers.set(type, to, row) ? behind : -1;
    }

    /** Reads the next value into a column, in a chunk's last row. */
    void column(String name, ValueType type, ColumnBuffer to, int row) throws IOException {
        column = name;
        depth = 0;
        int c = in.peek();
        if (c <= ' ') {
            c = tokens.next();
        }
        if (c == 'n') {
            tokens.word("null");
        } else if (c == '"' && type.kind() == ValueType.Kind.STRING) {
            in.skip();
            int from = in.offset();
            if (tokens.restOfString()) {
                decode(in.index(from), in.position() - 1);
                to.setText(row, text.bytes(), 0, text.size());
            } else {
                to.setText(row, in.bytes(), in.index(from), in.offset() - from - 1);
            }
        } else if (!type.isNested()) {
            if (single(type, c)) {
                value.set(type, to, row);
            }
        } else {
            out.clear();
            keys = outermost;
            int from = in.offset();
            copied = from;
            nested(type, c);
            if (out.bytes().size() == 0) {
                to.setText(row, in.bytes(), in.index(from), in.offset() - from);
            } else {
                copyTo(in.offset());
                to.setText(row, out.bytes().bytes(), 0, out.bytes().size());
            }
        }
    }

    /** Writes the unchanged bytes up to this offset. */
    private void copyTo(int offset) {
        out.plain(in.bytes(), in.index(copied), in.index(offset));
        copied = offset;
    }

    /** Reads the next value inside another one. */
    private void part(ValueType type) throws IOException {
        int c = tokens.next();
        if (c == 'n') {
            tokens.word("null");
        } else if (type.isNested()) {
            nested(type, c);
        } else {
            singlePart(type, c);
        }
    }

    private void nested(ValueType type, int c) throws IOException {
        switch (type.kind()) {
            case LIST -> list(type, c);
            case MAP -> map(type, c);
            default -> struct(type, c);
        }
    }

    /** Reads a single value inside another one. It stays unchanged if DuckDB reads it without loss. */
    private void singlePart(ValueType type, int c) throws IOException {
        if (type.isNumber()) {
            int behind = numbers.readJson(in.bytes(), in.position(), in.end());
            if (behind >= 0 && numbers.isExact(type)) {
                in.position(behind);
                return;
            }
        } else if (c == '"' && type.kind() == ValueType.Kind.STRING) {
            in.skip();
            tokens.restOfString();
            return;
        }
        int from = in.offset();
        if (single(type, c) && !isExact(type, c, from)) {
            copyTo(from);
            value.write(type, out);
            copied = in.offset();
        }
    }

    private boolean isExact(ValueType type, int c, int from) {
        return c == '"'
                ? !escaped && scalars.isExact(type, in.bytes(), in.index(from) + 1, in.position() - 1)
                : type.kind() == ValueType.Kind.BOOLEAN;
    }

    /** Reads a single value; returns whether it matches its type. */
    private boolean single(ValueType type, int c) throws IOException {
        int from = in.offset();
        boolean fits;
        if (c == '"') {
            escaped = tokens.string();
            fits = string(type, in.index(from) + 1, in.position() - 1);
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            tokens.number();
            fits = type.takesNumbers()
                    && scalars.readJsonNumber(type, in.bytes(), in.index(from), in.position(), value);
        } else if (c == '{' || c == '[') {
            tokens.value(1 + depth);
            fits = type.isText() && read(type, from);
        } else {
            word(c);
            fits = (type.kind() == ValueType.Kind.BOOLEAN || type.isText()) && read(type, from);
        }
        return fits || mismatch(type, from);
    }

    private void word(int c) throws IOException {
        if (c != 't' && c != 'f') {
            throw JsonTokens.unexpected("a value", c);
        }
        tokens.word(c == 't' ? "true" : "false");
    }

    /** Reads the value from an offset to the position. */
    private boolean read(ValueType type, int from) {
        return scalars.read(type, in.bytes(), in.index(from), in.position(), value);
    }

    private boolean string(ValueType type, int begin, int end) {
        if (!escaped) {
            return scalars.read(type, in.bytes(), begin, end, value);
        }
        decode(begin, end);
        return scalars.read(type, text.bytes(), 0, text.size(), value);
    }

    private void decode(int begin, int end) {
        text.clear();
        JsonStrings.decode(in.bytes(), begin, end, text);
    }

    private void list(ValueType type, int c) throws IOException {
        if (opens(type, c, '[') && !tokens.empty(']')) {
            do {
                part(type.part(0));
            } while (in.pass(',') || tokens.another(']'));
        }
    }

    private void map(ValueType type, int c) throws IOException {
        if (opens(type, c, '{') && !tokens.empty('}')) {
            keys = keys.inner();
            do {
                key(type.part(0));
                tokens.expect(':');
                part(type.part(1));
            } while (in.pass(',') || tokens.another('}'));
            keys = keys.outer();
        }
    }

    private void key(ValueType type) throws IOException {
        tokens.next();
        int from = in.offset();
        escaped = tokens.string();
        if (!string(type, in.index(from) + 1, in.position() - 1)) {
            mismatch(type, from);
            return;
        }
        if (!keys.add(type, value)) {
            report("column " + name() + " has the key " + tokens.shown(from) + " twice");
        }
        if (escaped || !type.isText()) {
            copyTo(from);
            value.writeKey(type, out);
            copied = in.offset();
        }
    }

    /** Writes every field under exactly its name, as DuckDB's strict cast requires, and leaves out unknown ones. */
    private void struct(ValueType type, int c) throws IOException {
        if (!opens(type, c, '{')) {
            return;
        }
        boolean[] seen = new boolean[type.parts()];
        int fields = 0;
        int kept = in.offset();
        int previous = FieldNames.UNKNOWN;
        boolean gap = false;
        if (!tokens.empty('}')) {
            do {
                tokens.next();
                int from = in.offset();
                int index = likely(type, previous + 1);
                boolean exact = index != FieldNames.UNKNOWN;
                if (!exact) {
                    index = field(type.names());
                    exact = index != FieldNames.UNKNOWN && isExact(type.names().utf8(index), from);
                    tokens.expect(':');
                }
                if (index == FieldNames.UNKNOWN) {
                    if (!gap) {
                        copyTo(kept);
                    }
                    gap = true;
                    tokens.next();
                    tokens.value(1 + depth);
                    continue;
                }
                if (gap) {
                    separate(fields);
                    copied = from;
                    gap = false;
                }
                if (!exact) {
                    copyTo(from);
                    writeName(type, index);
                    copied = in.offset();
                }
                if (seen[index]) {
                    report("column " + name() + " has the field '" + type.name(index) + "' twice");
                }
                seen[index] = true;
                previous = index;
                enter(type.name(index));
                part(type.part(index));
                depth--;
                fields++;
                kept = in.offset();
            } while (in.pass(',') || tokens.another('}'));
        }
        int bracket = in.offset() - 1;
        if (gap) {
            copied = bracket;
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                copyTo(bracket);
                separate(fields++);
                writeName(type, i);
                out.plain("null");
            }
        }
        if (out.bytes().size() > MAX_WRITTEN) {
            throw new BadRecordException("column " + name() + " is over 32 MiB with its missing fields");
        }
    }

    /** Skips the name of this field and its colon, if they come next; returns the field, or that it is unknown. */
    private int likely(ValueType struct, int index) {
        int behind = index < struct.parts()
                ? struct.knownName(index).behind(in.bytes(), in.position(), in.end())
                : FieldNames.UNKNOWN;
        if (behind < 0) {
            return FieldNames.UNKNOWN;
        }
        in.position(behind);
        return index;
    }

    /** Whether the name from an offset to the position is written exactly like this, without escapes. */
    private boolean isExact(byte[] name, int from) {
        return Arrays.equals(name, 0, name.length, in.bytes(), in.index(from) + 1, in.position() - 1);
    }

    private void separate(int fields) {
        if (fields > 0) {
            out.plain(',');
        }
    }

    private void writeName(ValueType struct, int index) {
        byte[] name = struct.names().utf8(index);
        out.string(name, 0, name.length);
        out.plain(':');
    }

    private void enter(String field) {
        if (depth == path.length) {
            path = Arrays.copyOf(path, 2 * depth);
        }
        path[depth++] = field;
    }

    /** Reads a field's name; returns the index of the field. */
    int field(FieldNames names) throws IOException {
        tokens.next();
        int from = in.offset();
        boolean decoded = tokens.string();
        int begin = in.index(from) + 1;
        int end = in.position() - 1;
        return decoded ? names.find(JsonStrings.decode(in.bytes(), begin, end)) : names.find(in.bytes(), begin, end);
    }

    private boolean opens(ValueType type, int c, char bracket) throws IOException {
        tokens.requireDepth(1 + depth);
        if (c == bracket) {
            in.skip();
            return true;
        }
        int from = in.offset();
        tokens.value(1 + depth);
        mismatch(type, from);
        return false;
    }

    private boolean mismatch(ValueType type, int from) {
        report("column " + name() + ": expected " + type.hive().hive() + scalars.form(type) + ", found "
                + tokens.shown(from));
        return false;
    }

    private String name() {
        return depth == 0 ? column : column + "." + String.join(".", Arrays.copyOf(path, depth));
    }
}
