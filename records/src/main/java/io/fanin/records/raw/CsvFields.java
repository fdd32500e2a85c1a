package io.fanin.records.raw;

import io.fanin.core.table.CsvOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits CSV into records and fields. Where fields may be quoted, a doubled quote and a quote after a backslash are one
 * quote and a doubled backslash is one, as OpenCSVSerde reads; a quoted field may have line ends in it.
 */
final class CsvFields {

    private final ByteWindow in;
    private final CsvOptions options;
    private final boolean emptyIsNull;
    private final boolean nullIsKnown;
    private final byte[] nullText;
    private final Bytes content = new Bytes();
    private final List<Field> fields = new ArrayList<>();

    CsvFields(ByteWindow in, CsvOptions options, CsvReading reading) {
        this.in = in;
        this.options = options;
        this.emptyIsNull = reading == CsvReading.BY_HEADER && options.nullText().isEmpty();
        this.nullIsKnown =
                reading == CsvReading.BY_HEADER || options.readersNull().isPresent();
        this.nullText = options.nullText().orElse(CsvOptions.HIVE_NULL).getBytes(StandardCharsets.UTF_8);
    }

    /** A field of the record read last: a range of {@link CsvFields#bytes()}. */
    record Field(int from, int to, boolean quoted) {}

    List<Field> fields() {
        return fields;
    }

    byte[] bytes() {
        return content.bytes();
    }

    /**
     * Whether the field has no value. Quoted it always has one; else the null text is none, and nothing at all is none where
     * no null text is named, or no empty text can be meant.
     *
     * @param text whether its column is one of texts
     */
    boolean isNull(Field field, boolean text) {
        if (field.quoted() || !nullIsKnown) {
            return false;
        }
        return (field.from() == field.to() && (emptyIsNull || !text))
                || Arrays.equals(bytes(), field.from(), field.to(), nullText, 0, nullText.length);
    }

    /**
     * Reads the next record, and passes over lines with nothing on them.
     *
     * @return whether there was one
     * @throws BadRecordException when its quotes are never closed
     */
    boolean next() throws IOException {
        in.mark();
        while (in.peek() == '\n' || in.peek() == '\r') {
            in.read();
            in.mark();
        }
        if (in.peek() < 0) {
            return false;
        }
        content.reset();
        fields.clear();
        int c = field();
        while (c == options.delimiter()) {
            c = field();
        }
        return true;
    }

    /** Reads a field and what ends it. */
    private int field() throws IOException {
        int from = content.size();
        boolean quoted = options.quoted() && in.peek() == '"';
        int c = quoted ? afterQuotes() : in.read();
        while (c >= 0 && c != options.delimiter() && c != '\n') {
            content.write(c);
            c = in.read();
        }
        int to = content.size();
        if (c != options.delimiter() && to > from && content.bytes()[to - 1] == '\r') {
            to--;
        }
        fields.add(new Field(from, to, quoted));
        return c;
    }

    private int afterQuotes() throws IOException {
        in.skip();
        for (int c = in.read(); c >= 0; c = in.read()) {
            int next = in.peek();
            if (c == '"' && next != '"') {
                return in.read();
            }
            if (c == '"' || (c == '\\' && (next == '"' || next == '\\'))) {
                c = in.read();
            }
            content.write(c);
        }
        throw new BadRecordException("a quote is never closed");
    }

    /** A stream of bytes that are looked at where they lie. */
    private static final class Bytes extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
