package io.fanin.model.text;

import java.util.stream.Collectors;

/** Makes foreign text safe for a message: on one line, without characters that act on a terminal. */
public final class LogSafe {

    private static final String DOTS = "...";

    /** A key has up to 1,024 bytes, and a name that people choose is far shorter. */
    private static final int MAX_NAME = 200;

    private LogSafe() {}

    /** The text, with a question mark for each character that acts. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(LogSafe::acts)) {
            return text;
        }
        return text.codePoints()
                .map(c -> acts(c) ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The same, cut to a number of characters, with three dots where something was cut off. */
    public static String beginning(String text, int length) {
        return text.length() <= length ? of(text) : of(text.substring(0, length)) + DOTS;
    }

    /** The same for a place that takes no more than this number of characters, the three dots included. */
    public static String within(String text, int length) {
        return text.length() <= length ? of(text) : beginning(text, length - DOTS.length());
    }

    /** A foreign name among other words: of a partition, a run, a prefix, a person. */
    public static String name(String text) {
        return beginning(text, MAX_NAME);
    }

    /** The beginning of prose, whose lines follow each other with a space between. */
    public static String ofLines(String prose, int length) {
        return beginning(firstOnOneLine(prose, length + 1), length);
    }

    /** As much of the prose as gives this number of characters, read once and no further. */
    static String firstOnOneLine(CharSequence prose, int length) {
        StringBuilder line = new StringBuilder();
        int at = endOfBlanks(prose, 0);
        while (at < prose.length() && line.length() < length) {
            int end = endOfBlanks(prose, at);
            if (end == at) {
                line.append(prose.charAt(at++));
            } else {
                if (end < prose.length()) {
                    appendBlanks(line, prose, at, end, length);
                }
                at = end;
            }
        }
        return line.toString();
    }

    private static void appendBlanks(StringBuilder line, CharSequence prose, int from, int to, int length) {
        for (int i = from; i < to; i++) {
            if (isLineEnd(prose.charAt(i))) {
                line.append(' ');
                return;
            }
        }
        line.append(prose, from, Math.min(to, from + length - line.length()));
    }

    private static int endOfBlanks(CharSequence prose, int from) {
        int end = from;
        while (end < prose.length() && isBlank(prose.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || isLineEnd(c);
    }

    private static boolean isLineEnd(char c) {
        return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private static boolean acts(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
