package io.fanin.records.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;

/**
 * A text object, one line after the other, as Hadoop's LineReader and Trino's TextLineReader split it: at LF, CR or
 * CRLF, without a byte order mark; the last line may lack its end. A line is read as a stream that ends where the line
 * does, so that its length does not matter.
 */
public final class Lines extends InputStream {
    private static final int BUFFER = 64 * 1024;

    /**
     * The maximum bytes of a row that Athena reads: <a
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

    /** Moves to the next line, skipping the rest of this one; false if there is none. */
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
     * Compares the following lines with this one, the first of a file, which may also have a byte order mark before it.
     */
    void watch(byte[] line) {
        byte[] mark = ByteOrderMark.UTF_8.getBytes();
        byte[] marked = Arrays.copyOf(mark, mark.length + line.length);
        System.arraycopy(line, 0, marked, mark.length, line.length);
        watched = new Watched[] {new Watched(line.clone()), new Watched(marked)};
    }

    /** A line with which others are compared. */
    private static final class Watched {

        private final byte[] line;

        /** The number of bytes of the current line that agree with this one so far; negative after a difference. */
        private int same;

        Watched(byte[] line) {
            this.line = line;
        }

        void passed(byte[] bytes, int from, int to) {
            int end = same + to - from;
            same = same >= 0 && end <= line.length && Arrays.equals(bytes, from, to, line, same, end) ? end : -1;
        }
    }

    /** Whether the line, which has been read, equals the watched one. */
    boolean isWatched() {
        for (Watched line : watched) {
            if (line.same == line.line.length) {
                return true;
            }
        }
        return false;
    }

    /** Whether the line, which has been read, is too long for query engines. */
    boolean isTooLong() {
        return length > MAX_LENGTH;
    }

    /** The reason for refusing a line that is too long. */
    static String tooLong() {
        return "it is longer than %d MiB, the most that Athena reads of one row: write each record on a line of its own"
                .formatted(MAX_LENGTH >> 20);
    }

    /** Counts the bytes up to the position, and compares them. */
    private void passed(int from) {
        length += position - from;
        for (Watched line : watched) {
            line.passed(buffer, from, position);
        }
    }

    /** The number of the current line, from 1. */
    long number() {
        return number;
    }

    /** Whether the object ends after the line, which has been read, without a line end. */
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
        // A CR that was just skipped and this LF are one line end.
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
