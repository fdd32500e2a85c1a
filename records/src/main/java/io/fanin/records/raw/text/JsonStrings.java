package io.fanin.records.raw.text;

import java.nio.charset.StandardCharsets;

/** Decodes the content of valid JSON strings. */
public final class JsonStrings {

    private static final int HEX_DIGITS = 4;

    private JsonStrings() {}

    /** The text with its escapes resolved. */
    public static String decode(byte[] bytes, int from, int to) {
        Bytes text = new Bytes();
        decode(bytes, from, to, text);
        return new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8);
    }

    /**
     * Adds the text in UTF-8 with its escapes resolved.
     *
     * @param bytes with at least 7 readable bytes after the text
     */
    public static void decode(byte[] bytes, int from, int to, Bytes text) {
        text.reserve(to - from);
        int i = from;
        while (i < to) {
            long word = Words.eight(bytes, i);
            int plain = Math.min(Words.beforeBackslash(word), to - i);
            text.add(word, plain);
            i += plain;
            if (plain == Long.BYTES || i == to) {
                continue;
            }
            if (bytes[i + 1] == 'u') {
                int unit = unit(bytes, i + 2);
                i += 2 + HEX_DIGITS;
                if (Character.isHighSurrogate((char) unit)) {
                    unit = Character.toCodePoint((char) unit, (char) unit(bytes, i + 2));
                    i += 2 + HEX_DIGITS;
                }
                character(unit, text);
            } else {
                text.add(escaped(bytes[i + 1]));
                i += 2;
            }
        }
    }

    private static int escaped(byte b) {
        return switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> b;
        };
    }

    private static int unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = at; i < at + HEX_DIGITS; i++) {
            unit = unit << 4 | Character.digit(bytes[i], 16);
        }
        return unit;
    }

    private static void character(int point, Bytes text) {
        if (point < 0x80) {
            text.add(point);
            return;
        }
        if (point < 0x800) {
            text.add(0xC0 | point >> 6);
        } else if (point < 0x1_0000) {
            text.add(0xE0 | point >> 12);
            text.add(0x80 | (point >> 6 & 0x3F));
        } else {
            text.add(0xF0 | point >> 18);
            text.add(0x80 | (point >> 12 & 0x3F));
            text.add(0x80 | (point >> 6 & 0x3F));
        }
        text.add(0x80 | (point & 0x3F));
    }
}
