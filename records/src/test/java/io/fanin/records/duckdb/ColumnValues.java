package io.fanin.records.duckdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads back what was set in a {@link ColumnBuffer}. */
public final class ColumnValues {

    private ColumnValues() {}

    /** A number, or the lower half of one with more than 18 digits. */
    public static long number(ColumnBuffer column, int row) {
        ByteBuffer data = data(column);
        int at = row * column.width();
        return switch (column.width()) {
            case Byte.BYTES -> data.get(at);
            case Short.BYTES -> data.getShort(at);
            case Integer.BYTES -> data.getInt(at);
            default -> data.getLong(at);
        };
    }

    /** The upper half of a number with more than 18 digits. */
    public static long high(ColumnBuffer column, int row) {
        return data(column).getLong(row * column.width() + Long.BYTES);
    }

    public static String text(ColumnBuffer column, int row) {
        int length = column.textLength(row);
        return length > ColumnBuffer.INLINE
                ? text(column.longTexts(), longTextAt(column, row), length)
                : text(column.data(), row * ColumnBuffer.TEXT_WIDTH + Integer.BYTES, length);
    }

    /** The offset of a row's text among those that are not inline. */
    private static int longTextAt(ColumnBuffer column, int row) {
        int at = 0;
        for (int i = 0; column.longText(i) != row; i++) {
            at += column.textLength(column.longText(i));
        }
        return at;
    }

    private static String text(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    private static ByteBuffer data(ColumnBuffer column) {
        return ByteBuffer.wrap(column.data()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
