package io.fanin.records.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.io.input.BOMInputStream;

/**
 * A text object, one line after the other, as Hadoop's LineReader and Trino's TextLineReader split it: at LF, CR or
 * CRLF, without a byte order mark, the last line with or without its end. A line is read as a stream that ends where
 * the line does, so that its length does not matter.
 */
public final class Lines extends InputStream {
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long number;
    private byte[] watched = {};

    /** Bytes of the line so far, as long as they are those of the watched line; negative once one is not. */
    private int same;

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
        same = 0;
        return true;
    }

    /** Tells of the lines that follow whether they are this one. */
    void watch(byte[] line) {
        watched = line.clone();
    }

    /** Once the line has been read: whether it is the watched one. */
    boolean isWatched() {
        return watched.length > 0 && same == watched.length;
    }

    /** Compares the bytes up to the place. */
    private void passed(int from) {
        int end = same + position - from;
        same = same >= 0 && end <= watched.length && Arrays.equals(buffer, from, position, watched, same, end)
                ? end
                : -1;
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
