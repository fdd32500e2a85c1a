package io.fanin.records.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fanin.model.type.FieldNames;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.Bytes;
import io.fanin.records.raw.text.JsonStrings;
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

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    /** Bytes of a value whose memory is used again. */
    private static final int KEPT = 1 << 20;

    private final JsonTokens tokens;
    private final ByteWindow in;
    private final Scalars scalars;
    private final ScalarValue value = new ScalarValue();
    private Bytes written = new Bytes();
    private JsonGenerator out;
    private final List<String> path = new ArrayList<>();
    private Optional<String> problem = Optional.empty();

    JsonValues(JsonTokens tokens, Scalars scalars) throws IOException {
        this.tokens = tokens;
        this.in = tokens.in();
        this.scalars = scalars;
        this.out = JSON.createGenerator(written);
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
        } else if (type instanceof Single single) {
            if (single(single, c)) {
                value.set(single, column, row);
            }
        } else {
            clear();
            write(type, c);
            if (problem.isEmpty()) {
                out.flush();
                column.setText(row, written.bytes(), 0, written.size());
            }
        }
        path.removeLast();
    }

    private void clear() throws IOException {
        out.flush(); // what a bad record has left
        written.reset();
        if (!problem.isEmpty() || !out.getOutputContext().inRoot() || written.bytes().length > KEPT) {
            written = new Bytes();
            out = JSON.createGenerator(written);
        }
    }

    /** Writes the next value. */
    private void write(HiveType type) throws IOException {
        int c = tokens.next();
        if (c != 'n') {
            write(type, c);
            return;
        }
        tokens.word("null");
        out.writeNull();
    }

    private void write(HiveType type, int c) throws IOException {
        switch (type) {
            case Single single -> single(single, out, c);
            case ListOf list -> list(list, c);
            case MapOf map -> map(map, c);
            case Struct struct -> struct(struct, c);
        }
    }

    private void single(Single type, JsonGenerator to, int c) throws IOException {
        if (single(type, c)) {
            value.write(type, to);
        } else {
            to.writeNull();
        }
    }

    /** Reads a single value; returns whether it matches its type. */
    private boolean single(Single type, int c) throws IOException {
        int from = in.offset();
        boolean fits = switch (c) {
            case '"' -> {
                tokens.string();
                yield string(type, in.index(from) + 1, in.index(in.offset()) - 1);
            }
            case 't', 'f' -> {
                tokens.word(c == 't' ? "true" : "false");
                yield (type == Scalar.BOOLEAN || type.isText()) && read(type, from);
            }
            case '{', '[' -> {
                tokens.value(path.size());
                yield type.isText() && read(type, from);
            }
            default -> number(type, c, from);
        };
        return fits || mismatch(type, from);
    }

    /** Reads what stands from an offset up to the place. */
    private boolean read(Single type, int from) {
        return scalars.read(type, in.bytes(), in.index(from), in.index(in.offset()), value);
    }

    private boolean string(Single type, int begin, int end) throws IOException {
        return JsonStrings.isEscaped(in.bytes(), begin, end)
                ? read(type, JsonStrings.decode(in.bytes(), begin, end))
                : scalars.read(type, in.bytes(), begin, end, value);
    }

    private boolean read(Single type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return scalars.read(type, bytes, 0, bytes.length, value);
    }

    private boolean number(Single type, int c, int from) throws IOException {
        if (c != '-' && (c < '0' || c > '9')) {
            throw JsonTokens.unexpected("a value", c);
        }
        tokens.number();
        return type != Scalar.BOOLEAN && type != Scalar.DATE && type != Scalar.TIMESTAMP && read(type, from);
    }

    private void list(ListOf type, int c) throws IOException {
        if (!opens(type, c, '[')) {
            return;
        }
        out.writeStartArray();
        if (!tokens.empty(']')) {
            do {
                write(type.element());
            } while (tokens.another(']'));
        }
        out.writeEndArray();
    }

    private void map(MapOf type, int c) throws IOException {
        if (!opens(type, c, '{')) {
            return;
        }
        out.writeStartObject();
        if (!tokens.empty('}')) {
            Set<String> keys = new HashSet<>();
            do {
                key(type, keys);
                tokens.expect(':');
                write(type.value());
            } while (tokens.another('}'));
        }
        out.writeEndObject();
    }

    private void key(MapOf type, Set<String> before) throws IOException {
        tokens.next();
        int from = in.offset();
        tokens.string();
        String text = JsonStrings.decode(in.bytes(), in.index(from + 1), in.index(in.offset() - 1));
        if (!read(type.key(), text)) {
            mismatch(type.key(), from);
        }
        String key = value.text(type.key());
        if (!before.add(key)) {
            report("column " + name() + " has the key " + tokens.shown(from) + " twice");
        }
        out.writeFieldName(key);
    }

    private void struct(Struct type, int c) throws IOException {
        if (!opens(type, c, '{')) {
            return;
        }
        out.writeStartObject();
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
                out.writeFieldName(field.name());
                path.add(field.name());
                write(field.type());
                path.removeLast();
            } while (tokens.another('}'));
        }
        absent(type, seen);
        out.writeEndObject();
    }

    /** DuckDB's strict cast wants every field. */
    private void absent(Struct type, boolean[] seen) throws IOException {
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                out.writeNullField(type.fields().get(i).name());
            }
        }
    }

    /** Reads a field's name; returns the index of the field. */
    int field(FieldNames names, int likely) throws IOException {
        tokens.next();
        int from = in.offset();
        tokens.string();
        byte[] bytes = in.bytes();
        int begin = in.index(from + 1);
        int end = in.index(in.offset() - 1);
        return JsonStrings.isEscaped(bytes, begin, end)
                ? names.find(JsonStrings.decode(bytes, begin, end))
                : names.find(bytes, begin, end, likely);
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
        out.writeNull();
        return false;
    }

    private boolean mismatch(HiveType type, int from) {
        report("column " + name() + ": expected " + type.hive() + ", found " + tokens.shown(from));
        return false;
    }

    private String name() {
        return String.join(".", path);
    }
}
