package io.fanin.records.raw;

import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a stream around the current position. Bytes after the mark stay in memory, so that a record can be read
 * again; they are at most {@link #MAX_RECORD}. Counts lines; only the methods here change the line number.
 */
final class ByteWindow {

    /** The maximum bytes of a record: DuckDB's default limit for one JSON object, 16 MiB. */
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
     * A window for bytes that are only skipped: those before the position do not stay in memory, except from
     * {@link #keep()} to {@link #evict()}.
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

    /** A window on bytes that are already in memory. */
    ByteWindow(byte[] bytes, int from, int to) {
        this(InputStream.nullInputStream(), Arrays.copyOfRange(bytes, from, to + Words.ROOM), true);
        this.end = to - from;
        this.bytes[end] = 0;
        this.ended = true;
    }

    /** The byte at the position, or -1 at the end. */
    int peek() throws IOException {
        int b = bytes[at];
        return b > 0 ? b : peekOther();
    }

    /** Like {@link #peek}, for bytes that are not positive. A zero follows the bytes in memory. */
    private int peekOther() throws IOException {
        return at < end || fill() ? bytes[at] & 0xFF : -1;
    }

    /** Reads the byte at the position, or returns -1 at the end. */
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

    /** Skips this byte, which is not a line end, if it is at the position and in memory; returns whether it was. */
    boolean pass(char expected) {
        boolean is = bytes[at] == expected && at < end;
        at += is ? 1 : 0;
        return is;
    }

    /** Skips the byte that was peeked, which is not a line end. */
    void skip() {
        at++;
    }

    /** The number of the line, from 1. */
    long line() {
        return line;
    }

    /** The number of bytes of the stream that were read or skipped. */
    long passed() {
        return dropped + at;
    }

    /** Skips digits. */
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

    /** Sets the mark to the position. */
    void mark() {
        mark = at;
    }

    /** Sets the mark to the position; the bytes after it stay in memory. */
    void keep() {
        keeping = true;
        mark();
    }

    /** Allows the bytes after the mark to leave memory. */
    void evict() {
        keeping = always;
    }

    /** The position as an index of {@link #bytes()}, valid until more is read. */
    int position() {
        return at;
    }

    /** Moves to this position, without a line end on the way. */
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

    /** Whether this byte follows the one at the position, possibly after blanks, of which only a few are examined. */
    boolean follows(char expected) throws IOException {
        for (int next = 1; next <= MAX_BLANKS && (end - at > next || fill()); next++) {
            byte b = bytes[at + next];
            if (b != ' ' && b != '\t') {
                return b == expected;
            }
        }
        return false;
    }

    /** The index in {@link #bytes()} at which the bytes in memory end. */
    int end() {
        return end;
    }

    /** The offset of the position from the mark. */
    int offset() {
        return at - mark;
    }

    /** Returns to the mark. */
    void reset(long lineOfMark) {
        at = mark;
        line = lineOfMark;
    }

    /** The index in {@link #bytes()} of this offset from the mark, valid until more is read. */
    int index(int offset) {
        return mark + offset;
    }

    /**
     * The bytes in memory. At {@link #end} is a zero, and {@value Words#ROOM} further bytes may be read, which are
     * meaningless.
     */
    byte[] bytes() {
        return bytes;
    }

    /** Skips bytes that are not a record, from the mark on. Their beginning stays in memory, however many there are. */
    Passing passing(int most) {
        return new Passing(most);
    }

    /** Bytes that are being skipped. */
    final class Passing {

        private final int most;
        private byte[] beginning;

        private Passing(int most) {
            this.most = most;
        }

        /** Reads the byte at the position, or returns -1 at the end. */
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

        /** Reads a byte, which exists. Returns whether a line ends with it: an LF, or a CR without one after it. */
        boolean readLineEnd() throws IOException {
            int c = read();
            return c == '\n' || (c == '\r' && peek() != '\n');
        }

        /** Skips the rest of the line. */
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
     * Skips the text of a JSON string up to a quote, a backslash or a control character, which it returns, or -1 at the
     * end.
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
