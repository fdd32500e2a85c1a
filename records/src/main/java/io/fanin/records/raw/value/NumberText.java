package io.fanin.records.raw.value;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.records.duckdb.ColumnBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * A decimal number in a text: with or without a sign and leading zeros, and with digits on at least one side of the
 * point. Reads numbers one after the other, without creating objects for those of up to 18 digits without an exponent.
 * Used by one thread.
 */
public final class NumberText {

    /** Bytes of the longest text: a larger number is not a plausible value, and expanding it would take memory. */
    private static final int MAX = 1_000;

    /** The limit up to which all whole numbers are exact doubles. */
    private static final long WHOLE_DOUBLES = 1L << 53;

    /** The limit up to which all whole numbers are exact floats. */
    private static final long WHOLE_FLOATS = 1L << 24;

    private static final double[] DOUBLE_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    };
    private static final float[] FLOAT_POWERS = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};
    private static final long[] LONG_POWERS = new long[Decimal.DIGITS_OF_LONG + 1];

    static {
        LONG_POWERS[0] = 1;
        for (int i = 1; i < LONG_POWERS.length; i++) {
            LONG_POWERS[i] = 10 * LONG_POWERS[i - 1];
        }
    }

    private byte[] bytes = {};
    private int from;
    private int to;
    private boolean negative;

    /** The number formed by all digits; arbitrary unless it is small. */
    private long digits;

    /** The number of digits after the point. */
    private int fraction;

    /** Whether it has up to 18 digits, not counting leading zeros, and no exponent. */
    private boolean small;

    /** Reads a text; false if it is not such a number. */
    boolean read(byte[] text, int begin, int end) {
        bytes = text;
        from = begin;
        to = end;
        int i = begin;
        negative = i < end && text[i] == '-';
        i += negative || (i < end && text[i] == '+') ? 1 : 0;
        int first = i;
        while (i < end && text[i] == '0') {
            i++;
        }
        int zeros = i - first;
        long number = 0;
        while (i < end && text[i] >= '0' && text[i] <= '9') {
            number = 10 * number + text[i++] - '0';
        }
        int whole = i - first;
        fraction = 0;
        if (i < end && text[i] == '.') {
            int behind = ++i;
            while (i < end && text[i] >= '0' && text[i] <= '9') {
                number = 10 * number + text[i++] - '0';
            }
            fraction = i - behind;
        }
        digits = number;
        small = i == end && whole - zeros + fraction <= Decimal.DIGITS_OF_LONG;
        return whole + fraction > 0 && end - begin <= MAX && (i == end || isExponent(i));
    }

    /**
     * Reads a JSON number of up to 18 digits without an exponent, followed by another byte.
     *
     * @param end of the valid bytes; a byte that is not a digit follows there or later in the array
     * @return the index after it; -1 if there is no such number, in which case {@link Scalars#read} reads the text
     */
    public int readJson(byte[] text, int begin, int end) {
        boolean minus = text[begin] == '-';
        int first = minus ? begin + 1 : begin;
        int i = first;
        long number = 0;
        while (text[i] >= '0' && text[i] <= '9') {
            number = 10 * number + text[i++] - '0';
        }
        int count = i - first;
        if (i >= end || count == 0 || (count > 1 && text[first] == '0')) {
            return -1;
        }
        int behind = i;
        if (text[i] == '.') {
            behind = ++i;
            while (text[i] >= '0' && text[i] <= '9') {
                number = 10 * number + text[i++] - '0';
            }
            if (i >= end || i == behind) {
                return -1;
            }
        }
        if ((text[i] | ' ') == 'e' || count + i - behind > Decimal.DIGITS_OF_LONG) {
            return -1;
        }
        negative = minus;
        digits = number;
        fraction = i - behind;
        small = true;
        return i;
    }

    private boolean isExponent(int at) {
        if (bytes[at] != 'e' && bytes[at] != 'E') {
            return false;
        }
        int i = at + 1;
        i += i < to && (bytes[i] == '+' || bytes[i] == '-') ? 1 : 0;
        int first = i;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i == to && i > first;
    }

    /**
     * Sets a column's value to the number from {@link #readJson}; false if {@link Scalars#read} has to read it. Used
     * for nearly all numbers: an object in between would cost as much as everything else.
     */
    public boolean set(ValueType type, ColumnBuffer column, int row) {
        if (type.kind() == ValueType.Kind.WHOLE && isPlainWhole()) {
            long number = negative ? -digits : digits;
            boolean holds = type.holds(number);
            if (holds) {
                column.setNumber(row, number);
            }
            return holds;
        }
        if (type.kind() == ValueType.Kind.DOUBLE && isPlainDouble()) {
            column.setNumber(row, Double.doubleToRawLongBits(quotient()));
            return true;
        }
        return false;
    }

    /** Sets the value if it is a whole number that the type holds, including 12.0 and 1e3. */
    boolean toWhole(ValueType type, ScalarValue value) {
        if (!small) {
            return large(type, value);
        }
        long number = digits;
        if (fraction > 0) {
            long unit = LONG_POWERS[fraction];
            number = digits / unit;
            if (number * unit != digits) {
                return false;
            }
        }
        number = negative ? -number : number;
        return type.holds(number) && value.number(number);
    }

    private boolean large(ValueType type, ScalarValue value) {
        BigDecimal number = number();
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return false;
        }
        BigInteger all = number.toBigInteger();
        return all.bitLength() < Long.SIZE && type.holds(all.longValue()) && value.number(all.longValue());
    }

    /**
     * Sets the value to the nearest float, if there is one. The quotient of two numbers that the type holds exactly is
     * the nearest one to the decimal fraction (Clinger, How to read floating point numbers accurately, 1990). Adding
     * zero turns a negative zero into a positive one: DuckDB's files keep only one of them in a column, whichever comes
     * first.
     */
    boolean toFloat(ScalarValue value) {
        float number;
        if (small && digits <= WHOLE_FLOATS && fraction < FLOAT_POWERS.length) {
            number = digits / FLOAT_POWERS[fraction];
            number = negative ? -number : number;
        } else {
            number = JavaFloatParser.parseFloat(bytes, from, to - from);
        }
        return Float.isFinite(number) && value.number(Float.floatToRawIntBits(number + 0f));
    }

    /** Sets the value to the nearest double, as {@link #toFloat} does. */
    boolean toDouble(ScalarValue value) {
        double number;
        if (isQuotient()) {
            number = quotient();
        } else {
            number = JavaDoubleParser.parseDouble(bytes, from, to - from);
        }
        return Double.isFinite(number) && value.number(Double.doubleToRawLongBits(number + 0d));
    }

    private double quotient() {
        double number = digits / DOUBLE_POWERS[fraction];
        return negative ? -number : number;
    }

    private boolean isQuotient() {
        return small && digits <= WHOLE_DOUBLES && fraction < DOUBLE_POWERS.length;
    }

    /** Whether DuckDB reads this text in JSON as exactly this value of the type. */
    public boolean isExact(ValueType type) {
        return switch (type.kind()) {
            case WHOLE -> isPlainWhole() && type.holds(negative ? -digits : digits);
            case DOUBLE -> isPlainDouble();
            default -> false;
        };
    }

    /** Whether it is written as a whole number, and is not a negative zero. */
    private boolean isPlainWhole() {
        return small && fraction == 0 && !isNegativeZero();
    }

    /** Whether every exact reader returns the same double for it, and it is not a negative zero. */
    private boolean isPlainDouble() {
        return isQuotient() && !isNegativeZero();
    }

    private boolean isNegativeZero() {
        return negative && digits == 0;
    }

    /** Sets the value if the type holds the number; excess fraction digits are rounded, half up. */
    boolean toDecimal(Decimal type, ScalarValue value) {
        int missing = type.scale() - fraction;
        if (small && missing <= 0) {
            long unit = LONG_POWERS[-missing];
            long up = digits % unit >= unit - digits % unit ? 1 : 0;
            return decimal(digits / unit + up, type, value);
        }
        if (small && missing <= Decimal.DIGITS_OF_LONG && digits < LONG_POWERS[Decimal.DIGITS_OF_LONG - missing]) {
            return decimal(digits * LONG_POWERS[missing], type, value);
        }
        BigDecimal number = number();
        if (number == null) {
            return false;
        }
        BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() <= type.precision() && value.decimal(scaled.unscaledValue());
    }

    private boolean decimal(long unscaled, Decimal type, ScalarValue value) {
        boolean fits = type.precision() >= Decimal.DIGITS_OF_LONG || unscaled < LONG_POWERS[type.precision()];
        return fits && value.decimal(negative ? -unscaled : unscaled);
    }

    /** The number as a decimal; null if it is too large or too small for any type. */
    private BigDecimal number() {
        try {
            BigDecimal number = new BigDecimal(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            return Math.abs((long) number.scale()) > MAX ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
