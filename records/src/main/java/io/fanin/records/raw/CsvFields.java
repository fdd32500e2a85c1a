package io.fanin.records.raw;

import io.fanin.core.table.CsvOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits CSV into records and fields. Where fields may be quoted, a doubled quote and a quote after a backslash are one
 * quote and a doubled backslash is one, as OpenCSVSerde reads; a quoted field may have line ends in
 * it. In raw data only a quote at the beginning of a field opens it; in a table any quote does that
 * its readers take for an opening one (OpenCSVSerde, and Trino's CsvDeserializer, "bug for bug
 * compatible").
 */
final class CsvFields {

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private final ByteWindow in;
    private final CsvOptions options;
    private final boolean quotesAnywhere;
    private final boolean emptyIsNull;
    private final boolean nullIsKnown;
    private final byte[] nullText;
    private final Bytes content = new Bytes();
    private final List<Field> fields = new ArrayList<>();

    /** What came last before the end of a field: of a line end it is not a part of the field, before a closing quote it is. */
    private int last;

    CsvFields(ByteWindow in, CsvOptions options, CsvReading reading) {
        this.in = in;
        this.options = options;
        this.quotesAnywhere = reading == CsvReading.BY_PLACE;
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
     * Whether the field is null. A quoted field never is. An unquoted field is if it is the null
     * text, or if it is empty and either no null text is set or its column does not hold text.
     *
     * @param text whether its column holds text
     */
    boolean isNull(Field field, boolean text) {
        return !field.quoted() && isNull(bytes(), field.from(), field.to(), text);
    }

    /** The same of a field that is not quoted. */
    boolean isNull(byte[] bytes, int from, int to, boolean text) {
        return nullIsKnown
                && ((from == to && (emptyIsNull || !text))
                        || Arrays.equals(bytes, from, to, nullText, 0, nullText.length));
    }

    /** What the null text begins with; NUL where it is empty. */
    byte nullBegin() {
        return nullText.length == 0 ? 0 : nullText[0];
    }

    /** Passes over lines with nothing on them, and marks the place; whether there is a record. */
    boolean isNext() throws IOException {
        in.mark();
        int c = in.peek();
        while (c == '\n' || c == '\r') {
            in.read();
            in.mark();
            c = in.peek();
        }
        return c >= 0;
    }

    /** Reads the next record; false when there is none. */
    boolean next() throws IOException {
        if (!isNext()) {
            return false;
        }
        content.reset();
        fields.clear();
        int c;
        do {
            int from = content.size();
            boolean quoted = options.quoted() && in.peek() == '"';
            c = field(content);
            int to = content.size();
            if (c != options.delimiter() && to > from && last == '\r') {
                to--;
            }
            fields.add(new Field(from, to, quoted));
        } while (c == options.delimiter());
        return true;
    }

    /** Passes over the record at the place, of which nothing is kept; returns how many fields it has. */
    long count() throws IOException {
        long count = 1;
        while (field(NOWHERE) == options.delimiter()) {
            count++;
        }
        return count;
    }

    /** Reads a field and what ends it. */
    private int field(OutputStream out) throws IOException {
        last = -1;
        return options.quoted() ? quotable(out) : plain(out);
    }

    private int plain(OutputStream out) throws IOException {
        int c = in.read();
        while (c >= 0 && c != options.delimiter() && c != '\n') {
            out.write(c);
            last = c;
            c = in.read();
        }
        return c;
    }

    private int quotable(OutputStream out) throws IOException {
        boolean inQuotes = false;
        boolean inField = false;
        boolean begun = false;
        boolean quoted = in.peek() == '"';
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (!inQuotes && (c == options.delimiter() || c == '\n')) {
                return c;
            }
            boolean escaping = inQuotes || (quotesAnywhere && inField);
            if (escaping && c == '\\' && (in.peek() == '"' || in.peek() == '\\')) {
                out.write(in.read());
            } else if (escaping && c == '"' && in.peek() == '"') {
                out.write(in.read());
                inField = !inField;
            } else if (c == '"' && (inQuotes || quotesAnywhere || !begun)) {
                if (!quoted) {
                    out.write(c);
                }
                inQuotes = !inQuotes;
                inField = !inField;
            } else {
                out.write(c);
                inField = true;
            }
            begun = true;
            last = c;
        }
        if (inQuotes) {
            throw new BadRecordException("a quote is never closed");
        }
        return -1;
    }
}
