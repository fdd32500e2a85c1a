package io.fanin.records.raw.plain;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.duckdb.VectorType;
import java.util.Arrays;
import java.util.List;

/**
 * Passes over a list, a map or a struct of JSON that DuckDB's strict cast reads as it is, without loss: structs have all of
 * their fields in order, maps have no key twice, and what they hold has its plainest form. Used by one thread.
 */
public final class QuickNested {

    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int OFFSET_LENGTH = 6;
    private static final int MOST_KEYS = 32;

    private final HiveType type;
    private final QuickSingles singles;
    private final QuickNested[] parts;
    private final QuickName[] names;
    private final int[] keys = new int[2 * MOST_KEYS];

    /** Takes values that are only passed over. */
    private final ColumnBuffer nowhere = new Chunk(List.of(VectorType.Plain.BIGINT), 1).column(0);

    /** @param singles of the zone of timestamps without an offset */
    public QuickNested(HiveType type, QuickSingles singles) {
        this.type = type;
        this.singles = singles;
        this.names = type instanceof Struct struct
                ? struct.fields().stream()
                        .map(field -> QuickName.of(field.name()))
                        .toArray(QuickName[]::new)
                : new QuickName[0];
        List<HiveType> held = switch (type) {
            case Single single -> List.of();
            case ListOf list -> List.of(list.element());
            case MapOf map -> List.of(map.value());
            case Struct struct ->
                struct.fields().stream().map(HiveType.Field::type).toList();
        };
        this.parts = held.stream().map(part -> new QuickNested(part, singles)).toArray(QuickNested[]::new);
    }

    /**
     * Where a value ends that is not null; {@link QuickValues#OTHER} where it has another form, or is none.
     *
     * @param end behind which 64 bytes can be looked at; the value begins before
     */
    public int behind(byte[] bytes, int at, int end) {
        if (type instanceof Scalar scalar) {
            return single(scalar, bytes, at, end);
        }
        if (type instanceof Struct) {
            return struct(bytes, at, end);
        }
        if (type instanceof ListOf) {
            return list(bytes, at, end);
        }
        return type instanceof MapOf map && map.key() == Scalar.STRING ? map(bytes, at, end) : QuickValues.OTHER;
    }

    private int part(int index, byte[] bytes, int from, int end) {
        int at = bytes[from] == ' ' ? from + 1 : from;
        if (at >= end) {
            return QuickValues.OTHER;
        }
        return Words.four(bytes, at) == NULL ? at + Integer.BYTES : parts[index].behind(bytes, at, end);
    }

    private int list(byte[] bytes, int at, int end) {
        if (bytes[at] != '[') {
            return QuickValues.OTHER;
        }
        if (bytes[at + 1] == ']') {
            return at + 2;
        }
        int i = at;
        do {
            i = part(0, bytes, i + 1, end);
        } while (i >= 0 && bytes[i] == ',');
        return i >= 0 && bytes[i] == ']' ? i + 1 : QuickValues.OTHER;
    }

    private int struct(byte[] bytes, int at, int end) {
        byte before = '{';
        int i = at;
        for (int field = 0; field < parts.length; field++) {
            if (i < 0 || bytes[i] != before) {
                return QuickValues.OTHER;
            }
            int name = names[field].behind(bytes, bytes[i + 1] == ' ' ? i + 2 : i + 1, end);
            i = name < 0 ? name : part(field, bytes, name, end);
            before = ',';
        }
        return i >= 0 && bytes[i] == '}' ? i + 1 : QuickValues.OTHER;
    }

    private int map(byte[] bytes, int at, int end) {
        if (bytes[at] != '{') {
            return QuickValues.OTHER;
        }
        if (bytes[at + 1] == '}') {
            return at + 2;
        }
        int count = 0;
        int i = at;
        do {
            int key = bytes[i + 1] == ' ' ? i + 2 : i + 1;
            int colon = key < end ? QuickValues.behindText(bytes, key, end) : QuickValues.OTHER;
            if (colon < 0 || bytes[colon] != ':' || !isNew(bytes, key, colon, count)) {
                return QuickValues.OTHER;
            }
            count++;
            i = part(0, bytes, colon + 1, end);
        } while (i >= 0 && bytes[i] == ',');
        return i >= 0 && bytes[i] == '}' ? i + 1 : QuickValues.OTHER;
    }

    /** Keeps a map's key, unless it is one of those before. */
    private boolean isNew(byte[] bytes, int from, int to, int count) {
        if (count == MOST_KEYS) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(bytes, keys[2 * i], keys[2 * i + 1], bytes, from, to)) {
                return false;
            }
        }
        keys[2 * count] = from;
        keys[2 * count + 1] = to;
        return true;
    }

    /** DuckDB drops a timestamp's offset, and rounds a float twice. It keeps the sign of a zero. */
    private int single(Scalar scalar, byte[] bytes, int at, int end) {
        if (scalar == Scalar.STRING) {
            return QuickValues.behindText(bytes, at, end);
        }
        if (scalar == Scalar.DATE || scalar == Scalar.TIMESTAMP) {
            int to = bytes[at] == '"' ? singles.read(scalar, bytes, at + 1, nowhere, 0) : QuickValues.OTHER;
            boolean offset = to >= 0
                    && scalar == Scalar.TIMESTAMP
                    && (bytes[to - OFFSET_LENGTH] == '+' || bytes[to - OFFSET_LENGTH] == '-');
            return to >= 0 && !offset && bytes[to] == '"' ? to + 1 : QuickValues.OTHER;
        }
        if (scalar == Scalar.FLOAT) {
            return QuickValues.OTHER;
        }
        int to = singles.read(scalar, bytes, at, nowhere, 0);
        return to >= 0 && bytes[at] == '-' && isZero(bytes, at + 1, to) ? QuickValues.OTHER : to;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] == '0' || bytes[i] == '.')) {
            i++;
        }
        return i == to;
    }
}
