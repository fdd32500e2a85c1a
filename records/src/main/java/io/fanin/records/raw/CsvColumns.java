package io.fanin.records.raw;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.records.serde.Mismatch;
import io.fanin.records.serde.SerDe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Passes over the lines of a table without quotes and holds their fields against the table's columns, as
 * LazySimpleSerDe reads them. Of a text without a limit nothing is kept, and of others as much as their types can hold.
 * Arrays, maps and structs are not looked at.
 */
final class CsvColumns {

    private static final int NONE = -1;

    /** Bytes of a value that is no text: longer ones are neither numbers nor times. */
    private static final int LONGEST = 1_000;

    /** An escape character, and what UTF-8 has at most. */
    private static final int BYTES_OF_CHARACTER = 5;

    private final ByteWindow in;
    private final List<Field> columns;
    private final int delimiter;
    private final int escape;
    private final byte[] nullText;
    private byte[] value = new byte[LONGEST];
    private int length;
    private boolean escaped;
    private boolean isCut;
    private Mismatch mismatch;

    CsvColumns(ByteWindow in, CsvOptions options, List<Field> columns) {
        this.in = in;
        this.columns = columns;
        this.delimiter = options.delimiter();
        this.escape = options.readersEscape().map(c -> (int) c).orElse(NONE);
        this.nullText = options.readersNull().orElse(CsvOptions.HIVE_NULL).getBytes(StandardCharsets.UTF_8);
    }

    /** The first field of the line counted last that is not read. */
    Optional<Mismatch> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    /** Passes over the rest of the line; returns how many fields it has. */
    long count() throws IOException {
        mismatch = null;
        int count = 0;
        int end;
        do {
            end = count < columns.size() && columns.get(count).type() instanceof Single type && type != Scalar.STRING
                    ? field(columns.get(count).name(), type)
                    : text();
            count++;
        } while (end == delimiter);
        return count;
    }

    /** Passes over a field; returns what ends it. */
    private int text() throws IOException {
        int c = in.read();
        while (c >= 0 && c != delimiter) {
            if (c == escape) {
                c = in.read();
            }
            if (c >= 0x80) {
                Utf8.rest(c, in);
            }
            c = in.read();
        }
        return c;
    }

    /** Passes over a field of this type; returns what ends it. */
    private int field(String column, Single type) throws IOException {
        int end = take(mostBytes(type));
        if (!isNull(type) && (isCut || !isRead(type)) && mismatch == null) {
            String found = new String(value, 0, Math.min(length, Mismatch.MAX), StandardCharsets.UTF_8);
            mismatch = new Mismatch(column, type, found);
        }
        return end;
    }

    private boolean isRead(Single type) {
        return Utf8.isWellFormed(value, 0, length)
                && SerDe.LAZY_SIMPLE.reads(
                        type, value, 0, escaped ? CsvFields.unescape(value, 0, length, escape) : length);
    }

    private static int mostBytes(HiveType type) {
        return type instanceof Characters text ? BYTES_OF_CHARACTER * text.most() + 1 : LONGEST;
    }

    /** Reads a field, of which bytes up to a number are kept; returns what ends it. */
    private int take(int most) throws IOException {
        length = 0;
        escaped = false;
        isCut = false;
        int c = in.read();
        while (c >= 0 && c != delimiter) {
            keep(c, most);
            if (c == escape) {
                escaped = true;
                c = in.read();
                keep(c, most);
            }
            c = in.read();
        }
        return c;
    }

    /** Blanks at the end of a text may be too many without harm. */
    private void keep(int c, int most) {
        if (length == most) {
            isCut |= c >= 0 && c != ' ';
        } else if (c >= 0) {
            if (length == value.length) {
                value = Arrays.copyOf(value, Math.min(most, 2 * length));
            }
            value[length++] = (byte) c;
        }
    }

    /** An empty field is null where no text is expected. */
    private boolean isNull(Single type) {
        return (length == 0 && !type.isText()) || Arrays.equals(value, 0, length, nullText, 0, nullText.length);
    }
}
