package io.fanin.cli;

import static io.fanin.cli.InitFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person has to know of the columns that are proposed for raw data. */
class InitColumnsTest {

    private final InitFixture fixture = new InitFixture();

    @Test
    void valuesThatMakeAColumnAStringAreNamed() {
        fixture.raw("dt=2013-02-08/a.json", "{\"temp\": 12.5}\n".repeat(30) + "{\"temp\": \"warm\"}\n");
        assertThat(texts(fixture.initRaw()))
                .contains(
                        "column temp is string, though 30 of the 31 values that were read are numbers: with such a type,"
                                + " others, such as 'warm', would be bad records");

        fixture.cli.aws.s3().delete("lake", "raw/dt=2013-02-08/a.json");
        fixture.raw("dt=2013-02-08/a.csv", "temp,at\n" + "12.5,x\n".repeat(30) + "warm,x\n");
        assertThat(texts(fixture.initRaw())).contains("column temp is string, though 30 of the 31 values");
    }

    @Test
    void columnsThatParquetLacksAreForAPerson(@TempDir Path temporary) throws IOException, SQLException {
        fixture.cli
                .aws
                .s3()
                .put("lake", "raw/dt=2013-02-08/a.parquet", parquet(temporary, "1 AS delay, 'UA' AS Carrier"));
        fixture.cli
                .aws
                .s3()
                .put("lake", "raw/dt=2013-02-09/a.parquet", parquet(temporary, "'B6' AS carrier, 2 AS gate"));

        assertThat(texts(fixture.initRaw()))
                .contains(
                        "dt=2013-02-09/a.parquet has other columns than the first file: not [delay], but [gate]; files that"
                                + " lack a column of the table are refused, unless validate has");
    }

    private static byte[] parquet(Path folder, String row) throws IOException, SQLException {
        Path file = folder.resolve("a.parquet");
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT %s) TO '%s' (FORMAT parquet)".formatted(row, file));
        }
        return Files.readAllBytes(file);
    }
}
