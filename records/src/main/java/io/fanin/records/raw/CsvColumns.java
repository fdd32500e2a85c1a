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
 * Skips the lines of a table without quotes, and checks their fields against the table's columns, as LazySimpleSerDe
 * reads them. Keeps nothing of texts without a limit, and of other values as many bytes as their types can hold.
 * Arrays, maps and structs are not checked.
 */
final class CsvColumns {

    private static final int NONE = -1;

    /** The maximum bytes of a value other than text: longer ones are neither numbers nor times. */
    private static final int LONGEST = 1_000;

    /** The maximum bytes of a character: an escape character and its UTF-8. */
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

    /** The first field of the last counted line that cannot be read. */
    Optional<Mismatch> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    /** Skips the rest of the line; returns its number of fields. */
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

    /** Skips a field; returns the byte that ends it. */
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

    /** Checks a field of this type; returns the byte that ends it. */
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

    /** Reads a field, keeping a limited number of bytes; returns the byte that ends it. */
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

    /** Keeps a byte. Blanks at the end of a text may exceed the limit. */
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

    /** Whether the field is null. Empty fields are null except in columns of text. */
    private boolean isNull(Single type) {
        return (length == 0 && !type.isText()) || Arrays.equals(value, 0, length, nullText, 0, nullText.length);
    }
}
