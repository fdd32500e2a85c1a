package io.fanin.records.raw;

import io.fanin.records.raw.text.BadRecordException;
import java.io.IOException;

/** Well-formed UTF-8 as defined by table 3-7 of the Unicode standard. */
final class Utf8 {

    private static final String MALFORMED = "a text is not UTF-8";

    private static final int MIN = 0x80;
    private static final int MAX = 0xBF;

    private Utf8() {}

    /** Whether all of these bytes are UTF-8. */
    static boolean isWellFormed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int next = bytes[i] < 0 ? skip(bytes, i, to) : i + 1;
            if (next == i) {
                return false;
            }
            i = next;
        }
        return true;
    }

    /** Skips non-ASCII characters up to an ASCII, malformed or incomplete one; returns its index. */
    static int skip(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] < 0) {
            int first = bytes[i] & 0xFF;
            int next = i + length(first);
            if (next == i || next > to || !isWithin(bytes[i + 1], least(first), most(first))) {
                return i;
            }
            for (int k = i + 2; k < next; k++) {
                if (!isWithin(bytes[k], MIN, MAX)) {
                    return i;
                }
            }
            i = next;
        }
        return i;
    }

    /** Skips the remaining bytes of a non-ASCII character. */
    static void rest(int first, ByteWindow in) throws IOException {
        int length = length(first);
        if (length == 0 || !isWithin(in.read(), least(first), most(first))) {
            throw new BadRecordException(MALFORMED);
        }
        for (int i = 2; i < length; i++) {
            if (!isWithin(in.read(), MIN, MAX)) {
                throw new BadRecordException(MALFORMED);
            }
        }
    }

    /** The length of a character with this first byte; 0 if none begins so. */
    private static int length(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        if (first < 0xE0) {
            return 2;
        }
        return first < 0xF0 ? 3 : 4;
    }

    /** The least second byte for a first one. */
    private static int least(int first) {
        if (first == 0xE0) {
            return 0xA0;
        }
        return first == 0xF0 ? 0x90 : MIN;
    }

    private static int most(int first) {
        if (first == 0xED) {
            return 0x9F;
        }
        return first == 0xF4 ? 0x8F : MAX;
    }

    private static boolean isWithin(int b, int least, int most) {
        return b >= least && b <= most;
    }

    private static boolean isWithin(byte b, int least, int most) {
        return isWithin(b & 0xFF, least, most);
    }
}
