package io.fanin.records.raw.text;

import java.util.BitSet;

/**
 * Follows the strings and brackets of possibly invalid JSON, byte by byte. As long as each stands in a valid place, it
 * knows the open ones; after the first misplaced one, it is lost. A brace after a value is still followed.
 */
public final class JsonStructure {

    /** The maximum depth, since open brackets take memory. */
    private static final int MAX_LEVELS = 1 << 20;

    /** The kind of token before a bracket, a string or another value. */
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

    /** The number of open brackets. */
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

    /** Whether a value has just ended. */
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
