package io.fanin.records.raw.value;

import io.fanin.records.raw.text.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Writes a JSON value without white space. Equal texts have equal bytes: only quotes, backslashes and control
 * characters are escaped. Used by one thread.
 */
public final class JsonText {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Bytes bytes = new Bytes();

    /** The written bytes, in UTF-8. */
    public Bytes bytes() {
        return bytes;
    }

    /** Begins another value. */
    public void clear() {
        bytes.clear();
    }

    /** Writes an unquoted character: a bracket, a colon, or part of a word or a number. */
    public void plain(char c) {
        bytes.add(c);
    }

    public void plain(String word) {
        bytes.add(word);
    }

    /** Writes two digits. */
    void two(int number) {
        int tens = number / 10;
        bytes.add('0' + tens);
        bytes.add('0' + number - 10 * tens);
    }

    /** Writes bytes as they are. */
    public void plain(byte[] from, int begin, int end) {
        bytes.add(from, begin, end);
    }

    /** Writes a number, or DuckDB's text for one that is not finite. */
    void number(double number) {
        if (Double.isFinite(number)) {
            plain(Double.toString(number));
        } else {
            quoted(Double.toString(number));
        }
    }

    /** Writes a text that needs no escapes. */
    public void quoted(String text) {
        bytes.add('"');
        bytes.add(text);
        bytes.add('"');
    }

    /** Writes a text in UTF-8. */
    public void string(byte[] text, int from, int to) {
        bytes.add('"');
        int plain = from;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                bytes.add(text, plain, i);
                escape(b);
                plain = i + 1;
            }
        }
        bytes.add(text, plain, to);
        bytes.add('"');
    }

    private void escape(byte b) {
        bytes.add('\\');
        if (b == '"' || b == '\\') {
            bytes.add(b);
            return;
        }
        bytes.add('u');
        bytes.add('0');
        bytes.add('0');
        bytes.add(DIGITS[b >> 4]);
        bytes.add(DIGITS[b & 0xF]);
    }
}
