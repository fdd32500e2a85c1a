package io.fanin.records.raw;

import io.fanin.model.table.CsvOptions;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.Bytes;
import io.fanin.records.raw.text.Words;
import io.fanin.records.raw.value.NumberText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;

/**
 * Splits CSV into records and fields. A line ends with LF, CRLF or CR. Raw data is in the dialect of RFC 4180: where
 * fields may be quoted, one that begins with a quote ends with one, a doubled quote in it is one quote, and it may have
 * line ends in it; an escape character, if there is one, makes the next character literal. A table's lines are split as
 * its SerDe does: {@link OpenCsvLine} where they may be quoted.
 */
final class CsvFields {

    private static final int NONE = -1;

    private static final int LAST_OF_ASCII = 0x7F;

    private static final String IN_NUMBERS = "0123456789.eE+-";

    private final ByteWindow in;
    private final OpenCsvLine openCsv;
    private final boolean quoted;
    private final int quote;
    private final long quotes;
    private final int comment;
    private final boolean trim;
    private final int delimiter;
    private final long delimiters;
    private final int escape;
    private final long escapes;
    private final boolean byPlace;
    private final NullTexts nulls;
    private final byte nullBegin;

    /** Whether a number always ends before the delimiter, and contains no special characters. */
    private final boolean plainNumbers;

    /** The content of a field that differs from its bytes in the window. */
    private final Bytes content = new Bytes();

    private Iterator<byte[]> ofLine = Collections.emptyIterator();
    private boolean more;
    private boolean overLines;
    private boolean inWindow;
    private boolean ascii;
    private boolean text;
    private int from;
    private int to;

    CsvFields(ByteWindow in, CsvOptions options, CsvReading reading) {
        this.in = in;
        this.byPlace = reading == CsvReading.BY_PLACE;
        this.quoted = options.quoted();
        this.delimiter = options.delimiter();
        this.delimiters = Words.all((byte) delimiter);
        this.escape = options.escape().map(c -> (int) c).orElse(NONE);
        this.quote = options.raw().quote();
        this.quotes = Words.all((byte) quote);
        this.comment = options.raw().comment().map(c -> (int) c).orElse(NONE);
        this.trim = options.raw().trim();
        this.escapes = escape == NONE ? quotes : Words.all((byte) escape);
        this.openCsv = byPlace && quoted
                ? new OpenCsvLine(options.delimiter(), options.readersEscape().orElseThrow())
                : null;
        this.nulls = new NullTexts(options, reading);
        this.nullBegin = nulls.begin();
        this.plainNumbers = openCsv == null
                && !nulls.areSeveral()
                && options.raw().numbers().isStandard()
                && IN_NUMBERS.indexOf(quote) < 0
                && IN_NUMBERS.indexOf(delimiter) < 0
                && IN_NUMBERS.indexOf(escape) < 0;
    }

    /** The array with the last field's content, from {@link #from} to {@link #to}, valid until the next one is read. */
    byte[] bytes() {
        return inWindow ? in.bytes() : content.bytes();
    }

    int from() {
        return inWindow ? in.index(from) : from;
    }

    int to() {
        return inWindow ? in.index(to) : to;
    }

    /** Whether all characters of the last field are ASCII; if not, it may be invalid UTF-8. */
    boolean isAscii() {
        return ascii;
    }

    /** Whether the record has line ends inside its fields. */
    boolean overLines() {
        return overLines;
    }

    /**
     * Whether the last field is null. A field that is quoted, or has escaped characters, never is. Any other is null if
     * it equals the null text, or if it is empty and either no null text is set or its column does not hold text.
     *
     * @param ofText whether its column holds text
     */
    boolean isNull(boolean ofText) {
        return !text && nulls.holds(bytes(), from(), to(), ofText);
    }

    /** Sets the mark; returns whether there is a record. In raw data, empty lines and comments are skipped. */
    boolean isNext() throws IOException {
        in.mark();
        int c = in.peek();
        while (!byPlace && c >= 0 && (c == '\n' || c == '\r' || c == comment)) {
            if (c == comment) {
                in.passing(0).readLine();
            } else {
                in.read();
            }
            in.mark();
            c = in.peek();
        }
        return c >= 0;
    }

    /** Begins the record at the position. */
    void begin() throws IOException {
        more = true;
        overLines = false;
        if (openCsv != null) {
            ofLine = openCsv.fields(line()).iterator();
        }
    }

    /**
     * Reads the record's next field, which exists.
     *
     * @throws BadRecordException where its quotes break the rules
     */
    void next() throws IOException {
        ascii = true;
        if (openCsv != null) {
            nextOfLine();
            return;
        }
        if (trim) {
            skipBlanks();
        }
        if (quoted && in.peek() == quote) {
            inQuotes();
        } else {
            plain();
        }
    }

    private void skipBlanks() throws IOException {
        while (isBlank(in.peek())) {
            in.skip();
        }
    }

    private boolean isBlank(int c) {
        return (c == ' ' || c == '\t') && c != delimiter;
    }

    /**
     * Returns the index of the byte that ends the next field, if that is a JSON number, as most are, and completely in
     * memory; otherwise -1. Skips nothing: {@link #passNumber} skips the number, or {@link #next} reads the field.
     */
    int number(NumberText number) {
        byte[] bytes = in.bytes();
        int at = in.position();
        boolean inQuotes = quoted && bytes[at] == quote;
        int begin = inQuotes ? at + 1 : at;
        if (!plainNumbers || (!inQuotes && bytes[begin] == nullBegin)) {
            return NONE;
        }
        int behind = number.readJson(bytes, begin, in.end());
        if (behind < 0 || (inQuotes && bytes[behind++] != quote)) {
            return NONE;
        }
        boolean ends = behind < in.end() && (bytes[behind] == delimiter || bytes[behind] == '\n');
        return ends ? behind : NONE;
    }

    /** Skips the number, and the byte that ends it. */
    void passNumber(int end) {
        more = in.bytes()[end] == delimiter;
        in.position(end + 1, more ? 0 : 1);
    }

    /** Whether a field follows in the record. */
    boolean hasMore() {
        return openCsv == null ? more : ofLine.hasNext();
    }

    /** Reads a field without quotes, and the byte that ends it. */
    private void plain() throws IOException {
        from = in.offset();
        int behindEscaped = from;
        int c = special(delimiters);
        while (c >= 0 && c != delimiter && c != '\n' && c != '\r') {
            in.skip();
            if (c == escape && isInLine(in.peek())) {
                ascii &= in.peek() <= LAST_OF_ASCII;
                in.skip();
                behindEscaped = in.offset();
            }
            c = special(delimiters);
        }
        to = in.offset();
        inWindow = true;
        while (trim && to > behindEscaped && isBlank(in.bytes()[in.index(to - 1)])) {
            to--;
        }
        text = behindEscaped > from && !nulls.isText(in.bytes(), in.index(from), in.index(to));
        if (text) {
            content.clear();
            content.add(in.bytes(), in.index(from), in.index(to));
            setContent(unescape(content.bytes(), 0, content.size(), escape));
        }
        passEnd(c);
    }

    /** Reads a field that begins with a quote, and the byte that ends it. */
    private void inQuotes() throws IOException {
        in.skip();
        inWindow = true;
        text = true;
        from = in.offset();
        int begin = from;
        int c = special(quotes);
        while (c != quote || isDoubled()) {
            if (c < 0) {
                throw new BadRecordException("a quote is never closed");
            }
            if (c == quote || c == escape) {
                if (inWindow) {
                    content.clear();
                }
                content.add(in.bytes(), in.index(begin), in.position());
                inWindow = false;
                in.skip();
                begin = in.offset();
                c = in.peek();
            }
            overLines |= c == '\n' || c == '\r';
            ascii &= c <= LAST_OF_ASCII;
            in.read();
            c = special(quotes);
        }
        to = in.offset();
        if (!inWindow) {
            content.add(in.bytes(), in.index(begin), in.position());
            setContent(content.size());
        }
        in.skip();
        if (trim) {
            skipBlanks();
        }
        c = in.peek();
        if (isInLine(c) && c != delimiter) {
            throw new BadRecordException("a text follows a closing quote");
        }
        passEnd(c);
    }

    /** Whether the quote at the position is the first of two. */
    private boolean isDoubled() throws IOException {
        int next = in.position() + 1;
        if (next == in.end()) {
            in.ahead(2);
            next = in.position() + 1;
        }
        return in.bytes()[next] == quote && next < in.end();
    }

    private void setContent(int length) {
        inWindow = false;
        from = 0;
        to = length;
    }

    /**
     * Skips letters and other characters without a meaning in CSV. Returns the next byte, which is ASCII and not
     * skipped, or -1.
     *
     * @param ends a further character with a meaning besides quotes, escape and control characters, repeated in all
     *     bytes
     */
    private int special(long ends) throws IOException {
        do {
            byte[] bytes = in.bytes();
            int end = in.end();
            int i = in.position();
            while (i < end) {
                int plain = Words.plain(Words.eight(bytes, i), ends, escapes);
                i += plain;
                if (plain < Long.BYTES && i < end) {
                    if (bytes[i] >= 0) {
                        in.position(i);
                        return bytes[i];
                    }
                    ascii = false;
                    while (i < end && bytes[i] < 0) {
                        i++;
                    }
                }
            }
            in.position(end);
        } while (in.peek() >= 0);
        return NONE;
    }

    private static boolean isInLine(int c) {
        return c >= 0 && c != '\n' && c != '\r';
    }

    /** Removes the escape characters in place; returns the new end of the text. */
    static int unescape(byte[] bytes, int from, int to, int escape) {
        int end = from;
        for (int i = from; i < to; i++) {
            i += bytes[i] == escape && i + 1 < to ? 1 : 0;
            bytes[end++] = bytes[i];
        }
        return end;
    }

    /** Skips the delimiter or line end at the position. */
    private void passEnd(int c) throws IOException {
        more = c == delimiter;
        if (more) {
            in.skip();
        } else {
            passLineEnd();
        }
    }

    private void passLineEnd() throws IOException {
        int c = in.read();
        if (c == '\r' && in.peek() == '\n') {
            in.read();
        }
    }

    /** Reads a line of a quoted table. */
    private byte[] line() throws IOException {
        int begin = in.offset();
        while (isInLine(special(quotes))) {
            in.skip();
        }
        byte[] line = Arrays.copyOfRange(in.bytes(), in.index(begin), in.position());
        passLineEnd();
        return line;
    }

    private void nextOfLine() {
        byte[] field = ofLine.next();
        content.clear();
        content.add(field, 0, field.length);
        setContent(field.length);
        text = true;
    }

    /**
     * Skips the rest of the line without keeping any of it; returns its number of fields.
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
