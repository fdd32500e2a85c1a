package io.fanin.processor.validate;

import java.util.stream.Collectors;

/** Text of others, made fit for a message: short, on one line, without characters that act on a terminal. */
final class Printable {
    private static final int DETAIL = 160;
    private static final int KEY = 200;

    private Printable() {}

    /** A decoder's description, which may quote the data: its beginning. */
    static String detail(String text) {
        return text.length() <= DETAIL ? clean(text) : clean(text.substring(0, DETAIL)) + "...";
    }

    /** An object's key or a prefix: its end, which tells objects of one table apart. */
    static String key(String key) {
        return key.length() <= KEY ? clean(key) : "..." + clean(key.substring(key.length() - KEY));
    }

    private static String clean(String text) {
        return text.codePoints()
                .map(c -> acts(c) ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
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
