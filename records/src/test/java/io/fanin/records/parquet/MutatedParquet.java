package io.fanin.records.parquet;

import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.format.PageHeader;
import org.duckdb.DuckDBDriver;

/** Reads mutated files: {@code FOLDER FROM TO}, the seeds; says which it reads, so that a crash names one. */
final class MutatedParquet {

    private static final int[] ODD = {
        -1, 0, 1, 7, 64, 803, 1 << 16, 1 << 24, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    /** More than a vector of the database, so that it reads a page in pieces. */
    private static final String ROWS = """
            SELECT i AS n, 'name-' || i AS s, CASE WHEN i % 7 = 0 THEN NULL ELSE i::VARCHAR END AS t,
              [i, i + 1, i + 2][1:(i % 4)::INT] AS l, [[i], [], [NULL, 5]] AS ll, MAP {'k': i} AS m,
              [{'a': i, 'b': [i::VARCHAR]}] AS ls, i / 2 AS d, i % 3 = 0 AS b
            FROM range(2500) AS rows(i)
            """;

    private static final List<String> QUERIES = List.of(
            "SELECT count(*), bit_xor(hash(data)) FROM %s AS data",
            "SELECT count(*) FROM %s AS data WHERE NOT (n >= 5)",
            "SELECT count(*), max(hash(data)) FROM %s AS data WHERE s LIKE '%%9'",
            "SELECT max(l), max(n) FROM %s WHERE t > '3'",
            "SELECT count(*) FROM (SELECT unnest(l) AS x FROM %s) WHERE x IS NULL");

    private final Path folder;
    private int refused;
    private int read;

    private MutatedParquet(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        MutatedParquet reader = new MutatedParquet(Path.of(arguments[0]));
        reader.run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        System.out.println("refused " + reader.refused);
        System.out.println("read " + reader.read);
    }

    private void run(int from, int to) throws IOException, SQLException {
        List<byte[]> sound = files();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
            execute(connection, "SET memory_limit = '500MB'");
            execute(connection, "SET threads = 1");
            for (int seed = from; seed < to; seed++) {
                Random random = new Random(seed);
                byte[] mutated = mutated(sound.get(random.nextInt(sound.size())), random);
                Path file = Files.write(folder.resolve(seed + ".parquet"), mutated);
                try {
                    ParquetHeaders.prepare("o", file, () -> {});
                    System.out.println("seed " + seed);
                    read++;
                    read(connection, seed, file);
                } catch (ObjectDefectException e) {
                    refused++;
                }
                Files.delete(file);
            }
        }
    }

    private static void read(Connection connection, int seed, Path file) {
        String rows = "read_parquet(%s, binary_as_string = true)".formatted(Sql.path(file));
        for (String query : QUERIES) {
            try {
                execute(connection, query.formatted(rows));
            } catch (SQLException e) {
                if (e.getMessage().contains("INTERNAL")) {
                    throw new IllegalStateException("seed %d: %s".formatted(seed, query), e);
                }
            }
        }
    }

    /** A statement that has failed is closed. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<byte[]> files() throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> written = Files.list(Path.of("src/test/resources/parquet"))) {
            written.sorted().map(MutatedParquet::bytes).forEach(files::add);
        }
        files.add(ParquetBytes.of(ROWS, ", COMPRESSION uncompressed, PARQUET_VERSION V1"));
        files.add(ParquetBytes.of(ROWS, ", COMPRESSION uncompressed, PARQUET_VERSION V1, DICTIONARY_SIZE_LIMIT 1"));
        files.add(ParquetBytes.of(ROWS, ", COMPRESSION uncompressed, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1"));
        return files;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Headers of pages have an odd number, or some bytes of pages or of the footer are others. */
    private static byte[] mutated(byte[] file, Random random) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> footer(file, random);
            case 1, 2 ->
                RewrittenParquet.pages(file, page -> {
                    if (random.nextInt(4) == 0) {
                        mutate(page, ODD[random.nextInt(ODD.length)], random.nextInt(8));
                    }
                });
            default -> {
                int pages = 1 + random.nextInt(8);
                yield RewrittenParquet.contents(
                        file, (page, body) -> random.nextInt(pages) == 0 ? mutate(body, random) : body);
            }
        };
    }

    private static byte[] footer(byte[] file, Random random) {
        byte[] bytes = file.clone();
        int footer = RewrittenParquet.footerBegin(file);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[footer + random.nextInt(file.length - 8 - footer)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Half of the changes are where levels, and the headers of what follows them, are. */
    private static byte[] mutate(byte[] body, Random random) {
        if (body.length > 0) {
            int range = random.nextBoolean() ? body.length : Math.min(body.length, 64);
            for (int i = 0; i <= random.nextInt(4); i++) {
                body[random.nextInt(range)] = (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt(256));
            }
        }
        return body;
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
