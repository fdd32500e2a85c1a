package io.fanin.model.text;

import java.util.stream.Collectors;

/** Makes foreign text safe for a message: on one line, without control characters. */
public final class LogSafe {

    private static final String DOTS = "...";

    /** Shortens names: keys have up to 1,024 bytes, but names that people choose are far shorter. */
    private static final int MAX_NAME = 200;

    private LogSafe() {}

    /** The text, with a question mark for each control character. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(LogSafe::acts)) {
            return text;
        }
        return text.codePoints()
                .map(c -> acts(c) ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The same JSON, with an escape for each control character beyond ASCII; JSON itself escapes those of ASCII. */
    public static String json(String json) {
        if (json.codePoints().noneMatch(LogSafe::actsInJson)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder();
        json.codePoints().forEach(c -> {
            if (actsInJson(c)) {
                String.valueOf(Character.toChars(c)).chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean actsInJson(int codePoint) {
        return codePoint >= 0x7F && acts(codePoint);
    }

    /** The beginning of the text, with three dots if anything was cut off. */
    public static String beginning(String text, int length) {
        return text.length() <= length ? of(text) : of(text.substring(0, length)) + DOTS;
    }

    /** The beginning of the text, at most this number of characters including the three dots. */
    public static String within(String text, int length) {
        return text.length() <= length ? of(text) : beginning(text, length - DOTS.length());
    }

    /** A foreign name within a message: that of a partition, a run, a prefix, or a user. */
    public static String name(String text) {
        return beginning(text, MAX_NAME);
    }

    /** The beginning of prose on one line, with a space for each line end. */
    public static String ofLines(String prose, int length) {
        return beginning(firstOnOneLine(prose, length + 1), length);
    }

    /** This number of characters from the beginning of the prose; the rest is not read. */
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
