package io.fanin.processor.convert;

import io.fanin.processor.convert.HiveType.Decimal;
import io.fanin.processor.convert.HiveType.Scalar;
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
 * Writes single values in the form in which DuckDB reads them without loss. Its own casts lose: 12.5 becomes the integer
 * 12, a decimal goes through a double, and a timestamp's offset is dropped; so values are written as texts that are exact,
 * and what a column cannot hold is not written at all.
 */
final class Scalars {

    /** RFC 8259's grammar of numbers. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** Digits that surely fit a long. */
    private static final int SAFE_DIGITS = 18;

    /** Beyond, a number is no number that somebody measured, and expanding it would take memory. */
    private static final int MAX_NUMBER = 1_000;

    private final Timestamps timestamps;

    Scalars(ZoneId zone) {
        this.timestamps = new Timestamps(zone);
    }

    /**
     * Writes a text, which is not quoted or escaped, as a value of the type.
     *
     * @return whether the type can hold it; if not, nothing is written
     */
    boolean write(HiveType type, byte[] bytes, int from, int to, RecordBuffer out) {
        return switch (type) {
            case Scalar scalar ->
                switch (scalar) {
                    case STRING -> {
                        out.string(bytes, from, to - from);
                        yield true;
                    }
                    case BOOLEAN -> bool(text(bytes, from, to), out);
                    case TINYINT -> integer(bytes, from, to, Byte.MIN_VALUE, Byte.MAX_VALUE, out);
                    case SMALLINT -> integer(bytes, from, to, Short.MIN_VALUE, Short.MAX_VALUE, out);
                    case INT -> integer(bytes, from, to, Integer.MIN_VALUE, Integer.MAX_VALUE, out);
                    case BIGINT -> integer(bytes, from, to, Long.MIN_VALUE, Long.MAX_VALUE, out);
                    case FLOAT -> floating(text(bytes, from, to), Float.MAX_VALUE, out);
                    case DOUBLE -> floating(text(bytes, from, to), Double.MAX_VALUE, out);
                    case DATE -> date(text(bytes, from, to), out);
                    case TIMESTAMP -> timestamps.write(bytes, from, to, out);
                };
            case Decimal decimal -> decimal(decimal, text(bytes, from, to), out);
            case HiveType.ListOf list -> false;
            case HiveType.MapOf map -> false;
            case HiveType.Struct struct -> false;
        };
    }

    private static boolean bool(String text, RecordBuffer out) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean fits = lower.equals("true") || lower.equals("false");
        if (fits) {
            out.ascii(lower);
        }
        return fits;
    }

    private static boolean integer(byte[] bytes, int from, int to, long least, long most, RecordBuffer out) {
        boolean negative = from < to && bytes[from] == '-';
        int digits = from + (negative ? 1 : 0);
        long value = 0;
        for (int i = digits; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || i - digits >= SAFE_DIGITS) {
                return whole(text(bytes, from, to), least, most, out);
            }
            value = 10 * value + digit;
        }
        value = negative ? -value : value;
        if (digits == to || value < least || value > most) {
            return false;
        }
        if (bytes[digits] == '0' && to - digits > 1) {
            out.ascii(Long.toString(value));
        } else {
            out.write(bytes, from, to - from);
        }
        return true;
    }

    /** 12.0 and 1e3 are whole numbers too. */
    private static boolean whole(String text, long least, long most, RecordBuffer out) {
        BigDecimal number = number(text);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return false;
        }
        BigInteger value = number.toBigInteger();
        boolean fits =
                value.compareTo(BigInteger.valueOf(least)) >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0;
        if (fits) {
            out.ascii(value.toString());
        }
        return fits;
    }

    private static boolean floating(String text, double most, RecordBuffer out) {
        boolean special = text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
        if (special) {
            out.ascii('"' + text + '"');
            return true;
        }
        if (!isNumber(text)) {
            return false;
        }
        boolean fits = Math.abs(Double.parseDouble(text)) <= most;
        if (fits) {
            out.ascii(text);
        }
        return fits;
    }

    private static boolean decimal(Decimal type, String text, RecordBuffer out) {
        BigDecimal number = number(text);
        if (number == null) {
            return false;
        }
        BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
        boolean fits = scaled.precision() <= type.precision();
        if (fits) {
            out.ascii('"' + scaled.toPlainString() + '"');
        }
        return fits;
    }

    private static boolean date(String text, RecordBuffer out) {
        try {
            if (text.length() != "yyyy-MM-dd".length() || LocalDate.parse(text).getYear() < 1) {
                return false;
            }
        } catch (DateTimeParseException e) {
            return false;
        }
        out.ascii('"' + text + '"');
        return true;
    }

    /** Null for what is no number, or one so large or so small that it fits nothing. */
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
