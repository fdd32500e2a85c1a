package io.fanin.model.table;

import java.util.Optional;

/**
 * How numbers are written in texts.
 *
 * @param decimalSeparator before the fraction
 * @param groupingSeparator between groups of three digits before it, which may also be left out; none if empty
 */
public record NumberForm(char decimalSeparator, Optional<Character> groupingSeparator) {

    /** As JSON has them. */
    public static final NumberForm STANDARD = new NumberForm('.', Optional.empty());

    /** The separators that occur: point, comma, apostrophe and blank. */
    private static final String SEPARATORS = ".,' ";

    public NumberForm {
        if (decimalSeparator != '.' && decimalSeparator != ',') {
            throw new IllegalArgumentException(
                    "expected the decimal separator . or , found '" + decimalSeparator + "'");
        }
        if (groupingSeparator
                .filter(c -> SEPARATORS.indexOf(c) < 0 || c == decimalSeparator)
                .isPresent()) {
            throw new IllegalArgumentException("expected a grouping separator . or , or ' or a blank, which is not the"
                    + " decimal separator, found '" + groupingSeparator.get() + "'");
        }
    }

    public boolean isStandard() {
        return decimalSeparator == STANDARD.decimalSeparator && groupingSeparator.isEmpty();
    }

    @Override
    public String toString() {
        return "'" + decimalSeparator + "' before the fraction"
                + groupingSeparator
                        .map(c -> " and '" + c + "' between thousands")
                        .orElse("");
    }
}
