package io.fanin.records.raw;

import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a stream around the place that is read. What follows the mark stays in memory, so that a record can be
 * looked at again; it may not become longer than {@link #MAX_RECORD}. Counts lines, whose number only the methods here
 * change.
 */
final class ByteWindow {

    /** Bytes of the longest record: what DuckDB takes for one JSON object by default, 16 MiB. */
    static final int MAX_RECORD = 16 << 20;

    private static final int MAX_BLANKS = 64;

    private static final int FIRST_SIZE = (1 << 17) + Words.ROOM;

    private final boolean always;
    private InputStream in;
    private byte[] bytes;
    private int at;
    private int end;
    private int mark;
    private long line = 1;
    private long dropped;
    private boolean ended;
    private boolean keeping;

    /** A window without a stream. */
    ByteWindow() {
        this(InputStream.nullInputStream());
    }

    ByteWindow(InputStream in) {
        this(in, new byte[FIRST_SIZE], true);
    }

    private ByteWindow(InputStream in, byte[] bytes, boolean always) {
        this.in = in;
        this.bytes = bytes;
        this.always = always;
        this.keeping = always;
    }

    /**
     * One for what is only passed over: nothing behind the place stays in memory, except from {@link #keep()} to
     * {@link #evict()}.
     */
    static ByteWindow passing() {
        return new ByteWindow(InputStream.nullInputStream(), new byte[FIRST_SIZE], false);
    }

    /** Opens another stream, reusing the memory. */
    void open(InputStream next) {
        in = next;
        bytes = bytes.length > FIRST_SIZE ? new byte[FIRST_SIZE] : bytes;
        at = 0;
        end = 0;
        bytes[end] = 0;
        mark = 0;
        line = 1;
        dropped = 0;
        ended = false;
        keeping = always;
    }

    /** A window on bytes that are all there. */
    ByteWindow(byte[] bytes, int from, int to) {
        this(InputStream.nullInputStream(), Arrays.copyOfRange(bytes, from, to + Words.ROOM), true);
        this.end = to - from;
        this.bytes[end] = 0;
        this.ended = true;
    }

    /** The byte at the place, or -1 at the end. */
    int peek() throws IOException {
        int b = bytes[at];
        return b > 0 ? b : peekOther();
    }

    /** Behind what is in memory a zero is. */
    private int peekOther() throws IOException {
        return at < end || fill() ? bytes[at] & 0xFF : -1;
    }

    /** The byte at the place, or -1 at the end; goes on by one. */
    int read() throws IOException {
        if (at == end && !fill()) {
            return -1;
        }
        int b = bytes[at++] & 0xFF;
        if (b == '\n') {
            line++;
        } else if (b == '\r' && peek() != '\n') {
            line++;
        }
        return b;
    }

    /** Passes over this byte, which is no line end, if it is at the place and in memory; returns whether it was. */
    boolean pass(char expected) {
        boolean is = bytes[at] == expected && at < end;
        at += is ? 1 : 0;
        return is;
    }

    /** Passes over the byte that was peeked, which is no line end. */
    void skip() {
        at++;
    }

    /** The number of the line, from 1. */
    long line() {
        return line;
    }

    /** How many bytes of the stream were passed over. */
    long passed() {
        return dropped + at;
    }

    /** Passes over digits. */
    void skipDigits() throws IOException {
        do {
            byte[] b = bytes;
            int i = at;
            int e = end;
            while (i < e && b[i] >= '0' && b[i] <= '9') {
                i++;
            }
            at = i;
        } while (at == end && fill());
    }

    /** Marks the place. */
    void mark() {
        mark = at;
    }

    /** Marks the place; what follows stays in memory. */
    void keep() {
        keeping = true;
        mark();
    }

    /** What follows the mark does not stay in memory. */
    void evict() {
        keeping = always;
    }

    /** Where the place lies in {@link #bytes()}, until more is read. */
    int position() {
        return at;
    }

    /** Goes on to there; what is passed over has no line end. */
    void position(int to) {
        at = to;
    }

    /** Moves to this position, past this number of line ends. */
    void position(int to, int lines) {
        at = to;
        line += lines;
    }

    /** Reads more unless this number of bytes after the position is in memory. */
    void ahead(int count) throws IOException {
        if (end - at < count) {
            fill();
        }
    }

    /**
     * Whether this byte comes next behind the one at the place, with blanks between them or none; only a few are looked
     * at.
     */
    boolean follows(char expected) throws IOException {
        for (int next = 1; next <= MAX_BLANKS && (end - at > next || fill()); next++) {
            byte b = bytes[at + next];
            if (b != ' ' && b != '\t') {
                return b == expected;
            }
        }
        return false;
    }

    /** Where in {@link #bytes()} what is in memory ends. */
    int end() {
        return end;
    }

    /** How far the place is from the mark. */
    int offset() {
        return at - mark;
    }

    /** Goes back to the mark. */
    void reset(long lineOfMark) {
        at = mark;
        line = lineOfMark;
    }

    /** Where a byte at this offset from the mark lies in {@link #bytes()}, until more is read. */
    int index(int offset) {
        return mark + offset;
    }

    /**
     * What is in memory. At {@link #end} is a zero, and behind it {@value Words#ROOM} bytes can be looked at, which
     * mean nothing.
     */
    byte[] bytes() {
        return bytes;
    }

    /** Passes over what is no record from the mark on: its first bytes stay in memory, whatever its length is. */
    Passing passing(int most) {
        return new Passing(most);
    }

    /** What is passed over. */
    final class Passing {

        private final int most;
        private byte[] beginning;

        private Passing(int most) {
            this.most = most;
        }

        /** The byte at the place, or -1 at the end; goes on by one. */
        int read() throws IOException {
            int c = ByteWindow.this.read();
            if (beginning == null && offset() >= most) {
                beginning = marked(most);
            }
            if (beginning != null) {
                mark();
            }
            return c;
        }

        /** Reads a byte that is there; returns whether a line ends with it: an LF, or a CR before none. */
        boolean readLineEnd() throws IOException {
            int c = read();
            return c == '\n' || (c == '\r' && peek() != '\n');
        }

        /** Passes over the rest of the line. */
        void readLine() throws IOException {
            while (peek() >= 0) {
                if (readLineEnd()) {
                    return;
                }
            }
        }

        /** The first bytes from the mark. */
        byte[] beginning() {
            return beginning == null ? marked(most) : beginning;
        }
    }

    /** The bytes from the mark to the position, at most {@code most}. */
    byte[] marked(int most) {
        return Arrays.copyOfRange(bytes, mark, mark + Math.min(most, offset()));
    }

    /**
     * Passes over the text of a JSON string up to a quote, a backslash or a control character, which it returns, or -1
     * at the end.
     *
     * @throws BadRecordException where it is not UTF-8
     */
    int skipText() throws IOException {
        while (true) {
            byte[] b = bytes;
            int i = at;
            int e = end;
            boolean whole = true;
            while (i < e && whole) {
                i += Words.plain(Words.eight(b, i));
                int c = i < e ? b[i] : ' ';
                if (c < 0) {
                    int next = Utf8.skip(b, i, e);
                    whole = next > i;
                    i = next;
                } else if (c < ' ' || c == '"' || c == '\\') {
                    at = i;
                    return c;
                }
            }
            at = Math.min(i, e);
            if (!whole) {
                Utf8.rest(read(), this);
            } else if (at == end && !fill()) {
                return -1;
            }
        }
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        int from = keeping ? mark : at;
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, end - from);
            at -= from;
            end -= from;
            dropped += from;
            mark = 0;
            bytes[end] = 0;
        }
        if (end >= MAX_RECORD) {
            throw new BadRecordException("it is longer than " + MAX_RECORD + " bytes");
        }
        if (end + Words.ROOM == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_RECORD, 4 * end) + Words.ROOM);
        }
        int count = in.read(bytes, end, bytes.length - Words.ROOM - end);
        ended = count < 0;
        end += Math.max(0, count);
        bytes[end] = 0;
        return count > 0 || (!ended && fill());
    }
}
