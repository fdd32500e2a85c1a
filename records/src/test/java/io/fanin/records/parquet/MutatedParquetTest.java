package io.fanin.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.format.PageHeader;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes is read by DuckDB in this process, which ends with it where it writes beyond its memory. */
class MutatedParquetTest {

    private static final int SEEDS = 400;

    private static final int[] ODD = {
        -1, 0, 1, 7, 64, 803, 1 << 16, 1 << 24, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    @TempDir
    private Path temporary;

    @Test
    void mutatedHeadersAreRefusedOrHarmless() throws IOException, SQLException {
        List<byte[]> sound = files();
        int refused = 0;
        int read = 0;
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
            execute(connection, "SET memory_limit = '500MB'");
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                byte[] mutated = mutated(sound.get(random.nextInt(sound.size())), random);
                Path file = Files.write(temporary.resolve(seed + ".parquet"), mutated);
                try {
                    ParquetHeaders.check("o", file, () -> {});
                    read++;
                    execute(
                            connection,
                            "SELECT count(*), bit_xor(hash(data)) FROM read_parquet(%s) AS data"
                                    .formatted(Sql.path(file)));
                } catch (ObjectDefectException e) {
                    refused++;
                } catch (SQLException e) {
                    assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("INTERNAL");
                }
                Files.delete(file);
            }
        }
        assertThat(refused).isGreaterThan(SEEDS / 4);
        assertThat(read).isGreaterThan(SEEDS / 10);
    }

    /** A statement that has failed is closed. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<byte[]> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/parquet"))) {
            return files.sorted().map(MutatedParquetTest::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One header of a page has an odd number, or some bytes of the footer are others. */
    private static byte[] mutated(byte[] file, Random random) throws IOException {
        if (random.nextInt(4) == 0) {
            byte[] bytes = file.clone();
            int footer = RewrittenParquet.footerBegin(file);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                bytes[footer + random.nextInt(file.length - 8 - footer)] = (byte) random.nextInt(256);
            }
            return bytes;
        }
        return RewrittenParquet.pages(file, page -> {
            if (random.nextInt(4) == 0) {
                mutate(page, ODD[random.nextInt(ODD.length)], random.nextInt(8));
            }
        });
    }

    private static void mutate(PageHeader page, int value, int field) {
        switch (field) {
            case 0 -> page.setCompressed_page_size(value);
            case 1 -> page.setUncompressed_page_size(value);
            case 2 -> {
                if (page.isSetData_page_header_v2()) {
                    page.getData_page_header_v2().setIs_compressed(false);
                }
                page.setUncompressed_page_size(value);
            }
            default -> {
                if (page.isSetDictionary_page_header()) {
                    page.getDictionary_page_header().setNum_values(value);
                } else if (page.isSetData_page_header()) {
                    page.getData_page_header().setNum_values(value);
                } else if (field < 4) {
                    page.getData_page_header_v2().setNum_values(value);
                } else if (field < 5) {
                    page.getData_page_header_v2().setNum_nulls(value);
                } else if (field < 6) {
                    page.getData_page_header_v2().setDefinition_levels_byte_length(value);
                } else {
                    page.getData_page_header_v2().setRepetition_levels_byte_length(value);
                }
            }
        }
    }
}
