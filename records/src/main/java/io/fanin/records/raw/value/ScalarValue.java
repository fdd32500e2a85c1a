package io.fanin.records.raw.value;

import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.records.duckdb.ColumnBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** A single value that was read: what a column takes, or what is written where it is part of another value. */
public final class ScalarValue {

    private long number;

    /** Of a decimal, whose lower half the number is. */
    private long high;

    private byte[] bytes = {};
    private int from;
    private int to;

    /** A whole number, a truth (0 or 1), days or microseconds since 1970-01-01, or the bits of a float or a double. */
    boolean number(long value) {
        number = value;
        return true;
    }

    /** A decimal, without its scale. */
    boolean decimal(long value) {
        number = value;
        high = value >> (Long.SIZE - 1);
        return true;
    }

    /** A decimal of any length, without its scale. */
    boolean decimal(BigInteger value) {
        number = value.longValue();
        high = value.shiftRight(Long.SIZE).longValue();
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
    public void set(ValueType type, ColumnBuffer column, int row) {
        if (type.isText()) {
            column.setText(row, bytes, from, to - from);
        } else if (type.isWide()) {
            column.setHuge(row, high, number);
        } else {
            column.setNumber(row, number);
        }
    }

    /** Writes it so that DuckDB reads it again without loss: a decimal would go through a double if it were no text. */
    public void write(ValueType type, JsonText out) {
        switch (type.kind()) {
            case STRING, CHARACTERS -> out.string(bytes, from, to);
            case BOOLEAN, WHOLE -> plain(type, out);
            case FLOAT -> out.number(Float.intBitsToFloat((int) number));
            case DOUBLE -> out.number(Double.longBitsToDouble(number));
            default -> quoted(type, out);
        }
    }

    /** Writes it as a key of a map. */
    public void writeKey(ValueType type, JsonText out) {
        if (type.isText()) {
            out.string(bytes, from, to);
        } else {
            quoted(type, out);
        }
    }

    /** Writes it as keys are compared: blanks at the end of a {@code char} do not count. */
    void writeCompared(ValueType type, JsonText out) {
        if (type.hive() instanceof Characters characters && characters.padded()) {
            int end = to;
            while (end > from && bytes[end - 1] == ' ') {
                end--;
            }
            out.string(bytes, from, end);
        } else {
            writeKey(type, out);
        }
    }

    private void quoted(ValueType type, JsonText out) {
        out.plain('"');
        plain(type, out);
        out.plain('"');
    }

    /** Writes the text of a value that is no text, which needs no escapes. */
    private void plain(ValueType type, JsonText out) {
        switch (type.kind()) {
            case BOOLEAN -> out.plain(String.valueOf(number != 0));
            case FLOAT -> out.plain(Double.toString(Float.intBitsToFloat((int) number)));
            case DOUBLE -> out.plain(Double.toString(Double.longBitsToDouble(number)));
            case DECIMAL -> out.plain(new BigDecimal(unscaled(), ((Decimal) type.hive()).scale()).toPlainString());
            case DATE -> Timestamps.writeDate(number, out);
            case TIMESTAMP -> Timestamps.write(number, out);
            default -> out.plain(Long.toString(number));
        }
    }

    private BigInteger unscaled() {
        byte[] halves = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(halves).putLong(high).putLong(number);
        return new BigInteger(halves);
    }
}
