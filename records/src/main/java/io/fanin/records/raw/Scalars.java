package io.fanin.records.raw;

import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads single values of their texts without loss: what a column cannot hold is not read at all. DuckDB's own casts lose:
 * 12.5 becomes the integer 12, a decimal goes through a double, and a timestamp's offset is dropped.
 */
final class Scalars {

    /** A decimal number with a sign or without, zeros before it or not, and digits on one side of the point at least. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    /** A larger number is not a plausible value, and expanding it would take memory. */
    private static final int MAX_NUMBER = 1_000;

    private final Timestamps timestamps;

    Scalars(ZoneId zone) {
        this.timestamps = new Timestamps(zone);
    }

    /** Where a timestamp without an offset is. */
    ZoneId zone() {
        return timestamps.zone();
    }

    /**
     * Reads a text, which is not quoted or escaped; false when the type cannot hold it, and the value is left as it
     * was.
     */
    boolean read(Single type, byte[] bytes, int from, int to, ScalarValue value) {
        return switch (type) {
            case Scalar scalar ->
                switch (scalar) {
                    case STRING -> value.text(bytes, from, to);
                    case BOOLEAN -> bool(text(bytes, from, to), value);
                    case TINYINT -> integer(bytes, from, to, Byte.MIN_VALUE, Byte.MAX_VALUE, value);
                    case SMALLINT -> integer(bytes, from, to, Short.MIN_VALUE, Short.MAX_VALUE, value);
                    case INT -> integer(bytes, from, to, Integer.MIN_VALUE, Integer.MAX_VALUE, value);
                    case BIGINT -> integer(bytes, from, to, Long.MIN_VALUE, Long.MAX_VALUE, value);
                    case FLOAT -> single(text(bytes, from, to), value);
                    case DOUBLE -> floating(text(bytes, from, to), value);
                    case DATE -> date(text(bytes, from, to), value);
                    case TIMESTAMP -> timestamps.read(bytes, from, to, value);
                };
            case Characters text -> text.holds(bytes, from, to) && value.text(bytes, from, to);
            case Decimal decimal -> decimal(decimal, text(bytes, from, to), value);
        };
    }

    private static boolean bool(String text, ScalarValue value) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean truth = lower.equals("true");
        return (truth || lower.equals("false")) && value.number(truth ? 1 : 0);
    }

    private static boolean integer(byte[] bytes, int from, int to, long least, long most, ScalarValue value) {
        boolean negative = from < to && bytes[from] == '-';
        int digits = from + (negative ? 1 : 0);
        long number = 0;
        for (int i = digits; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || i - digits >= Decimal.DIGITS_OF_LONG) {
                return whole(text(bytes, from, to), least, most, value);
            }
            number = 10 * number + digit;
        }
        number = negative ? -number : number;
        return digits < to && number >= least && number <= most && value.number(number);
    }

    /** 12.0 and 1e3 are whole numbers too. */
    private static boolean whole(String text, long least, long most, ScalarValue value) {
        BigDecimal number = number(text);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return false;
        }
        BigInteger whole = number.toBigInteger();
        return whole.compareTo(BigInteger.valueOf(least)) >= 0
                && whole.compareTo(BigInteger.valueOf(most)) <= 0
                && value.number(whole.longValueExact());
    }

    /** Adding zero makes a negative zero a positive one: DuckDB's files keep one zero in a column, whichever comes first. */
    private static boolean single(String text, ScalarValue value) {
        if (!isFloating(text)) {
            return false;
        }
        float number = Float.parseFloat(text);
        return (Float.isFinite(number) || isSpecial(text)) && value.number(Float.floatToRawIntBits(number + 0f));
    }

    private static boolean floating(String text, ScalarValue value) {
        if (!isFloating(text)) {
            return false;
        }
        double number = Double.parseDouble(text);
        return (Double.isFinite(number) || isSpecial(text)) && value.number(Double.doubleToRawLongBits(number + 0d));
    }

    private static boolean isFloating(String text) {
        return isSpecial(text) || isNumber(text);
    }

    private static boolean isSpecial(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    private static boolean decimal(Decimal type, String text, ScalarValue value) {
        BigDecimal number = number(text);
        if (number == null) {
            return false;
        }
        BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() <= type.precision() && value.decimal(scaled.unscaledValue());
    }

    private static boolean date(String text, ScalarValue value) {
        try {
            if (text.length() != "yyyy-MM-dd".length()) {
                return false;
            }
            LocalDate date = LocalDate.parse(text);
            return date.getYear() >= 1 && value.number(date.toEpochDay());
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Null for what is not a number, or one so large or so small that it fits nothing. */
    private static BigDecimal number(String text) {
        if (!isNumber(text)) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > MAX_NUMBER ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isNumber(String text) {
        return text.length() <= MAX_NUMBER && NUMBER.matcher(text).matches();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
