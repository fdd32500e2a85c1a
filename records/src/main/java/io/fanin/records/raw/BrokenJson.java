package io.fanin.records.raw;

import io.fanin.records.raw.text.EndlessRecordException;
import io.fanin.records.raw.text.JsonStructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Skips a record that violates JSON's grammar, in one pass. It ends with its last bracket, as long as strings and
 * brackets stand in valid places, and the next byte may follow a record. Otherwise it ends before a line that begins
 * like a record. If another record seems to begin before that, its end is unknown.
 */
final class BrokenJson {

    /** Single values that an object may follow directly; other text on a line is one record with what follows. */
    private static final Pattern SINGLE_VALUES = Pattern.compile(
            "(?:(?:null|true|false|NaN|-?Infinity|-?[0-9.]++(?:[eE][+-]?[0-9]++)?|\"(?:[^\"\\\\]|\\\\.)*+\")(?:\\s++|$))++",
            Pattern.DOTALL);

    /** The maximum bytes of single values that are examined. */
    private static final int MAX_SINGLE = 256;

    private final ByteWindow in;
    private final JsonStructure structure = new JsonStructure();
    private int neighbour;
    private boolean neighbours;
    private boolean within;

    BrokenJson(ByteWindow in) {
        this.in = in;
    }

    /** The way in which the skipped bytes ended. */
    enum End {
        /** After the last byte: another record may follow on the line. */
        WITHIN_LINE,
        /** Before a line that begins like a record, or at the end of the data. */
        WITH_LINE
    }

    /** Decides at the beginning of a line whether the skipped record ends there. */
    @FunctionalInterface
    interface LineBegin {

        /**
         * Examines a line.
         *
         * @param margin the number of blanks before its first other byte
         * @param c that byte, or -1
         * @param structure of the skipped bytes
         */
        boolean isEnd(int margin, int c, JsonStructure structure) throws IOException;
    }

    /**
     * Skips text that is not an object, from the mark to the end of its line, or to an object after single values.
     * After a record on the same line, it also ends before an object that follows words.
     *
     * @param ownLine whether it is the first of its line
     * @throws EndlessRecordException where records seem to begin before it ends
     */
    End passText(ByteWindow.Passing passing, boolean ownLine) throws IOException {
        long line = in.line();
        long offset = in.passed();
        boolean singles = true;
        boolean words = !ownLine && isWord(in.peek());
        int before = in.peek();
        passing.read();
        for (int c = in.peek(); c >= 0; c = in.peek()) {
            if (singles && (c == '{' || c == '[')) {
                if (isSingleValues()) {
                    return End.WITHIN_LINE;
                }
                singles = false;
            }
            if (c == '{') {
                if (words) {
                    return End.WITHIN_LINE;
                }
                if ((!ownLine || before == '}') && in.follows('"')) {
                    throw new EndlessRecordException(line, offset);
                }
            }
            words &= isWord(c);
            before = c == ' ' || c == '\t' ? before : c;
            if (passing.readLineEnd()) {
                return End.WITH_LINE;
            }
        }
        return End.WITH_LINE;
    }

    /** Whether a byte belongs to text outside JSON's strings, arrays and objects. */
    private static boolean isWord(int c) {
        return "\"{}[]:".indexOf(c) < 0;
    }

    private boolean isSingleValues() {
        return in.offset() <= MAX_SINGLE
                && SINGLE_VALUES
                        .matcher(new String(in.marked(MAX_SINGLE), StandardCharsets.ISO_8859_1))
                        .matches();
    }

    /**
     * Skips a record from the mark on.
     *
     * @param inArray whether it is an element of an array
     * @param begin examines lines
     * @throws EndlessRecordException if its end is unknown
     */
    End pass(ByteWindow.Passing passing, boolean inArray, LineBegin begin) throws IOException {
        long line = in.line();
        long offset = in.passed();
        boolean object = in.peek() == '{';
        structure.begin();
        neighbour = 0;
        neighbours = false;
        within = false;
        for (int c = in.peek(); c >= 0; c = in.peek()) {
            boolean first = in.passed() == offset;
            if (inArray && !first && endsSingle(c)) {
                return c == '\n' || c == '\r' ? End.WITH_LINE : End.WITHIN_LINE;
            }
            within |= c == '{' && structure.isBehindValue() && in.follows('"');
            boolean lineEnd = passing.readLineEnd();
            follow(c, inArray, object);
            if (structure.isLost() && neighbours) {
                throw new EndlessRecordException(line, offset);
            }
            if (lineEnd) {
                requireNoneWithin(line, offset);
                neighbour = 0;
                int margin = blanks(passing);
                if (begin.isEnd(margin, in.peek(), structure)) {
                    return End.WITH_LINE;
                }
            } else if (first && c == ',') {
                return End.WITHIN_LINE;
            } else if (!structure.isLost()
                    && structure.depth() == 0
                    && (c == '}' || c == ']')
                    && !structure.inString()
                    && mayFollow(passing, inArray)) {
                return End.WITHIN_LINE;
            }
        }
        requireNoneWithin(line, offset);
        return End.WITH_LINE;
    }

    /**
     * Throws if a brace and a name after a value are not closed by the end of the line, since they begin another
     * record.
     */
    private void requireNoneWithin(long line, long offset) {
        if (within && (structure.isLost() || structure.depth() > 0)) {
            throw new EndlessRecordException(line, offset);
        }
    }

    /** Whether an element that is not an object ends before this byte. */
    private boolean endsSingle(int c) {
        return !structure.isLost()
                && structure.depth() == 0
                && !structure.inString()
                && (c == ',' || c == ']' || c == '{' || c == '\n' || c == '\r');
    }

    private void follow(int c, boolean inArray, boolean object) {
        neighbour = switch (c) {
            case '}' -> 1;
            case ' ', '\t' -> neighbour;
            case ',' -> inArray && neighbour == 1 ? 2 : 0;
            case '{' -> neighbour > 0 || (inArray && !object) ? 3 : 0;
            default -> {
                neighbours |= c == '"' && neighbour == 3;
                yield 0;
            }
        };
        structure.next(c);
        neighbours &= structure.isLost() || structure.inString() || c == '"' || c == ' ' || c == '\t';
    }

    private boolean mayFollow(ByteWindow.Passing passing, boolean inArray) throws IOException {
        blanks(passing);
        int c = in.peek();
        return c < 0 || c == '\n' || c == '\r' || c == '{' || c == ',' || (inArray ? c == ']' : c == '[' || isWord(c));
    }

    /** Skips blanks; returns their number. */
    private int blanks(ByteWindow.Passing passing) throws IOException {
        int count = 0;
        while (in.peek() == ' ' || in.peek() == '\t') {
            passing.read();
            count++;
        }
        return count;
    }
}
