package io.fanin.core.layout;

import io.fanin.core.partition.PatternPart;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shape of one level of a date format, so that a walk can distinguish {@code 02/} from {@code tmp/} without the
 * rest.
 */
final class TimeRegex {

    private static final String NUMERIC = "yuMdDHhkKmsSnN";

    private TimeRegex() {}

    static String of(String pattern) {
        return PatternPart.of(pattern).stream()
                .map(part -> switch (part) {
                    case PatternPart.Literal(String text) -> Pattern.quote(text);
                    case PatternPart.Field(char letter, int width) -> field(letter, width);
                })
                .collect(Collectors.joining());
    }

    private static String field(char letter, int width) {
        boolean text = NUMERIC.indexOf(letter) < 0 || (letter == 'M' && width > 2);
        if (text) {
            return ".+?";
        }
        return width == 1 ? "[0-9]+" : "[0-9]{" + width + "}";
    }
}
