package io.fanin.model.layout;

import io.fanin.model.layout.TemplateSegment.Token;
import io.fanin.model.partition.PatternPart;
import java.util.List;

/**
 * The tokens of one level of a date format, with which a walk distinguishes {@code 02/} from {@code tmp/} before it
 * knows the other levels.
 */
final class TimeTokens {

    private static final String NUMERIC = "yuMdDHhkKmsSnN";

    private TimeTokens() {}

    static List<Token> of(String pattern) {
        return PatternPart.of(pattern).stream()
                .map(part -> switch (part) {
                    case PatternPart.Literal(String text) -> new Token.Literal(text);
                    case PatternPart.Field(char letter, int width) -> field(letter, width);
                })
                .toList();
    }

    private static Token field(char letter, int width) {
        boolean text = NUMERIC.indexOf(letter) < 0 || (letter == 'M' && width > 2);
        if (text) {
            return new Token.Text();
        }
        if (letter == 'D' && width == 2) {
            throw new IllegalArgumentException("the day of the year has up to three digits: write DDD, or D");
        }
        if ((letter == 'y' || letter == 'u') && width == 3) {
            throw new IllegalArgumentException("a year has four digits: write yyyy");
        }
        return width == 1 ? new Token.Numeral() : new Token.Digits(width);
    }
}
