package io.fanin.model.layout;

import io.fanin.model.layout.TemplateSegment.Token;
import io.fanin.model.partition.PatternPart;
import java.util.List;

/**
 * The shape of one level of a date format, so that a walk can distinguish {@code 02/} from {@code tmp/} without the
 * rest.
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
        return width == 1 ? new Token.Numeral() : new Token.Digits(width);
    }
}
