package io.fanin.core.layout;

import java.util.regex.Pattern;

/** The shape of one level of a date format, so that a walk can tell {@code 02/} from {@code tmp/} without the rest. */
final class TimeRegex {

    private static final String NUMERIC = "yuMdDHhkKmsSnN";

    private TimeRegex() {}

    static String of(String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                end = pattern.indexOf('\'', i + 1) + 1;
                regex.append(Pattern.quote(end - i == 2 ? "'" : pattern.substring(i + 1, end - 1)));
            } else if (Character.isLetter(c)) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                regex.append(field(c, end - i));
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
            i = end;
        }
        return regex.toString();
    }

    private static String field(char letter, int width) {
        boolean text = NUMERIC.indexOf(letter) < 0 || (letter == 'M' && width > 2);
        if (text) {
            return ".+?";
        }
        return width == 1 ? "[0-9]+" : "[0-9]{" + width + "}";
    }
}
