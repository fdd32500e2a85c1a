package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of queries, and their messages. */
class QueryErrorsTest extends SqlTest {

    @BeforeEach
    void rawData() {
        fixture.raw(HOUR_7, "a.json", "{\"carrier\":\"UA\",\"delay\":5}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT carrier,\\n  late AS flights FROM source | line 2, column 3: Binder Error: Referenced column \"late\" not found in FROM clause! Candidate bindings",
                "SELECT carrier\\nFORM source | line 2, column 6: syntax error at or near \"source\"",
                "SELECT /* über\\n */ 'ü' AS carrier, nosuch(1) AS flights FROM source | line 2, column 21: Catalog Error: Scalar Function",
                "-- first\\n\\nSELECT carrier, carrier::INT AS flights FROM source | line 3, column 24: Conversion Error: Could not convert string 'UA'",
                "SELECT 'a' AS carrier, 1 + 'x' AS flights | line 1, column 26: Binder Error: Could not choose a best candidate",
                "SELECT carrier, 9223372036854775807 + delay AS flights FROM source | Out of Range Error: Overflow",
                "SELECT source.* EXCLUDE (nosuch) FROM source | Column \"nosuch\" in EXCLUDE list not found",
                "SELECT carrier, concat('write failed: No space left on device', carrier[1:0])::INT AS flights FROM source | Conversion Error: Could not convert string 'write failed: No space left on device'",
                "SELECT error(concat('bad ', carrier))::varchar AS carrier, 1 AS flights FROM source|Invalid Input Error: bad UA",
            })
    void errorIsTheDatabasesWithThePlaceInTheText(String query, String message) {
        assertFails(query.replace("\\n", "\n"), "SqlError", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT carrier FROM source | column 'flights' (bigint) is missing",
                "SELECT carrier, 1 AS flights, 2 AS more FROM source | column 'more' (INTEGER) is none of the table's",
                "SELECT *, 1 AS flights FROM source | column 'inserted_at' (VARCHAR) is a partition key",
                "SELECT carrier, avg(delay) AS flights FROM source GROUP BY ALL | column 'flights' is DOUBLE, and bigint in the table",
                "SELECT 5 AS carrier, 1 AS flights FROM source | column 'carrier' is INTEGER, and string in the table",
                "SELECT carrier, 1.5 AS flights FROM source | column 'flights' is DECIMAL(2,1), and bigint in the table",
                "SELECT carrier, carrier, 1 AS flights FROM source | column 'carrier_1' (VARCHAR) is none of the table's",
            })
    void resultOfOtherColumnsIsAMismatch(String query, String message) {
        assertFails(query, "SqlResultMismatch", message);
    }

    @Test
    void textThatIsLongerThanItsColumnFailsThePartition() throws IOException {
        fixture.columns = "carrier varchar(2), flights bigint";
        assertFails(
                "SELECT 'abc' AS carrier, 1 AS flights",
                "SqlError",
                "column 'carrier' has a value that is longer than varchar(2)");
        fixture.make("SELECT '\u00e9\u00e9' AS carrier, 1 AS flights");
    }

    @Test
    void allThatDiffersIsToldAtOnce() {
        assertFails(
                "SELECT 1.5 AS flights, delay FROM source",
                "SqlResultMismatch",
                "'carrier' (string) is missing; ",
                "'flights' is DECIMAL(2,1)",
                "; column 'delay' (INTEGER) is none");
    }

    @Test
    void valueThatDoesNotFitNamesItsColumn() {
        fixture.columns = "carrier string, first tinyint, flights tinyint";

        assertFails(
                "SELECT carrier, 1 AS first, delay * 100 AS flights FROM source",
                "SqlResultMismatch",
                "column 'flights' is tinyint in the table, and a value does not fit",
                "500");
    }

    @Test
    void widerTypesTakeNarrowerValues() throws IOException {
        fixture.columns =
                "a bigint, b double, c decimal(20,4), d timestamp, e array<bigint>, f struct<x:bigint,y:string>, g"
                        + " map<string,double>, h string";

        fixture.make(
                "SELECT {'Y': 'y', 'x': 1} AS f, delay AS a, 1::FLOAT AS b, 1.25 AS c, DATE '2013-02-08' AS d, [1::TINYINT] AS e,"
                        + " map {'k': 1::FLOAT} AS g, 'b'::ENUM('a', 'b') AS h FROM source");

        assertThat(fixture.schema(HOUR_7, "part-00000.parquet"))
                .isEqualTo(
                        "a BIGINT, b DOUBLE, c DECIMAL(20,4), d TIMESTAMP, e BIGINT[], f STRUCT(x BIGINT, y VARCHAR), g"
                                + " MAP(VARCHAR, DOUBLE), h VARCHAR");
        assertThat(fixture.rows(HOUR_7)).containsExactly("5|1.0|1.2500|2013-02-08 00:00:00.0|[1]|{x=1, y=y}|{k=1.0}|b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT content FROM read_text('%s')",
                "SELECT * FROM read_csv('%s')",
                "SELECT * FROM read_csv_auto('%s')",
                "SELECT * FROM read_json('%s')",
                "SELECT * FROM read_ndjson_objects('%s')",
                "SELECT * FROM read_parquet('%s')",
                "SELECT * FROM parquet_scan('%s')",
                "SELECT * FROM parquet_metadata('%s')",
                "SELECT * FROM read_blob('%s')",
                "SELECT * FROM sniff_csv('%s')",
                "SELECT * FROM glob('%s')",
                "SELECT * FROM '%s'",
                "SELECT * FROM \"%s\"",
                "FROM 'https://example.com/x.parquet'",
                "FROM read_parquet('https://example.com/x.parquet')",
                "FROM read_parquet('s3://lake/x.parquet')",
                "SELECT (SELECT content FROM read_text('%s')) AS carrier, 1 AS flights",
                "SELECT carrier, 1 AS flights FROM source WHERE EXISTS (FROM read_text('%s'))",
                "WITH x AS (FROM read_text('%s')) SELECT * FROM x",
                "WITH x AS (WITH \"%1$s\" AS (SELECT 1) FROM \"%1$s\") SELECT * FROM \"%1$s\"",
                "SELECT list_transform([1], lambda x: (SELECT content FROM read_text('%s')))",
                "(SELECT 1) UNION ALL (FROM read_text('%s'))",
                "FROM query('SELECT 1')",
                "FROM query_table('%s')",
                "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "ATTACH '%s' AS x",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET lock_configuration = false",
                "RESET memory_limit",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "COPY (SELECT 1) TO '%s'",
                "COPY source TO '%s'",
                "COPY source FROM '%s'",
                "EXPORT DATABASE '%s'",
                "CREATE TABLE x AS SELECT 1",
                "CREATE SECRET x (TYPE s3)",
                "INSERT INTO source VALUES (1)",
                "DELETE FROM source",
                "DROP VIEW source",
                "EXPLAIN SELECT 1",
                "DESCRIBE source",
                "SUMMARIZE source",
                "SHOW TABLES",
                "FROM (DESCRIBE source)",
                "FROM (SHOW TABLES)",
                "FROM duckdb_settings()",
                "FROM duckdb_secrets()",
                "FROM duckdb_views()",
                "FROM duckdb_temporary_files()",
                "FROM pragma_database_list",
                "FROM information_schema.tables",
                "FROM pg_catalog.pg_tables",
                "FROM main.source",
                "FROM memory.main.source",
                "FROM memory.carriers",
                "SELECT current_setting('temp_directory') AS carrier, 1 AS flights FROM source",
                "SELECT getvariable('x') AS carrier, 1 AS flights FROM source",
                "SELECT nextval('x') AS carrier, 1 AS flights FROM source",
                "SELECT sleep_ms(100000) AS carrier, 1 AS flights FROM source",
                "SELECT json_serialize_plan('FROM duckdb_settings()') AS carrier, 1 AS flights FROM source",
                "SELECT carrier.JSON_serialize_PLAN() AS carrier, 1 AS flights FROM source",
                "SELECT main.json_serialize_plan(carrier, optimize := true) AS carrier, 1 AS flights FROM source",
                "SELECT carrier, 1 AS flights FROM source WHERE list_transform([carrier], x -> json_serialize_plan(x)) = []",
                "SELECT pg_sleep(100) AS carrier, 1 AS flights FROM source",
                "SELECT pg_get_viewdef(1) AS carrier, 1 AS flights FROM source",
                "SELECT pg_get_constraintdef(1) AS carrier, 1 AS flights FROM source",
                "SELECT carrier, get_block_size('memory') AS flights FROM source",
                "SELECT write_log('x') AS carrier, 1 AS flights FROM source",
                "SELECT ? AS carrier, $1 AS flights FROM source",
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP VIEW source; --",
                "PREPARE x AS SELECT 1",
                "EXECUTE x",
                "",
                "-- nothing",
                ";",
            })
    void nothingButOneSelectOverKnownTablesIsCarriedOut(String query) throws IOException {
        Path secret = Files.writeString(temporary().resolve("secret.csv"), "a,b\n1,2\n", StandardCharsets.UTF_8);

        try {
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    io.fanin.records.scratch.ConversionException.class,
                                    () -> fixture.make(
                                            query.replace("%1$s", "%s").replace("%s", secret.toString())))
                            .code())
                    .isIn(FailureCode.SQL_ERROR, FailureCode.UNKNOWN_TABLE);
            assertThat(secret).hasContent("a,b\n1,2");
            assertThat(fixture.written(HOUR_7)).isEmpty();
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void ownFilesOfTheFunctionAreNoTables() {
        assertFails(
                "SELECT * FROM '" + temporary() + "/convert-1/source/part-0.parquet'",
                "UnknownTable",
                "which is not in the Glue Data Catalog");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET threads = 1", "SELECT 1; DROP VIEW source", "COPY source TO 'x'"})
    void statementOfAnotherKindIsRefusedInTheProjectsWords(String query) {
        assertFails(
                query,
                "SqlError",
                "the query cannot be carried out: expected one SELECT statement, with WITH before it or without: no other is"
                        + " carried out");
    }

    @Test
    void whatIsRefusedIsSaidWithItsPlace() {
        assertFails(
                "SELECT *\nFROM read_csv('/etc/passwd')",
                "SqlError",
                "line 2, column 6: the table function read_csv is not for a query");
    }
}
