package io.fanin.records.serde;

import io.fanin.model.type.HiveType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Decides which texts SerDes read as numbers. */
final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+(\\.0*)?");
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]*|[+-][0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");

    /** The largest plausible exponent; writing out a number with a larger one would take memory. */
    private static final int MAX_SCALE = 1_000;

    /** The number of digits with which any number is finite as a float. */
    private static final int FINITE = 38;

    private Numbers() {}

    /**
     * Whether it consists of at most this many digits after an optional minus, without a leading zero, which can mean
     * octal.
     */
    static boolean isPlainDigits(byte[] bytes, int from, int to, int most) {
        int begin = from < to && bytes[from] == '-' ? from + 1 : from;
        return to - begin <= most && to > begin && bytes[begin] != '0' && digitsEnd(bytes, begin, to) == to;
    }

    /** Whether it consists of digits after an optional minus, with an optional point inside. */
    static boolean isPlainFraction(byte[] bytes, int from, int to) {
        int begin = from < to && bytes[from] == '-' ? from + 1 : from;
        int point = digitsEnd(bytes, begin, to);
        return point > begin && to - begin <= FINITE && isFraction(bytes, point, to);
    }

    private static boolean isFraction(byte[] bytes, int point, int to) {
        return point == to || (bytes[point] == '.' && point + 1 < to && digitsEnd(bytes, point + 1, to) == to);
    }

    /** Whether it is a plain fraction whose whole part the decimal certainly holds. */
    static boolean isPlainDecimal(Decimal type, byte[] bytes, int from, int to) {
        int begin = from < to && bytes[from] == '-' ? from + 1 : from;
        int point = digitsEnd(bytes, begin, to);
        int whole = point - begin;
        // Rounding may carry into one more digit.
        boolean holds = whole < type.precision() - type.scale()
                || (whole == type.precision() - type.scale() && to - point - 1 <= type.scale());
        return whole > 0 && to - from <= SerDe.MAX && holds && isFraction(bytes, point, to);
    }

    private static int digitsEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Whether it consists of digits, optionally followed by a point and zeros, and lies in the range. */
    static boolean isPlainWhole(String text, long least, long most) {
        return WHOLE.matcher(text).matches() && isWithin(text, least, most);
    }

    /**
     * Whether it is a whole number in any notation of BigDecimal's, or a hexadecimal one. Digits after a leading zero
     * are octal: 010 is 8.
     */
    static boolean isWholeInAnyBase(String text, long least, long most) {
        if (HEXADECIMAL.matcher(text).matches()) {
            return isWithin(new BigInteger(text.substring(2), 16), least, most);
        }
        boolean other = OCTAL.matcher(text).matches() && !new BigInteger(text, 8).equals(new BigInteger(text));
        return !other && isWithin(text, least, most);
    }

    /** Whether it consists of digits, or is a hexadecimal number. Digits after a leading zero are octal. */
    static boolean isDigitsInAnyBase(String text, long least, long most) {
        boolean digits = DIGITS.matcher(text).matches() || OCTAL.matcher(text).matches();
        return (digits || HEXADECIMAL.matcher(text).matches()) && isWholeInAnyBase(text, least, most);
    }

    /** The digits of a whole number in any base. */
    static String whole(String text) {
        return HEXADECIMAL.matcher(text).matches()
                ? new BigInteger(text.substring(2), 16).toString()
                : new BigDecimal(text).toBigInteger().toString();
    }

    /** A decimal, rounded to its scale. */
    static String scaled(Decimal type, String text) {
        return new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP).toPlainString();
    }

    private static boolean isWithin(String text, long least, long most) {
        BigDecimal number = number(text);
        return number != null
                && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0)
                && isWithin(number.toBigInteger(), least, most);
    }

    private static boolean isWithin(BigInteger number, long least, long most) {
        return number.compareTo(BigInteger.valueOf(least)) >= 0 && number.compareTo(BigInteger.valueOf(most)) <= 0;
    }

    /** Whether it is a number that the decimal holds after rounding to its scale. */
    static boolean isDecimal(Decimal type, String text) {
        BigDecimal number = number(text);
        return number != null
                && number.setScale(type.scale(), RoundingMode.HALF_UP).precision() <= type.precision();
    }

    /** The number; null if it is none, or too large or too small to be plausible. */
    private static BigDecimal number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static boolean isFloat(String text) {
        try {
            float number = Float.parseFloat(text);
            return Float.isFinite(number) || isSpecial(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean isDouble(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) || isSpecial(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether the text itself denotes a number that is not finite; others would silently become so. */
    private static boolean isSpecial(String text) {
        String name = text.strip();
        return name.endsWith("NaN") || name.endsWith("Infinity");
    }
}
