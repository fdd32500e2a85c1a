package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.RawShape.Shape;
import io.fanin.model.table.Column;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.SqlTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawShapeTest {

    private static final int BYTES = 100_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void duckDbReadsAsManyRecordsWithValuesInEachColumn(Shape shape) throws Exception {
        RawShape raw = new RawShape(shape, 1, BYTES);
        RawObject content = raw.different().getFirst();
        Files.write(folder.resolve(raw.name(0)), content.bytes().asByteArray());

        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet counts = statement.executeQuery("SELECT count(COLUMNS(*)) FROM "
                        + reader(raw, folder.resolve(raw.name(0)))
                        + " WHERE \"" + raw.columns().getFirst().name() + "\" IS NOT NULL")) {
            counts.next();
            assertThat(counts.getLong(1)).isEqualTo(content.records()).isGreaterThan(100);
            for (int i = 2; i <= raw.columns().size(); i++) {
                assertThat(counts.getLong(i))
                        .as(raw.columns().get(i - 1).name())
                        .isPositive();
            }
        }
    }

    private static String reader(RawShape raw, Path file) {
        String columns =
                raw.columns().stream().map(RawShapeTest::column).collect(Collectors.joining(", ", "columns = {", "}"));
        return raw.delimiter()
                .map(delimiter -> "read_csv('%s', header = true, delim = '%s', quote = '\"', escape = '\"', %s)"
                        .formatted(file, delimiter, columns))
                .orElse("read_json('%s', format = 'newline_delimited', ignore_errors = %s, %s)"
                        .formatted(file, raw.shape() == Shape.DAMAGED, columns));
    }

    private static String column(Column column) {
        return "'%s': '%s'".formatted(column.name(), SqlTypes.of(HiveTypeParser.parse(column.type())));
    }

    @Test
    void sameSeedMakesTheSameBytes() {
        for (Shape shape : Shape.values()) {
            RawShape raw = new RawShape(shape, 2, BYTES);

            assertThat(raw.different()).isEqualTo(raw.different()).doesNotHaveDuplicates();
        }
    }
}
