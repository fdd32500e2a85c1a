package io.fanin.records.duckdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.duckdb.DuckDBWritableVector;

/**
 * Copies columns into DuckDB's vectors. The driver sets values one by one, with checks, and each text with a native
 * call: that costs more than DuckDB's own work on the rows. A column is therefore copied as one block into the vector's
 * memory, which the driver has in two private fields; and value by value with drivers that lack these.
 */
final class Vectors {

    private static final Optional<Memory> MEMORY = Memory.ofDriver();

    private Vectors() {}

    /** The vector's values and validity bits. */
    record Memory(VarHandle data, VarHandle validity) {

        private static Optional<Memory> ofDriver() {
            try {
                MethodHandles.Lookup vector =
                        MethodHandles.privateLookupIn(DuckDBWritableVector.class, MethodHandles.lookup());
                return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        ? Optional.of(new Memory(
                                vector.findVarHandle(DuckDBWritableVector.class, "data", ByteBuffer.class),
                                vector.findVarHandle(DuckDBWritableVector.class, "validity", ByteBuffer.class)))
                        : Optional.empty();
            } catch (ReflectiveOperationException e) {
                return Optional.empty();
            }
        }
    }

    /** How a column is copied. */
    @FunctionalInterface
    interface Copy {
        void copy(ColumnBuffer column, int rows, DuckDBWritableVector to);
    }

    /** Copies blocks, if the driver has the private fields. */
    static Optional<Copy> inBlocks() {
        return MEMORY.map(memory -> (column, rows, to) -> block(memory, column, rows, to));
    }

    private static void block(Memory memory, ColumnBuffer column, int rows, DuckDBWritableVector to) {
        ((ByteBuffer) memory.data().get(to)).put(0, column.data(), 0, rows * column.width());
        ((ByteBuffer) memory.validity().get(to))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(0, column.valid(), 0, (rows + Long.SIZE - 1) / Long.SIZE);
        for (int i = 0; i < column.longTextCount(); i++) {
            int row = column.longText(i);
            to.setString(row, column.text(row));
        }
    }

    /** Copies values with the driver's public methods only. */
    static void values(ColumnBuffer column, int rows, DuckDBWritableVector to) {
        for (int row = 0; row < rows; row++) {
            if (column.isNull(row)) {
                to.setNull(row);
            } else {
                value(column, row, to);
            }
        }
    }

    private static void value(ColumnBuffer column, int row, DuckDBWritableVector to) {
        switch (column.type()) {
            case VectorType.Decimal decimal -> to.setBigDecimal(row, decimal(decimal, column, row));
            case VectorType.Plain plain -> {
                switch (plain) {
                    case BOOLEAN -> to.setBoolean(row, column.number(row) != 0);
                    case TINYINT -> to.setByte(row, (byte) column.number(row));
                    case SMALLINT -> to.setShort(row, (short) column.number(row));
                    case INTEGER -> to.setInt(row, (int) column.number(row));
                    case BIGINT -> to.setLong(row, column.number(row));
                    case FLOAT -> to.setFloat(row, Float.intBitsToFloat((int) column.number(row)));
                    case DOUBLE -> to.setDouble(row, Double.longBitsToDouble(column.number(row)));
                    case DATE -> to.setDate(row, LocalDate.ofEpochDay(column.number(row)));
                    case TIMESTAMP -> to.setTimestamp(row, timestamp(column.number(row)));
                    case VARCHAR -> to.setString(row, column.text(row));
                }
            }
        }
    }

    private static LocalDateTime timestamp(long micros) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static BigDecimal decimal(VectorType.Decimal type, ColumnBuffer column, int row) {
        BigInteger low = BigInteger.valueOf(column.number(row));
        BigInteger unscaled = type.width() > Long.BYTES
                ? BigInteger.valueOf(column.high(row))
                        .shiftLeft(Long.SIZE)
                        .or(low.and(BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE)))
                : low;
        return new BigDecimal(unscaled, type.scale());
    }
}
