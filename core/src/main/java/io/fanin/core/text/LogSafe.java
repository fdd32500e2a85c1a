package io.fanin.core.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes foreign text safe for a message: on one line, without characters that act on a terminal. */
public final class LogSafe {

    private static final Pattern LINE_END = Pattern.compile("\\s*\\R\\s*");

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
        return text.length() <= length ? of(text) : of(text.substring(0, length)) + "...";
    }

    /** The beginning of prose, whose lines follow each other with a space between. */
    public static String ofLines(String prose, int length) {
        return beginning(LINE_END.matcher(prose.strip()).replaceAll(" "), length);
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
