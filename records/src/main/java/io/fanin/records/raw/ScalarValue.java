package io.fanin.records.raw;

import io.fanin.core.type.HiveType;
import io.fanin.core.type.HiveType.Decimal;
import io.fanin.core.type.HiveType.Scalar;
import io.fanin.records.duckdb.ColumnBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;

/** A single value that was read: what a column takes, or what is written where it is part of another value. */
final class ScalarValue {

    private BigInteger unscaled = BigInteger.ZERO;
    private long number;
    private byte[] bytes = {};
    private int from;
    private int to;

    /** A whole number, a truth (0 or 1), days or microseconds since 1970-01-01, or the bits of a float or a double. */
    boolean number(long value) {
        number = value;
        return true;
    }

    /** A decimal, without its scale. */
    boolean decimal(BigInteger value) {
        unscaled = value;
        return true;
    }

    /** A text in UTF-8, which stays where it is. */
    boolean text(byte[] in, int begin, int end) {
        bytes = in;
        from = begin;
        to = end;
        return true;
    }

    /** Sets a column's value. */
    void set(HiveType type, ColumnBuffer column, int row) {
        if (type == Scalar.STRING) {
            column.setText(row, bytes, from, to - from);
        } else if (!(type instanceof Decimal decimal)) {
            column.setNumber(row, number);
        } else if (decimal.precision() > Decimal.DIGITS_OF_LONG) {
            column.setHuge(row, unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
        } else {
            column.setNumber(row, unscaled.longValueExact());
        }
    }

    /** Writes it so that DuckDB reads it again without loss: a decimal would go through a double if it were no text. */
    void write(HiveType type, JsonText out) {
        switch (type) {
            case Decimal decimal -> text(new BigDecimal(unscaled, decimal.scale()).toPlainString(), out);
            case Scalar scalar -> {
                switch (scalar) {
                    case STRING -> out.string(bytes, from, to - from);
                    case BOOLEAN -> out.ascii(number != 0 ? "true" : "false");
                    case TINYINT, SMALLINT, INT, BIGINT -> out.ascii(Long.toString(number));
                    case FLOAT -> floating(Float.intBitsToFloat((int) number), out);
                    case DOUBLE -> floating(Double.longBitsToDouble(number), out);
                    case DATE -> text(LocalDate.ofEpochDay(number).toString(), out);
                    case TIMESTAMP -> text(Timestamps.print(number), out);
                }
            }
            case HiveType.ListOf list -> throw noScalar(list);
            case HiveType.MapOf map -> throw noScalar(map);
            case HiveType.Struct struct -> throw noScalar(struct);
        }
    }

    private static void floating(double value, JsonText out) {
        if (Double.isFinite(value)) {
            out.ascii(Double.toString(value));
        } else {
            text(Double.toString(value), out);
        }
    }

    private static void text(String text, JsonText out) {
        out.write('"');
        out.ascii(text);
        out.write('"');
    }

    private static IllegalArgumentException noScalar(HiveType type) {
        return new IllegalArgumentException(type.hive() + " is no single value");
    }
}
