package io.fanin.records.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;

/** Columns in memory become DuckDB's values. */
class VectorsTest {

    private static final List<VectorType> TYPES = Stream.concat(
                    Arrays.stream(VectorType.Plain.values()),
                    Stream.of(4, 9, 18, 38).map(precision -> new VectorType.Decimal(precision, 2)))
            .toList();

    @Test
    void valuesOfAllTypesAreWhatWasSet() throws SQLException {
        Chunk chunk = new Chunk(TYPES, 1 << 20);
        row(chunk, 1, "");
        chunk.endRow();
        row(chunk, -1, "twelve bytes");
        chunk.endRow();
        chunk.endRow();
        row(chunk, 5, "taken back, and longer than what lies in place");
        chunk.takeBack();
        row(chunk, 100, "thirteen byte\u00e9 and more");
        chunk.endRow();

        List<String> rows = rows(List.of(chunk));

        assertThat(rows)
                .containsExactly(
                        "true|1|1|1|1|1.5|1.25|1970-01-02|1970-01-01 00:00:00.000001||0.01|0.01|0.01|0.01",
                        "true|-1|-1|-1|-1|-1.5|-1.25|1969-12-31|1969-12-31 23:59:59.999999|twelve bytes|-0.01|-0.01|-0.01|-0.01",
                        "null|null|null|null|null|null|null|null|null|null|null|null|null|null",
                        "true|100|100|100|100|150.0|125.0|1970-04-11|1970-01-01 00:00:00.0001|thirteen byte\u00e9 and more"
                                + "|1.00|1.00|1.00|18446744073709551617.00");
    }

    @Test
    void textsOfAllLengthsAreReadAsSet() throws SQLException {
        byte[] bytes = "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
        Chunk chunk = new Chunk(List.of(VectorType.Plain.VARCHAR), 1 << 20);
        List<String> expected = new ArrayList<>();
        for (int length = 0; length <= 30; length++) {
            chunk.column(0).setText(chunk.row(), bytes, 0, length);
            chunk.endRow();
            expected.add(new String(bytes, 0, length, StandardCharsets.US_ASCII));
        }
        for (int length = 0; length <= 12; length++) {
            chunk.column(0).setText(chunk.row(), bytes, bytes.length - length, length);
            chunk.endRow();
            expected.add(new String(bytes, bytes.length - length, length, StandardCharsets.US_ASCII));
        }

        assertThat(rows(List.of(chunk))).containsExactlyElementsOf(expected);
    }

    @Test
    void textsThatAreNoUtf8AreRefused() {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 0xff);
        Chunk chunk = new Chunk(List.of(VectorType.Plain.VARCHAR), 1 << 20);
        chunk.column(0).setText(chunk.row(), bytes, 0, bytes.length);
        chunk.endRow();

        assertThatThrownBy(() -> rows(List.of(chunk))).hasStackTraceContaining("texts that are no UTF-8");
    }

    @Test
    void driverThatLaysValuesOutInAnotherWayIsRefused() {
        for (VectorType type : TYPES) {
            for (ProbeValue value : ProbeValue.of(type)) {
                ByteBuffer same = ByteBuffer.wrap(value.bytes());
                byte[] last = value.bytes().clone();
                last[last.length - 1] ^= 1;
                ByteBuffer other = ByteBuffer.wrap(last);

                assertThatCode(() -> Vectors.requireLayout(type, value, same, true))
                        .doesNotThrowAnyException();
                assertThatThrownBy(() -> Vectors.requireLayout(type, value, same, false))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> Vectors.requireLayout(type, value, other, true))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("this version of DuckDB's driver lays " + type + " out in another way");
            }
        }
    }

    @Test
    void reusedChunkKeepsNothing() throws SQLException {
        Chunk chunk = new Chunk(TYPES, 1 << 20);
        row(chunk, 3, "longer than what lies in place");
        chunk.endRow();
        chunk.clear();
        chunk.endRow();

        assertThat(rows(List.of(chunk)))
                .containsExactly("null|null|null|null|null|null|null|null|null|null|null|null|null|null");
    }

    @Test
    void rowTakenBackLeavesNothing() throws SQLException {
        byte[] bytes = "longer than what lies in place".getBytes(StandardCharsets.US_ASCII);
        Chunk chunk = new Chunk(List.of(VectorType.Plain.VARCHAR), 1 << 20);
        chunk.column(0).setText(chunk.row(), bytes, 0, bytes.length);
        chunk.column(0).setText(chunk.row(), bytes, 0, bytes.length);
        chunk.takeBack();
        chunk.endRow();

        assertThat(rows(List.of(chunk))).containsExactly("null");
    }

    @Test
    void chunkIsFullOfRowsOrOfTexts() {
        Chunk rows = new Chunk(List.of(VectorType.Plain.BOOLEAN), 1 << 20);
        while (!rows.isFull()) {
            rows.endRow();
        }
        Chunk texts = new Chunk(List.of(VectorType.Plain.VARCHAR), 1 << 20);
        texts.column(0).setText(0, new byte[1 << 20], 0, 1 << 20);
        texts.endRow();

        assertThat(rows.row()).isEqualTo(2048);
        assertThat(texts.isFull()).isTrue();
        assertThat(texts.bytes()).isEqualTo((1 << 20) + 16);
    }

    private static void row(Chunk chunk, long number, String text) {
        for (int i = 0; i < TYPES.size(); i++) {
            ColumnBuffer column = chunk.column(i);
            int row = chunk.row();
            switch (TYPES.get(i)) {
                case VectorType.Decimal decimal
                when decimal.precision() == 38 -> column.setHuge(row, number == 100 ? 100 : number >> 63, number);
                case VectorType.Decimal decimal -> column.setNumber(row, number);
                case VectorType.Plain plain -> {
                    switch (plain) {
                        case BOOLEAN -> column.setNumber(row, 1);
                        case FLOAT -> column.setNumber(row, Float.floatToRawIntBits(number * 1.5f));
                        case DOUBLE -> column.setNumber(row, Double.doubleToRawLongBits(number * 1.25));
                        case VARCHAR -> {
                            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                            column.setText(row, bytes, 0, bytes.length);
                        }
                        case TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIMESTAMP -> column.setNumber(row, number);
                    }
                }
            }
        }
    }

    private static List<String> rows(List<Chunk> chunks) throws SQLException {
        Queue<Chunk> left = new ArrayDeque<>(chunks);
        List<String> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            ChunkFunction function = ChunkFunction.registered(connection, bytes -> {});
            function.open(new ChunkSource() {
                @Override
                public List<VectorType> types() {
                    return chunks.getFirst().types();
                }

                @Override
                public int threads() {
                    return 1;
                }

                @Override
                public Optional<Chunk> next() {
                    return Optional.ofNullable(left.poll());
                }

                @Override
                public void recycle(Chunk chunk) {
                    chunk.clear();
                }
            });
            try (ResultSet result = statement.executeQuery("SELECT * FROM " + ChunkFunction.NAME + "()")) {
                while (result.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        values.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(String.join("|", values));
                }
            }
        }
        return rows;
    }
}
