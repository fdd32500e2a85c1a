package io.fanin.records.duckdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.duckdb.DuckDBWritableVector;

/**
 * Copies columns into DuckDB's vectors. The driver sets values one by one, with checks, and each text with a native
 * call: that costs more than DuckDB's own work on the rows. A column is therefore copied as one block into the vector's
 * memory, which the driver has in two private fields, and which is little-endian on all machines that the driver is for.
 * Its long texts are set as one, so that the vector owns their memory, and then each value is made a part of it.
 */
final class Vectors {

    private static final VarHandle DATA = field("data");
    private static final VarHandle VALIDITY = field("validity");

    private Vectors() {}

    private static VarHandle field(String name) {
        try {
            return MethodHandles.privateLookupIn(DuckDBWritableVector.class, MethodHandles.lookup())
                    .findVarHandle(DuckDBWritableVector.class, name, ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of DuckDB's driver has other private fields", e);
        }
    }

    static void copy(ColumnBuffer column, int rows, DuckDBWritableVector to) {
        ByteBuffer data = ((ByteBuffer) DATA.get(to)).order(ByteOrder.LITTLE_ENDIAN);
        data.put(0, column.data(), 0, rows * column.width());
        ((ByteBuffer) VALIDITY.get(to))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(0, column.valid(), 0, (rows + Long.SIZE - 1) / Long.SIZE);
        if (column.longTextCount() > 0) {
            texts(column, data, to);
        }
    }

    private static void texts(ColumnBuffer column, ByteBuffer data, DuckDBWritableVector to) {
        byte[] texts = column.longTexts();
        int first = column.longText(0);
        to.setString(first, new String(texts, StandardCharsets.UTF_8));
        if (data.getInt(first * ColumnBuffer.TEXT_WIDTH) != texts.length) {
            throw new IllegalStateException(
                    "texts that are no UTF-8 are " + texts.length + " bytes, and became others");
        }
        long address = data.getLong(first * ColumnBuffer.TEXT_WIDTH + ColumnBuffer.TEXT_PLACE);
        int from = 0;
        for (int i = 0; i < column.longTextCount(); i++) {
            int row = column.longText(i);
            int length = column.textLength(row);
            int at = row * ColumnBuffer.TEXT_WIDTH;
            data.putInt(at, length);
            data.put(at + Integer.BYTES, texts, from, Integer.BYTES);
            data.putLong(at + ColumnBuffer.TEXT_PLACE, address + from);
            from += length;
        }
    }
}
