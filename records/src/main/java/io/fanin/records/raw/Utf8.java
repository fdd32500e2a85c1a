package io.fanin.records.raw;

import io.fanin.records.raw.text.BadRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Well-formed UTF-8, as table 3-7 of the Unicode standard has it. */
final class Utf8 {

    private static final String MALFORMED = "a text is not UTF-8";

    private Utf8() {}

    /** Whether all of these bytes are UTF-8. */
    static boolean isWellFormed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return isDecoded(bytes, from, to);
            }
        }
        return true;
    }

    private static boolean isDecoded(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Passes over the bytes that follow the first one of a character beyond ASCII. */
    static void rest(int first, ByteWindow in) throws IOException {
        if (first >= 0xC2 && first <= 0xDF) {
            require(in.read(), 0x80, 0xBF);
        } else if (first >= 0xE0 && first <= 0xEF) {
            require(in.read(), first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
            require(in.read(), 0x80, 0xBF);
        } else if (first >= 0xF0 && first <= 0xF4) {
            require(in.read(), first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
            require(in.read(), 0x80, 0xBF);
            require(in.read(), 0x80, 0xBF);
        } else {
            throw new BadRecordException(MALFORMED);
        }
    }

    private static void require(int b, int least, int most) {
        if (b < least || b > most) {
            throw new BadRecordException(MALFORMED);
        }
    }
}
