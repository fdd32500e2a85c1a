package io.fanin.records.raw;

import io.fanin.model.type.FieldNames;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Nested;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.raw.plain.QuickName;
import io.fanin.records.raw.plain.QuickNested;
import io.fanin.records.raw.plain.QuickSingles;
import io.fanin.records.raw.plain.QuickValues;
import io.fanin.records.raw.plain.Words;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reads the fields of a JSON object as long as they are what they mostly are: named and ordered as in the record before, on
 * one line, and with values in their plainest form. At anything else it stops, without judging it. It
 * takes nothing that {@link JsonRecords} would not take, and for the same value.
 */
final class QuickFields {

    /** Bytes that are in memory beyond a name, where a value is read: more than any but a text has. */
    private static final int ROOM = 64;

    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;

    private final QuickName[] names;
    private final HiveType[] types;
    private final QuickNested[] nested;

    /** The column that followed a column in the last record that was looked at; the first one's place is 0. */
    private final int[] next;

    private final int[] seen;
    private final QuickSingles singles;
    private int record;
    private int previous;

    /** @param zone of timestamps without an offset */
    QuickFields(Columns columns, ZoneId zone) {
        int count = columns.size();
        names = IntStream.range(0, count)
                .mapToObj(i -> QuickName.of(columns.name(i)))
                .toArray(QuickName[]::new);
        types = IntStream.range(0, count).mapToObj(columns::type).toArray(HiveType[]::new);
        next = IntStream.rangeClosed(0, count).toArray();
        seen = new int[count];
        singles = new QuickSingles(zone.equals(ZoneOffset.UTC));
        nested =
                Arrays.stream(types).map(type -> new QuickNested(type, singles)).toArray(QuickNested[]::new);
    }

    /** Where reading has stopped. */
    enum Place {
        BEFORE_NAME,
        BEHIND_VALUE,
        RECORD_ENDED
    }

    /** Begins another record. */
    void begin() {
        record++;
        previous = FieldNames.UNKNOWN;
        if (record == 0) {
            Arrays.fill(seen, 0);
            record = 1;
        }
    }

    /** The column that is expected next; any number where unknown. */
    int likely() {
        return next[previous + 1];
    }

    /**
     * Takes note of a field that was found otherwise.
     *
     * @param from where its name begins, with the quote
     * @param to where its value may begin
     * @return whether it is the record's first of this column
     */
    boolean found(int column, byte[] bytes, int from, int to) {
        next[previous + 1] = column;
        previous = column;
        if (!names[column].isAt(bytes, from, to)) {
            names[column] = QuickName.read(bytes, from, to);
        }
        boolean first = seen[column] != record;
        seen[column] = record;
        return first;
    }

    /** Reads fields from before a name on into the chunk's last row. */
    Place read(ByteWindow in, Chunk chunk) {
        byte[] bytes = in.bytes();
        int end = in.end() - ROOM;
        int row = chunk.row();
        int name = in.position();
        while (true) {
            int column = next[previous + 1];
            if (column >= names.length || name >= end || seen[column] == record) {
                break;
            }
            int value = names[column].behind(bytes, bytes[name] == ' ' ? name + 1 : name, end);
            if (value < 0) {
                break;
            }
            value += bytes[value] == ' ' ? 1 : 0;
            int at = Words.four(bytes, value) == NULL
                    ? value + Integer.BYTES
                    : value(column, bytes, value, end, chunk.column(column), row);
            if (at < 0) {
                break;
            }
            seen[column] = record;
            previous = column;
            if (bytes[at] != ',') {
                in.position(bytes[at] == '}' ? at + 1 : at);
                return bytes[at] == '}' ? Place.RECORD_ENDED : Place.BEHIND_VALUE;
            }
            name = at + 1;
        }
        in.position(name);
        return Place.BEFORE_NAME;
    }

    /** Reads a value; answers where it ends, or {@link QuickValues#OTHER}. */
    private int value(int index, byte[] bytes, int at, int end, ColumnBuffer column, int row) {
        HiveType type = types[index];
        if (type == Scalar.STRING) {
            return QuickValues.text(bytes, at, end, column, row);
        }
        if (type == Scalar.DATE || type == Scalar.TIMESTAMP) {
            int to = bytes[at] == '"' ? singles.read(type, bytes, at + 1, column, row) : QuickValues.OTHER;
            return to >= 0 && bytes[to] == '"' ? to + 1 : QuickValues.OTHER;
        }
        if (bytes[at] == '"' && type instanceof Characters text) {
            int to = QuickValues.text(bytes, at, end, column, row);
            return to - at - 2 <= text.most() ? to : QuickValues.OTHER;
        }
        if (bytes[at] != '[' && bytes[at] != '{') {
            return singles.read(type, bytes, at, column, row);
        }
        int behind = at < end && type instanceof Nested ? nested[index].behind(bytes, at, end) : QuickValues.OTHER;
        if (behind >= 0) {
            column.setText(row, bytes, at, behind - at);
        }
        return behind;
    }
}
