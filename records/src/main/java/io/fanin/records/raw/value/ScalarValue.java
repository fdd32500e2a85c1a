package io.fanin.records.raw.value;

import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.records.duckdb.ColumnBuffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** A single value that was read, for a column, or for JSON inside another value. */
public final class ScalarValue {

    private long number;

    /** The upper half of a decimal, whose lower half is in the number. */
    private long high;

    private byte[] bytes = {};
    private int from;
    private int to;

    /**
     * Sets a whole number, a boolean (0 or 1), days or microseconds since 1970-01-01, or the bits of a float or a
     * double.
     */
    boolean number(long value) {
        number = value;
        return true;
    }

    /** Sets a decimal by its unscaled value. */
    boolean decimal(long value) {
        number = value;
        high = value >> (Long.SIZE - 1);
        return true;
    }

    /** Sets a decimal of any length by its unscaled value. */
    boolean decimal(BigInteger value) {
        number = value.longValue();
        high = value.shiftRight(Long.SIZE).longValue();
        return true;
    }

    /** Sets a text in UTF-8, which is not copied. */
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

    /**
     * Writes it so that DuckDB reads it without loss. A decimal becomes a text, since DuckDB reads numbers as doubles.
     */
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

    /** Writes it for comparison with other keys, without the blanks at the end of a {@code char}. */
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

    /** Writes the text of a value other than text, which needs no escapes. */
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
