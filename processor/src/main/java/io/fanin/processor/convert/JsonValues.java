package io.fanin.processor.convert;

import io.fanin.processor.convert.HiveType.Decimal;
import io.fanin.processor.convert.HiveType.Field;
import io.fanin.processor.convert.HiveType.ListOf;
import io.fanin.processor.convert.HiveType.MapOf;
import io.fanin.processor.convert.HiveType.Scalar;
import io.fanin.processor.convert.HiveType.Struct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON values and writes them again, each held against its type. A value that does not go with its type is passed
 * over and remembered as the record's problem; one that breaks JSON's grammar throws {@link BadRecordException}.
 */
final class JsonValues {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    /** Characters of a number without an exponent that every floating type holds. */
    private static final int SAFE_LENGTH = 30;

    private final JsonTokens tokens;
    private final ByteWindow in;
    private final Scalars scalars;
    private final RecordBuffer out;
    private final List<String> path = new ArrayList<>();
    private Optional<String> problem = Optional.empty();

    JsonValues(JsonTokens tokens, Scalars scalars, RecordBuffer out) {
        this.tokens = tokens;
        this.in = tokens.in();
        this.scalars = scalars;
        this.out = out;
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

    /**
     * Writes the next value of a column or of one of its fields.
     *
     * @return whether it is something else than null
     */
    boolean named(String name, HiveType type) throws IOException {
        path.add(name);
        boolean there = value(type);
        path.removeLast();
        return there;
    }

    private boolean value(HiveType type) throws IOException {
        int c = tokens.next();
        if (c == 'n') {
            tokens.word("null");
            out.write(NULL);
            return false;
        }
        switch (type) {
            case Scalar scalar -> single(scalar, c);
            case Decimal decimal -> single(decimal, c);
            case ListOf list -> list(list, c);
            case MapOf map -> map(map, c);
            case Struct struct -> struct(struct, c);
        }
        return true;
    }

    private void single(HiveType type, int c) throws IOException {
        int from = in.offset();
        switch (c) {
            case '"' -> {
                tokens.string();
                string(type, from);
            }
            case 't', 'f' -> bool(type, c == 't', from);
            case '{', '[' -> {
                tokens.value(path.size());
                if (type == Scalar.STRING) {
                    out.string(in.bytes(), in.index(from), in.offset() - from);
                } else {
                    mismatch(type, from);
                }
            }
            default -> number(type, c, from);
        }
    }

    private void string(HiveType type, int from) {
        int begin = in.index(from);
        int end = in.index(in.offset());
        if (type == Scalar.STRING) {
            out.write(in.bytes(), begin, end - begin);
            return;
        }
        byte[] bytes = in.bytes();
        boolean escaped = false;
        for (int i = begin; i < end && !escaped; i++) {
            escaped = bytes[i] == '\\';
        }
        boolean fits = escaped
                ? write(type, JsonStrings.decode(bytes, begin + 1, end - 1), out)
                : scalars.write(type, bytes, begin + 1, end - 1, out);
        if (!fits) {
            mismatch(type, from);
        }
    }

    private boolean write(HiveType type, String text, RecordBuffer to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return scalars.write(type, bytes, 0, bytes.length, to);
    }

    private void bool(HiveType type, boolean value, int from) throws IOException {
        tokens.word(value ? "true" : "false");
        if (type == Scalar.BOOLEAN) {
            out.write(value ? TRUE : FALSE);
        } else if (type == Scalar.STRING) {
            out.ascii(value ? "\"true\"" : "\"false\"");
        } else {
            mismatch(type, from);
        }
    }

    private void number(HiveType type, int c, int from) throws IOException {
        if (c != '-' && (c < '0' || c > '9')) {
            throw JsonTokens.unexpected("a value", c);
        }
        boolean plain = tokens.number();
        int begin = in.index(from);
        int length = in.offset() - from;
        if (type == Scalar.STRING) {
            out.string(in.bytes(), begin, length);
        } else if (plain && length <= SAFE_LENGTH && (type == Scalar.DOUBLE || type == Scalar.FLOAT)) {
            out.write(in.bytes(), begin, length);
        } else if (type == Scalar.BOOLEAN
                || type == Scalar.DATE
                || type == Scalar.TIMESTAMP
                || !scalars.write(type, in.bytes(), begin, begin + length, out)) {
            mismatch(type, from);
        }
    }

    private void list(ListOf type, int c) throws IOException {
        if (!opens(type, c, '[')) {
            return;
        }
        out.write('[');
        if (!tokens.empty(']')) {
            value(type.element());
            while (tokens.another(']')) {
                out.write(',');
                value(type.element());
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
                value(type.value());
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
        RecordBuffer key = new RecordBuffer(text.length() + 64);
        if (!write(type.key(), text, key)) {
            mismatch(type.key(), from);
            return text;
        }
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
        boolean first = true;
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
                out.ascii(first ? "" : ",");
                first = false;
                byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
                out.string(name, 0, name.length);
                out.write(':');
                named(field.name(), field.type());
            } while (tokens.another('}'));
        }
        out.write('}');
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
        if (path.size() > JsonTokens.MAX_DEPTH) {
            throw new BadRecordException("it is nested deeper than " + JsonTokens.MAX_DEPTH + " levels");
        }
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
