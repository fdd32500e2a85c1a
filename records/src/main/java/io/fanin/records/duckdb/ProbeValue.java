package io.fanin.records.duckdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBWritableVector;

/** A value that DuckDB's driver sets in the first row of a vector, and its bytes in a {@link ColumnBuffer}. */
final class ProbeValue {

    private static final long NUMBER = 0x0102_0304_0506_0708L;
    private static final LocalDate DATE = LocalDate.of(2013, 2, 8);
    private static final LocalDateTime TIME = DATE.atTime(17, 5, 9, 123_456_000);
    private static final long TIME_MICROS = 1_360_343_109_123_456L;

    private final Consumer<DuckDBWritableVector> driver;
    private final byte[] bytes;

    private ProbeValue(Consumer<DuckDBWritableVector> driver, byte[] bytes) {
        this.driver = driver;
        this.bytes = bytes;
    }

    void set(DuckDBWritableVector to) {
        driver.accept(to);
    }

    /**
     * The bytes to compare. For a text that is not inline, these are only its length and first characters, since the
     * rest is its address.
     */
    byte[] bytes() {
        return bytes;
    }

    static List<ProbeValue> of(VectorType type) {
        return switch (type) {
            case VectorType.Decimal decimal -> List.of(decimal(decimal));
            case VectorType.Plain plain ->
                switch (plain) {
                    case BOOLEAN -> List.of(number(type, 1, to -> to.setBoolean(0, true)));
                    case TINYINT -> List.of(number(type, NUMBER, to -> to.setByte(0, (byte) NUMBER)));
                    case SMALLINT -> List.of(number(type, NUMBER, to -> to.setShort(0, (short) NUMBER)));
                    case INTEGER -> List.of(number(type, NUMBER, to -> to.setInt(0, (int) NUMBER)));
                    case BIGINT -> List.of(number(type, NUMBER, to -> to.setLong(0, NUMBER)));
                    case FLOAT -> List.of(number(type, Float.floatToRawIntBits(1.1f), to -> to.setFloat(0, 1.1f)));
                    case DOUBLE -> List.of(number(type, Double.doubleToRawLongBits(1.1), to -> to.setDouble(0, 1.1)));
                    case DATE -> List.of(number(type, DATE.toEpochDay(), to -> to.setDate(0, DATE)));
                    case TIMESTAMP -> List.of(number(type, TIME_MICROS, to -> to.setTimestamp(0, TIME)));
                    case VARCHAR -> List.of(text("twelve bytes"), text("thirteen byte"));
                };
        };
    }

    private static ProbeValue number(VectorType type, long number, Consumer<DuckDBWritableVector> driver) {
        ColumnBuffer column = new ColumnBuffer(type, 1, new ChunkTexts());
        column.setNumber(0, number);
        return new ProbeValue(driver, column.data());
    }

    private static ProbeValue decimal(VectorType.Decimal type) {
        BigDecimal value = new BigDecimal(
                BigInteger.TEN.pow(type.precision()).subtract(BigInteger.TWO).negate(), type.scale());
        BigInteger unscaled = value.unscaledValue();
        ColumnBuffer column = new ColumnBuffer(type, 1, new ChunkTexts());
        if (type.width() > Long.BYTES) {
            column.setHuge(0, unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue());
        } else {
            column.setNumber(0, unscaled.longValue());
        }
        return new ProbeValue(to -> to.setBigDecimal(0, value), column.data());
    }

    private static ProbeValue text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ColumnBuffer column = new ColumnBuffer(VectorType.Plain.VARCHAR, 1, new ChunkTexts());
        column.setText(0, utf8, 0, utf8.length);
        if (utf8.length <= ColumnBuffer.INLINE) {
            return new ProbeValue(to -> to.setString(0, text), column.data());
        }
        byte[] beginning = Arrays.copyOf(column.data(), ColumnBuffer.TEXT_PLACE);
        System.arraycopy(utf8, 0, beginning, Integer.BYTES, Integer.BYTES);
        return new ProbeValue(to -> to.setString(0, text), beginning);
    }
}
