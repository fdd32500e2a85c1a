package io.fanin.records.duckdb;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBWritableVector;

/**
 * Copies columns into DuckDB's vectors. The driver sets values one by one, with checks, and each text with a native
 * call: that costs more than DuckDB's own work on the rows. A column is therefore copied as one block into the vector's
 * memory, which the driver has in two private fields, and which is little-endian on all machines that the driver is
 * for. Its long texts are set as a single text, so that the vector owns their memory, and each value then points into
 * it. They are passed as bytes to the function that the driver itself calls, which avoids a conversion to
 * {@code String} and back. Before the first column of a type in a process, the driver sets a value there itself: if its
 * bytes differ from those that would be copied, this version of the driver is refused.
 */
final class Vectors {

    private static final VarHandle DATA = field("data");
    private static final VarHandle VALIDITY = field("validity");
    private static final VarHandle VECTOR = field("vectorRef");
    private static final MethodHandle ASSIGN = assign();
    private static final Set<VectorType> KNOWN = ConcurrentHashMap.newKeySet();

    private Vectors() {}

    private static VarHandle field(String name) {
        try {
            return MethodHandles.privateLookupIn(DuckDBWritableVector.class, MethodHandles.lookup())
                    .findVarHandle(DuckDBWritableVector.class, name, ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of DuckDB's driver has other private fields", e);
        }
    }

    private static MethodHandle assign() {
        try {
            MethodHandles.Lookup driver =
                    MethodHandles.privateLookupIn(DuckDBWritableVector.class, MethodHandles.lookup());
            return driver.findStatic(
                    driver.findClass("org.duckdb.DuckDBBindings"),
                    "duckdb_vector_assign_string_element_len",
                    MethodType.methodType(void.class, ByteBuffer.class, long.class, byte[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of DuckDB's driver sets texts in another way", e);
        }
    }

    static void copy(ColumnBuffer column, int rows, DuckDBWritableVector to) {
        ByteBuffer data = ((ByteBuffer) DATA.get(to)).order(ByteOrder.LITTLE_ENDIAN);
        LongBuffer validity =
                ((ByteBuffer) VALIDITY.get(to)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        if (!KNOWN.contains(column.type())) {
            for (ProbeValue value : ProbeValue.of(column.type())) {
                to.setNull(0);
                boolean isNull = (validity.get(0) & 1) == 0;
                value.set(to);
                requireLayout(column.type(), value, data, isNull && (validity.get(0) & 1) == 1);
            }
            KNOWN.add(column.type());
        }
        data.put(0, column.data(), 0, rows * column.width());
        validity.put(0, column.valid(), 0, (rows + Long.SIZE - 1) / Long.SIZE);
        if (column.longTextCount() > 0) {
            texts(column, data, to);
        }
    }

    /** Throws unless a value set by the driver has the bytes that a block would have. */
    static void requireLayout(VectorType type, ProbeValue value, ByteBuffer data, boolean isValid) {
        byte[] found = new byte[value.bytes().length];
        data.get(0, found);
        if (!isValid || !Arrays.equals(found, value.bytes())) {
            throw new IllegalStateException("this version of DuckDB's driver lays " + type + " out in another way");
        }
    }

    private static void texts(ColumnBuffer column, ByteBuffer data, DuckDBWritableVector to) {
        byte[] texts = column.longTexts();
        int first = column.longText(0);
        data.putInt(first * ColumnBuffer.TEXT_WIDTH, 0);
        assign((ByteBuffer) VECTOR.get(to), first, texts);
        if (data.getInt(first * ColumnBuffer.TEXT_WIDTH) != texts.length) {
            throw new IllegalStateException("texts that are no UTF-8, of " + texts.length + " bytes, are not taken");
        }
        long address = data.getLong(first * ColumnBuffer.TEXT_WIDTH + ColumnBuffer.TEXT_PLACE);
        int from = 0;
        for (int i = 0; i < column.longTextCount(); i++) {
            int row = column.longText(i);
            int length = column.textLength(row);
            int at = row * ColumnBuffer.TEXT_WIDTH;
            data.putLong(at, length | ((long) ColumnBuffer.four(texts, from) << Integer.SIZE));
            data.putLong(at + ColumnBuffer.TEXT_PLACE, address + from);
            from += length;
        }
    }

    private static void assign(ByteBuffer vector, long row, byte[] text) {
        try {
            ASSIGN.invokeExact(vector, row, text);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
