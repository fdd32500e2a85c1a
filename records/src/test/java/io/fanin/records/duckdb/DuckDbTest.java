package io.fanin.records.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.records.duckdb.DuckDbException.Kind;
import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database, and the actions that it refuses. */
class DuckDbTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path temporary;

    private Path folder;
    private DuckDb database;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temporary.resolve("own"));
        database = DuckDb.open(new DuckDbSettings(folder, 128L << 20, 128L << 20, 2, 16L << 20, RowSamples.SHOWN));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void filesOfItsFolderAreReadAndWritten() {
        Path file = folder.resolve("it's.parquet");

        long written = database.execute("COPY (SELECT * FROM range(7)) TO " + Sql.path(file), LIMIT);
        long read = database.execute("SELECT count(*) FROM read_parquet(" + Sql.paths(List.of(file)) + ")", LIMIT);

        assertThat(written).isEqualTo(7);
        assertThat(read).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_csv('%s/../outside.csv')",
                "COPY (SELECT 1) TO '%s/../outside.csv'",
                "ATTACH '%s/../outside.db'",
                "SELECT * FROM read_csv('https://example.com/x.csv')",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET allowed_directories = ['/']",
                "SET memory_limit = '100GB'"
            })
    void nothingElseIsReachedOrChanged(String sql) throws IOException {
        Files.writeString(temporary.resolve("outside.csv"), "secret");

        assertThatThrownBy(() -> database.execute(sql.replace("%s", folder.toString()), LIMIT))
                .isInstanceOf(DuckDbException.class);
        assertThat(temporary.resolve("outside.csv")).hasContent("secret");
        assertThat(temporary.resolve("outside.db")).doesNotExist();
    }

    @Test
    void outOfMemoryIsRecognisedAndTheDatabaseGoesOn() {
        String sql = "SELECT max(l) FROM (SELECT list(i) AS l FROM range(40000000) t(i))";

        assertThatThrownBy(() -> database.execute(sql, LIMIT))
                .isInstanceOfSatisfying(
                        DuckDbException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_MEMORY));
        assertThat(database.execute("SELECT 42", LIMIT)).isEqualTo(42);
    }

    @Test
    void statementEndsWhenItsTimeIsOver() {
        String endless = "SELECT sum(sin(range)) FROM range(1000000000000)";

        assertThatThrownBy(() -> database.execute(endless, Duration.ofMillis(200)))
                .isInstanceOfSatisfying(
                        DuckDbException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
        assertThat(database.execute("SELECT 42", LIMIT)).isEqualTo(42);
    }

    @Test
    void messageIsDuckDbsWithItsPosition() {
        assertThatThrownBy(() -> database.execute("SELEC 1", LIMIT))
                .hasMessageStartingWith("DuckDB: Parser Error: syntax error at or near \"SELEC\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'; DROP TABLE x; --", "\"", "''", "\\", "a\nb\tc", "--", "/*", "$$", "\u00e9\ud83d\ude00", " "})
    void namesAndTextsComeBackAsTheyWere(String text) {
        String sql = "SELECT length(%1$s) + length(%2$s) FROM (SELECT %2$s AS %1$s)"
                .formatted(Sql.identifier(text), Sql.literal(text));

        assertThat(database.execute(sql, LIMIT)).isEqualTo(2L * text.codePointCount(0, text.length()));
    }

    /** DuckDB binds parts of a statement during execution: the message for a wrong path then quotes the row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM rows, json_each('{}', rows.value)",
                "SELECT json_extract('{}', rows.value) FROM rows",
                "SELECT error(rows.value) FROM rows",
                "SELECT error('{\"exception_type\":\"Binder\",\"exception_message\":\"' || rows.value || '\"}') FROM rows",
                "SELECT rows.value::INT FROM rows",
                "SELECT strptime('2013', rows.value) FROM rows",
                "SELECT regexp_matches('a', rows.value) FROM rows",
                "SELECT date_trunc(rows.value, DATE '2013-02-08') FROM rows",
            })
    void messagesOfAnExecutionQuoteNoRowWhereNoneIsShown(String sql) throws IOException {
        try (DuckDb silent = hiding()) {
            silent.execute("CREATE TABLE rows AS SELECT '$[(sEcReT' AS value", LIMIT);

            assertThatThrownBy(() -> silent.query(sql, LIMIT, row -> row.text(1)))
                    .isInstanceOf(DuckDbException.class)
                    .hasMessageContaining(RowSamples.NOT_SHOWN)
                    .hasMessageNotContaining("sEcReT")
                    .hasNoCause();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT nosuch FROM rows, nosuch",
        "SELECT value FROM nosuch, nosuch",
        "SELECT nosuch(value) FROM rows, nosuch",
        "SELECT value FROM rows nosuch nosuch, nosuch"
    })
    void messagesOfAPreparationAreShown(String sql, String word) throws IOException {
        try (DuckDb silent = hiding()) {
            silent.execute("CREATE TABLE rows AS SELECT '$[(sEcReT' AS value", LIMIT);

            assertThatThrownBy(() -> silent.query(sql, LIMIT, row -> row.text(1)))
                    .hasMessageContaining(word)
                    .hasMessageNotContaining(RowSamples.NOT_SHOWN);
        }
    }

    private DuckDb hiding() throws IOException {
        return DuckDb.open(new DuckDbSettings(folder, 128L << 20, 128L << 20, 2, 16L << 20, RowSamples.HIDDEN));
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> Sql.literal("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sql.identifier("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void messagesDoNotQuoteTheFunctionsFolder() {
        String file = Sql.path(folder.resolve("own").resolve("part-00000.parquet"));

        assertThatThrownBy(() -> database.execute("SELECT * FROM read_parquet(" + file + ")", Duration.ofMinutes(1)))
                .hasMessageContaining("part-00000.parquet")
                .hasMessageNotContaining(folder.toString());
    }

    /** Uses a database with other settings, since ours follows no link out of its folder. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskWhileWritingParquetIsRecognised() throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(
                            "COPY (SELECT hash(range) FROM range(1000000)) TO '/dev/full' (FORMAT parquet)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(new DuckDbFailures(RowSamples.SHOWN, folder)
                                            .of(e)
                                            .kind())
                                    .as(e.getMessage())
                                    .isEqualTo(Kind.NO_SPACE));
        }
    }
}
