package io.fanin.records.raw;

import io.fanin.model.table.CsvOptions;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits CSV into records and fields. A line ends with LF, CRLF or CR. Raw data is in the dialect of RFC 4180: where fields may be
 * quoted, one that begins with a quote ends with one, a doubled quote in it is one quote, and it may have line ends in it; an escape
 * character, if there is one, stands for the character behind it. A table's lines are fields as its SerDe takes them: {@link OpenCsvLine}
 * where they may be quoted.
 */
final class CsvFields {

    private static final int NONE = -1;

    private final ByteWindow in;
    private final CsvOptions options;
    private final OpenCsvLine openCsv;
    private final int delimiter;
    private final int escape;
    private final boolean byPlace;
    private final boolean emptyIsNull;
    private final boolean nullIsKnown;
    private final byte[] nullText;
    private final Bytes content = new Bytes();
    private final List<Field> fields = new ArrayList<>();
    private boolean overLines;

    CsvFields(ByteWindow in, CsvOptions options, CsvReading reading) {
        this.in = in;
        this.options = options;
        this.byPlace = reading == CsvReading.BY_PLACE;
        this.delimiter = options.delimiter();
        this.escape = options.escape().map(c -> (int) c).orElse(NONE);
        this.openCsv = byPlace && options.quoted()
                ? new OpenCsvLine(options.delimiter(), options.readersEscape().orElseThrow())
                : null;
        this.emptyIsNull = !byPlace && options.nullText().isEmpty();
        this.nullIsKnown = !byPlace || options.readersNull().isPresent();
        this.nullText = options.nullText().orElse(CsvOptions.HIVE_NULL).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A field of the record read last: a range of {@link CsvFields#bytes()}.
     *
     * @param text whether it is a text whatever it says: it was in quotes, or has escaped characters
     */
    record Field(int from, int to, boolean text) {}

    List<Field> fields() {
        return fields;
    }

    byte[] bytes() {
        return content.bytes();
    }

    /** Whether the record read last has line ends in its fields. */
    boolean overLines() {
        return overLines;
    }

    /**
     * Whether the field is null. A quoted field never is. An unquoted field is if it is the null
     * text, or if it is empty and either no null text is set or its column does not hold text.
     *
     * @param text whether its column holds text
     */
    boolean isNull(Field field, boolean text) {
        return !field.text() && isNull(bytes(), field.from(), field.to(), text);
    }

    /** The same of a field that is not quoted. */
    boolean isNull(byte[] bytes, int from, int to, boolean text) {
        return nullIsKnown && ((from == to && (emptyIsNull || !text)) || isNullText(bytes, from, to));
    }

    private boolean isNullText(byte[] bytes, int from, int to) {
        return Arrays.equals(bytes, from, to, nullText, 0, nullText.length);
    }

    /** What the null text begins with; NUL where it is empty. */
    byte nullBegin() {
        return nullText.length == 0 ? 0 : nullText[0];
    }

    /** Marks the place; whether there is a record. In raw data lines with nothing on them are passed over. */
    boolean isNext() throws IOException {
        in.mark();
        int c = in.peek();
        while (!byPlace && (c == '\n' || c == '\r')) {
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
        content.clear();
        fields.clear();
        overLines = false;
        if (openCsv != null) {
            line();
            return true;
        }
        boolean more;
        do {
            more = isQuote() ? quoted() : plain();
        } while (more);
        return true;
    }

    private boolean isQuote() throws IOException {
        return options.quoted() && in.peek() == '"';
    }

    /** Reads a field that begins with a quote, and what ends it; returns whether another follows. */
    private boolean quoted() throws IOException {
        int from = content.size();
        in.skip();
        while (true) {
            int c = in.read();
            if (c == '"') {
                if (in.peek() != '"') {
                    break;
                }
                in.skip();
            } else if (c == escape) {
                c = in.read();
            }
            if (c < 0) {
                throw new BadRecordException("a quote is never closed");
            }
            overLines |= c == '\n' || c == '\r';
            content.add(c);
        }
        fields.add(new Field(from, content.size(), true));
        int c = in.peek();
        if (c >= 0 && c != delimiter && c != '\n' && c != '\r') {
            throw new BadRecordException("a text follows a closing quote");
        }
        return passEnd();
    }

    /** Reads a field without quotes, and what ends it; returns whether another follows. */
    private boolean plain() throws IOException {
        int from = content.size();
        boolean escaped = false;
        int c = in.peek();
        while (c >= 0 && c != delimiter && c != '\n' && c != '\r') {
            content.add(in.read());
            if (c == escape && isInLine(in.peek())) {
                content.add(in.read());
                escaped = true;
            }
            c = in.peek();
        }
        int to = content.size();
        boolean text = escaped && !isNullText(bytes(), from, to);
        fields.add(new Field(from, text ? unescape(bytes(), from, to, escape) : to, text));
        return passEnd();
    }

    private static boolean isInLine(int c) {
        return c >= 0 && c != '\n' && c != '\r';
    }

    /** Takes the escape characters away, in place; returns where the text ends then. */
    static int unescape(byte[] bytes, int from, int to, int escape) {
        int end = from;
        for (int i = from; i < to; i++) {
            i += bytes[i] == escape && i + 1 < to ? 1 : 0;
            bytes[end++] = bytes[i];
        }
        return end;
    }

    /** Passes over the delimiter or the line end at the place; returns whether it is a delimiter. */
    private boolean passEnd() throws IOException {
        int c = in.read();
        if (c == '\r' && in.peek() == '\n') {
            in.read();
        }
        return c == delimiter;
    }

    /** Reads a line of a quoted table. */
    private void line() throws IOException {
        int c = in.peek();
        while (isInLine(c)) {
            content.add(in.read());
            c = in.peek();
        }
        passEnd();
        byte[] line = Arrays.copyOf(bytes(), content.size());
        content.clear();
        for (byte[] field : openCsv.fields(line)) {
            int from = content.size();
            content.add(field, 0, field.length);
            fields.add(new Field(from, content.size(), true));
        }
    }

    /**
     * Passes over the rest of the line, of which nothing is kept; returns how many fields it has.
     *
     * @param utf8 whether the texts of a quoted table must be UTF-8
     */
    long count(boolean utf8) throws IOException {
        return openCsv == null ? countPlain() : openCsv.count(in, utf8);
    }

    private long countPlain() throws IOException {
        long count = 1;
        for (int c = in.read(); c >= 0; c = in.read()) {
            count += c == delimiter ? 1 : 0;
            if (c == escape) {
                in.read();
            }
        }
        return count;
    }
}
