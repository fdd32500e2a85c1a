package io.fanin.records.raw;

import io.fanin.model.text.LogSafe;
import io.fanin.records.raw.text.BadRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON's grammar (RFC 8259), token by token, over a window. Refuses input that DuckDB's parser would accept (an extra
 * comma, NaN) or refuse (a lone surrogate, bytes that are not UTF-8), so that the parser never fails.
 */
final class JsonTokens {

    /** The maximum characters of a value in a message. */
    private static final int SHOWN = 60;

    private final ByteWindow in;
    private final Limits limits;
    private final StringBuilder open = new StringBuilder();

    JsonTokens(ByteWindow in) {
        this(in, Limits.OF_CONVERSION);
    }

    JsonTokens(ByteWindow in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /**
     * The limits beyond which JSON is refused.
     *
     * @param depth of values in values
     * @param number bytes of a number
     * @param name bytes of a name with its quotes
     */
    record Limits(int depth, int number, int name) {
        static final Limits OF_CONVERSION = new Limits(200, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    ByteWindow in() {
        return in;
    }

    /** The next byte that is not white space, or -1; it is not skipped. */
    int next() throws IOException {
        int c = in.peek();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            in.read();
            c = in.peek();
        }
        return c;
    }

    /** Skips the next byte, which must be this one. */
    void expect(char expected) throws IOException {
        int c = next();
        if (c != expected) {
            throw unexpected("'" + expected + "'", c);
        }
        in.skip();
    }

    /** Called after a value in an object or an array: whether another one follows. */
    boolean another(char close) throws IOException {
        int c = in.peek();
        if (c <= ' ') {
            c = next();
        }
        if (c != ',' && c != close) {
            throw unexpected("',' or '" + close + "'", c);
        }
        in.skip();
        return c == ',';
    }

    /** Called after an opening bracket: whether the closing one follows, which is then skipped. */
    boolean empty(char close) throws IOException {
        boolean empty = next() == close;
        if (empty) {
            in.skip();
        }
        return empty;
    }

    /** Skips a string with its quotes; returns whether it has escapes. */
    boolean string() throws IOException {
        expect('"');
        return restOfString();
    }

    /** Skips a string after its opening quote. */
    boolean restOfString() throws IOException {
        boolean escaped = false;
        while (true) {
            int c = in.skipText();
            if (c < 0) {
                throw new BadRecordException("the data ends in the middle of a string");
            }
            in.skip();
            if (c == '"') {
                return escaped;
            }
            if (c != '\\') {
                throw new BadRecordException("a string has the control character U+%04X in it".formatted(c));
            }
            escape();
            escaped = true;
        }
    }

    private void escape() throws IOException {
        int c = in.read();
        if (c == 'u') {
            int unit = hex();
            if (Character.isLowSurrogate((char) unit)) {
                throw loneSurrogate();
            }
            if (Character.isHighSurrogate((char) unit)
                    && (in.read() != '\\' || in.read() != 'u' || !Character.isLowSurrogate((char) hex()))) {
                throw loneSurrogate();
            }
        } else if (c < 0 || "\"\\/bfnrt".indexOf(c) < 0) {
            throw new BadRecordException("a string has a backslash before " + shownByte(c));
        }
    }

    private int hex() throws IOException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(in.read(), 16);
            if (digit < 0) {
                throw new BadRecordException("a string has \\u without four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static BadRecordException loneSurrogate() {
        return new BadRecordException("a string has half of a surrogate pair");
    }

    /** Skips a number. */
    void number() throws IOException {
        long begin = in.passed();
        digitsAndSigns();
        requireWithin("a number", begin, limits.number());
    }

    private void requireWithin(String what, long begin, int most) {
        if (in.passed() - begin > most) {
            throw new BadRecordException(what + " is longer than " + most + " bytes");
        }
    }

    private void digitsAndSigns() throws IOException {
        if (in.peek() == '-') {
            in.skip();
        }
        if (in.peek() == '0') {
            in.skip();
        } else {
            digits();
        }
        int c = in.peek();
        if (c == '.') {
            in.skip();
            digits();
            c = in.peek();
        }
        if (c == 'e' || c == 'E') {
            in.skip();
            c = in.peek();
            if (c == '+' || c == '-') {
                in.skip();
            }
            digits();
        }
    }

    private void digits() throws IOException {
        int c = in.peek();
        if (c < '0' || c > '9') {
            throw unexpected("a digit", c);
        }
        in.skipDigits();
    }

    /** Skips {@code true}, {@code false} or {@code null}. */
    void word(String word) throws IOException {
        for (int i = 0; i < word.length(); i++) {
            if (in.peek() != word.charAt(i)) {
                throw unexpected("'" + word + "'", in.peek());
            }
            in.skip();
        }
    }

    /** Skips any value at this depth, from 1. */
    void value(int depth) throws IOException {
        open.setLength(0);
        while (true) {
            requireDepth(depth + open.length());
            int c = next();
            boolean opens = c == '{' || c == '[';
            if (opens) {
                in.skip();
                open.append(c == '{' ? '}' : ']');
            } else {
                single(c);
            }
            boolean first = opens && !empty(innermost());
            while (!first && !open.isEmpty() && (opens || !another(innermost()))) {
                open.setLength(open.length() - 1);
                opens = false;
            }
            if (open.isEmpty()) {
                return;
            }
            if (innermost() == '}') {
                name();
                expect(':');
            }
        }
    }

    /** The bracket that closes the innermost open one. */
    private char innermost() {
        return open.charAt(open.length() - 1);
    }

    /** Skips a name with its quotes; returns whether it has escapes. */
    boolean name() throws IOException {
        next();
        long begin = in.passed();
        boolean escaped = string();
        requireWithin("a name", begin, limits.name());
        return escaped;
    }

    /** Skips a value at the position that is neither object nor array, given its first byte. */
    void single(int c) throws IOException {
        switch (c) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> {
                if (c != '-' && (c < '0' || c > '9')) {
                    throw unexpected("a value", c);
                }
                number();
            }
        }
    }

    void requireDepth(int depth) {
        if (depth > limits.depth()) {
            throw new BadRecordException("it is nested deeper than " + limits.depth() + " levels");
        }
    }

    /** The text from an offset to the position, for a message. */
    String shown(int from) {
        int length = Math.min(in.offset() - from, 4 * SHOWN);
        return LogSafe.beginning(new String(in.bytes(), in.index(from), length, StandardCharsets.UTF_8), SHOWN);
    }

    private static String shownByte(int c) {
        if (c < 0) {
            return "the end of the data";
        }
        return c > ' ' && c < 0x7F ? "'" + (char) c + "'" : "the byte 0x%02X".formatted(c);
    }

    static BadRecordException unexpected(String expected, int found) {
        return new BadRecordException("expected " + expected + ", found " + shownByte(found));
    }
}
