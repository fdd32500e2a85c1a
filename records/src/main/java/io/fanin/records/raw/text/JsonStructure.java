package io.fanin.records.raw.text;

import java.util.BitSet;

/**
 * Follows the strings and brackets of JSON that need not be valid, byte by byte. As long as each of them stands where
 * one may stand, it knows what is open; from the first one that does not, it is lost. A brace behind a value is
 * followed all the same.
 */
public final class JsonStructure {

    /** Beyond this nothing is followed: what is open takes memory. */
    private static final int MAX_LEVELS = 1 << 20;

    /** What a bracket, a string or another value may come behind. */
    private enum Before {
        BEGIN,
        COMMA,
        COLON,
        NAME,
        STRING,
        OTHER,
        CLOSED
    }

    private final BitSet objects = new BitSet();
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean lost;
    private Before before = Before.BEGIN;

    public void begin() {
        depth = 0;
        inString = false;
        escaped = false;
        lost = false;
        before = Before.BEGIN;
    }

    public boolean isLost() {
        return lost;
    }

    public boolean inString() {
        return inString;
    }

    /** Brackets that are open. */
    public int depth() {
        return depth;
    }

    /** Follows the next byte. */
    public void next(int c) {
        if (lost) {
            return;
        }
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            outsideStrings(c);
        }
    }

    private void outsideStrings(int c) {
        switch (c) {
            case '"' -> {
                lost = before == Before.NAME || isBehindValue();
                inString = true;
                before = mayBegin() && depth > 0 && objects.get(depth - 1) ? Before.NAME : Before.STRING;
            }
            case '{', '[' -> open(c);
            case '}', ']' -> close(c);
            case ',' -> before = Before.COMMA;
            case ':' -> before = Before.COLON;
            default -> {
                lost = before == Before.NAME || before == Before.STRING || before == Before.CLOSED;
                before = Before.OTHER;
            }
        }
    }

    /** Whether a bracket may open here. */
    public boolean mayOpen() {
        return !lost
                && !inString
                && (before == Before.COLON || (mayBegin() && (depth == 0 || !objects.get(depth - 1))));
    }

    /** Whether what came last is a value that has ended. */
    public boolean isBehindValue() {
        return !lost && !inString && (before == Before.STRING || before == Before.OTHER || before == Before.CLOSED);
    }

    /** Whether a square bracket may close here. */
    public boolean mayCloseArray() {
        return !lost && !inString && depth > 0 && !objects.get(depth - 1);
    }

    private boolean mayBegin() {
        return before == Before.BEGIN || before == Before.COMMA;
    }

    private void open(int c) {
        boolean isFollowed = mayOpen() || (c == '{' && isBehindValue());
        lost = !isFollowed || depth == MAX_LEVELS;
        objects.set(depth, c == '{');
        depth++;
        before = Before.BEGIN;
    }

    private void close(int c) {
        if (depth == 0) {
            before = Before.OTHER;
            return;
        }
        lost = objects.get(depth - 1) != (c == '}');
        depth--;
        before = Before.CLOSED;
    }
}
