package io.fanin.records.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
record TextPosition(int line, int column) {

    /** The position at this offset in bytes of UTF-8. */
    static TextPosition of(String text, int offset) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String before = new String(Arrays.copyOf(bytes, Math.clamp(offset, 0, bytes.length)), StandardCharsets.UTF_8);
        int lineStart = before.lastIndexOf('\n') + 1;
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        return new TextPosition(lines + 1, before.codePointCount(lineStart, before.length()) + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
