package io.fanin.records.raw.plain;

import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.records.duckdb.ColumnBuffer;

/**
 * Reads plain numbers with a fraction, exactly: see {@link QuickValues} for the answers. The quotient of two whole numbers that
 * a floating type holds exactly is the number that is nearest to the decimal fraction (Clinger, How to read floating point
 * numbers accurately, 1990).
 */
public final class QuickNumbers {

    private static final int MOST_DIGITS = 15;

    /** Whole numbers up to here are floats. */
    private static final int WHOLE_FLOATS = 1 << 24;

    private static final int MOST_FRACTION_OF_FLOAT = 10;

    private static final double[] DOUBLE_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    };
    private static final float[] FLOAT_POWERS = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};

    private static final long[] LONG_POWERS = new long[Decimal.DIGITS_OF_LONG + 1];

    static {
        LONG_POWERS[0] = 1;
        for (int i = 1; i < LONG_POWERS.length; i++) {
            LONG_POWERS[i] = 10 * LONG_POWERS[i - 1];
        }
    }

    private QuickNumbers() {}

    /** A float or a double of up to 15 digits, without an exponent. */
    public static int floating(Scalar type, byte[] bytes, int at, ColumnBuffer column, int row) {
        int from = bytes[at] == '-' ? at + 1 : at;
        int point = digits(bytes, from, from + MOST_DIGITS);
        int to = fraction(bytes, from, point);
        if (to < 0) {
            return QuickValues.OTHER;
        }
        long digits = number(bytes, from, point, to);
        int scale = Math.max(0, to - point - 1);
        if (type == Scalar.DOUBLE) {
            double number = digits / DOUBLE_POWERS[scale];
            column.setDouble(row, from > at ? 0d - number : number);
        } else if (digits <= WHOLE_FLOATS && scale <= MOST_FRACTION_OF_FLOAT) {
            float number = digits / FLOAT_POWERS[scale];
            column.setFloat(row, from > at ? 0f - number : number);
        } else {
            return QuickValues.OTHER;
        }
        return to;
    }

    /** A decimal that needs no rounding. */
    public static int decimal(Decimal type, byte[] bytes, int at, ColumnBuffer column, int row) {
        int from = bytes[at] == '-' ? at + 1 : at;
        int point = digits(bytes, from, from + MOST_DIGITS);
        int to = fraction(bytes, from, point);
        int zeros = type.scale() - Math.max(0, to - point - 1);
        int all = zeros + point - from + Math.max(0, to - point - 1);
        if (to < 0 || zeros < 0 || all > Decimal.DIGITS_OF_LONG || type.precision() > Decimal.DIGITS_OF_LONG) {
            return QuickValues.OTHER;
        }
        long unscaled = number(bytes, from, point, to) * LONG_POWERS[zeros];
        if (unscaled >= LONG_POWERS[type.precision()]) {
            return QuickValues.OTHER;
        }
        column.setNumber(row, from > at ? -unscaled : unscaled);
        return to;
    }

    /** Where the digits end, or the limit is reached. */
    private static int digits(byte[] bytes, int from, int limit) {
        int i = from;
        while (i < limit && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Where a number ends whose whole part does so at the point; {@link QuickValues#OTHER} where it is none of ours. */
    private static int fraction(byte[] bytes, int from, int point) {
        if (point == from || (bytes[from] == '0' && point - from > 1)) {
            return QuickValues.OTHER;
        }
        int to = point;
        int limit = from + MOST_DIGITS;
        if (bytes[point] == '.') {
            to = digits(bytes, point + 1, limit + 1);
            if (to == point + 1) {
                return QuickValues.OTHER;
            }
        }
        byte next = bytes[to];
        boolean more = (next >= '0' && next <= '9') || next == '.' || (next | ' ') == 'e';
        return more ? QuickValues.OTHER : to;
    }

    /** The number that the digits make, whatever the point. */
    private static long number(byte[] bytes, int from, int point, int to) {
        long number = 0;
        for (int i = from; i < point; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        for (int i = point + 1; i < to; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }
}
