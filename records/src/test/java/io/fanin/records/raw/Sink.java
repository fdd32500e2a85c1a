package io.fanin.records.raw;

import static io.fanin.records.duckdb.ColumnValues.high;
import static io.fanin.records.duckdb.ColumnValues.number;
import static io.fanin.records.duckdb.ColumnValues.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.table.Column;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.duckdb.VectorType;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records as texts, {@code {"0":1,"2":"x"}}: the columns that are not null, by their numbers. */
final class Sink implements RecordSink {

    private static final long CHUNK_BYTES = 1 << 16;

    final List<String> good = new ArrayList<>();
    final List<Bad> bad = new ArrayList<>();
    final List<String> strays = new ArrayList<>();

    private final Columns columns;
    private final Chunk chunk;

    Sink(List<Column> columns) {
        this.columns = new Columns(columns, List.of());
        this.chunk = new Chunk(this.columns.vectors(), CHUNK_BYTES);
    }

    record Bad(long line, String reason, String raw) {}

    @Override
    public Chunk chunk() {
        return chunk;
    }

    @Override
    public void good() {
        good.add(IntStream.range(0, columns.size())
                .filter(i -> !chunk.column(i).isNull(chunk.row()))
                .mapToObj(i -> "\"" + i + "\":" + value(i))
                .collect(Collectors.joining(",", "{", "}")));
        chunk.endRow();
        if (chunk.isFull()) {
            chunk.clear();
        }
    }

    @Override
    public void bad(long line, String reason, byte[] raw) {
        bad.add(new Bad(line, reason, new String(raw, StandardCharsets.UTF_8).strip()));
    }

    @Override
    public void stray(String name) {
        strays.add(name);
    }

    private String value(int index) {
        ColumnBuffer column = chunk.column(index);
        int row = chunk.row();
        return switch (column.type()) {
            case VectorType.Decimal decimal ->
                quoted(decimal(decimal, column, row).toPlainString());
            case VectorType.Plain plain ->
                switch (plain) {
                    case BOOLEAN -> String.valueOf(number(column, row) != 0);
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> String.valueOf(number(column, row));
                    case FLOAT -> String.valueOf(Float.intBitsToFloat((int) number(column, row)));
                    case DOUBLE -> String.valueOf(Double.longBitsToDouble(number(column, row)));
                    case DATE ->
                        quoted(LocalDate.ofEpochDay(number(column, row)).toString());
                    case TIMESTAMP -> quoted(timestamp(number(column, row)));
                    case VARCHAR -> columns.type(index).isText() ? quoted(text(column, row)) : text(column, row);
                };
        };
    }

    private static BigDecimal decimal(VectorType.Decimal type, ColumnBuffer column, int row) {
        byte[] unscaled = type.width() > Long.BYTES
                ? ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(high(column, row))
                        .putLong(number(column, row))
                        .array()
                : ByteBuffer.allocate(Long.BYTES).putLong(number(column, row)).array();
        return new BigDecimal(new BigInteger(unscaled), type.scale());
    }

    private static String timestamp(long micros) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        return DateTimeFormatter.ofPattern(
                        micros % 1_000_000 == 0 ? "uuuu-MM-dd HH:mm:ss" : "uuuu-MM-dd HH:mm:ss.SSSSSS")
                .format(time);
    }

    private static String quoted(String text) {
        try {
            return Json.documents().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
