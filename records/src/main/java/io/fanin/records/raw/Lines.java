package io.fanin.records.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;

/**
 * A text object, one line after the other, as Hadoop's LineReader and Trino's TextLineReader split it: at LF, CR or
 * CRLF, without a byte order mark, the last line with or without its end. A line is read as a stream that ends where
 * the line does, so that its length does not matter.
 */
public final class Lines extends InputStream {
    private static final int BUFFER = 64 * 1024;

    /**
     * The most that Athena reads of a row, in bytes: <a
     * href="https://docs.aws.amazon.com/athena/latest/ug/other-notable-limitations.html">limitations</a>.
     */
    private static final long MAX_LENGTH = 32 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long number;
    private long length;
    private Watched[] watched = {};

    public Lines(InputStream in) throws IOException {
        this.in = BOMInputStream.builder().setInputStream(in).get();
    }

    /** Moves on to the next line, past what is left of this one; false when there is none. */
    boolean next() throws IOException {
        if (number > 0) {
            while (inLine()) {
                position = lineEnd(limit);
            }
            passLineEnd();
        }
        if (!hasByte()) {
            return false;
        }
        number++;
        length = 0;
        for (Watched line : watched) {
            line.same = 0;
        }
        return true;
    }

    /**
     * Tells of the lines that follow whether they are this one, which begins a file: a byte order mark may come before
     * it.
     */
    void watch(byte[] line) {
        byte[] mark = ByteOrderMark.UTF_8.getBytes();
        byte[] marked = Arrays.copyOf(mark, mark.length + line.length);
        System.arraycopy(line, 0, marked, mark.length, line.length);
        watched = new Watched[] {new Watched(line.clone()), new Watched(marked)};
    }

    /** A line that others are compared with. */
    private static final class Watched {

        private final byte[] line;

        /** Bytes of the current line so far, as long as they are those of this one; negative once one is not. */
        private int same;

        Watched(byte[] line) {
            this.line = line;
        }

        void passed(byte[] bytes, int from, int to) {
            int end = same + to - from;
            same = same >= 0 && end <= line.length && Arrays.equals(bytes, from, to, line, same, end) ? end : -1;
        }
    }

    /** Once the line has been read: whether it is the watched one. */
    boolean isWatched() {
        for (Watched line : watched) {
            if (line.same == line.line.length) {
                return true;
            }
        }
        return false;
    }

    /** Once the line has been read: whether query engines do not read one of its length. */
    boolean isTooLong() {
        return length > MAX_LENGTH;
    }

    /** Why such a line is refused. */
    static String tooLong() {
        return "it is longer than %d MiB, the most that Athena reads of one row: write each record on a line of its own"
                .formatted(MAX_LENGTH >> 20);
    }

    /** Counts the bytes up to the place, and compares them. */
    private void passed(int from) {
        length += position - from;
        for (Watched line : watched) {
            line.passed(buffer, from, position);
        }
    }

    /** The current line's, from 1. */
    long number() {
        return number;
    }

    /** Once the line has been read: whether the object ends here, with no line end. */
    boolean unterminated() throws IOException {
        return !hasByte();
    }

    /** The line's next byte, which stays unread; -1 at its end. */
    int peek() throws IOException {
        return inLine() ? buffer[position] & 0xFF : -1;
    }

    @Override
    public int read() throws IOException {
        if (!inLine()) {
            return -1;
        }
        position++;
        passed(position - 1);
        return buffer[position - 1] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!inLine()) {
            return -1;
        }
        int start = position;
        position = lineEnd(Math.min(limit, start + length));
        System.arraycopy(buffer, start, bytes, offset, position - start);
        passed(start);
        return position - start;
    }

    private boolean inLine() throws IOException {
        return hasByte() && buffer[position] != '\n' && buffer[position] != '\r';
    }

    private int lineEnd(int before) {
        int end = position;
        while (end < before && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return end;
    }

    private void passLineEnd() throws IOException {
        if (hasByte() && buffer[position] == '\r') {
            position++;
        }
        // A CR that was passed just now and this LF are one line end.
        if (hasByte() && buffer[position] == '\n') {
            position++;
        }
    }

    private boolean hasByte() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(in.read(buffer, 0, BUFFER), 0);
        }
        return limit > 0;
    }
}
