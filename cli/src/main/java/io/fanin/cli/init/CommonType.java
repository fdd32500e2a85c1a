package io.fanin.cli.init;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The type of a column that has one type in some files and another in others. */
final class CommonType {

    private static final List<String> WHOLE_NUMBERS = List.of("tinyint", "smallint", "int", "bigint");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
    private static final int MAX_DIGITS = 38;

    /** The digits of a decimal unless its values need more. */
    private static final int USUAL_DIGITS = 18;

    private CommonType() {}

    /** The narrowest type for the values of both; {@code string} if they have nothing in common. */
    static String of(String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        int first = WHOLE_NUMBERS.indexOf(one);
        int second = WHOLE_NUMBERS.indexOf(other);
        if (first >= 0 && second >= 0) {
            return WHOLE_NUMBERS.get(Math.max(first, second));
        }
        Optional<Digits> digits = Digits.of(one).flatMap(a -> Digits.of(other).map(b -> Digits.ofBoth(a, b)));
        if (digits.filter(found -> found.total() <= MAX_DIGITS).isPresent()) {
            return "decimal(" + digits.get().total() + "," + digits.get().fraction() + ")";
        }
        return Stream.of(one, other).allMatch(CommonType::fitsDouble) ? "double" : "string";
    }

    /** Whether a double serves for the type's values, too; it would change long whole numbers. */
    private static boolean fitsDouble(String type) {
        return isNumber(type)
                && Digits.of(type).filter(digits -> digits.whole > USUAL_DIGITS).isEmpty();
    }

    private static boolean isNumber(String type) {
        return Digits.of(type).isPresent() || type.equals("double") || type.equals("float");
    }

    /** The number of digits that a value may have before and after the point. */
    private record Digits(int whole, int fraction) {

        static Optional<Digits> of(String type) {
            return DECIMAL.matcher(type)
                    .results()
                    .map(Digits::ofDecimal)
                    .findFirst()
                    .or(() -> WHOLE_NUMBERS.contains(type) ? Optional.of(new Digits(0, 0)) : Optional.empty());
        }

        private static Digits ofDecimal(MatchResult decimal) {
            int fraction = Integer.parseInt(decimal.group(2));
            return new Digits(Integer.parseInt(decimal.group(1)) - fraction, fraction);
        }

        static Digits ofBoth(Digits one, Digits other) {
            int fraction = Math.max(one.fraction, other.fraction);
            return new Digits(Math.max(Math.max(one.whole, other.whole), USUAL_DIGITS - fraction), fraction);
        }

        int total() {
            return whole + fraction;
        }
    }
}
