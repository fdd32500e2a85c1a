package io.fanin.records.raw;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.records.duckdb.ColumnBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
    void set(Single type, ColumnBuffer column, int row) {
        if (type.isText()) {
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
    void write(Single type, JsonGenerator out) throws IOException {
        switch (type) {
            case Single text when text.isText() -> out.writeUTF8String(bytes, from, to - from);
            case Scalar.BOOLEAN -> out.writeBoolean(number != 0);
            case Scalar.TINYINT, Scalar.SMALLINT, Scalar.INT, Scalar.BIGINT -> out.writeNumber(number);
            case Scalar.FLOAT -> out.writeNumber((double) Float.intBitsToFloat((int) number));
            case Scalar.DOUBLE -> out.writeNumber(Double.longBitsToDouble(number));
            default -> out.writeString(text(type));
        }
    }

    /** As a text, such as a key of a map is. */
    String text(Single type) {
        return switch (type) {
            case Characters text -> new String(bytes, from, to - from, StandardCharsets.UTF_8);
            case Decimal decimal -> new BigDecimal(unscaled, decimal.scale()).toPlainString();
            case Scalar scalar ->
                switch (scalar) {
                    case STRING -> new String(bytes, from, to - from, StandardCharsets.UTF_8);
                    case BOOLEAN -> String.valueOf(number != 0);
                    case TINYINT, SMALLINT, INT, BIGINT -> Long.toString(number);
                    case FLOAT -> Double.toString(Float.intBitsToFloat((int) number));
                    case DOUBLE -> Double.toString(Double.longBitsToDouble(number));
                    case DATE -> LocalDate.ofEpochDay(number).toString();
                    case TIMESTAMP -> Timestamps.print(number);
                };
        };
    }
}
