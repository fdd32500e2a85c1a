package io.fanin.processor;

import static io.fanin.processor.BatchFixture.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.PartitionResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations of validated text, and of rows that are converted or made by a query. */
class ExpectationsTest extends BatchTest {

    private static final String COLUMNS =
            "{\"name\": \"id\", \"type\": \"bigint\"}, {\"name\": \"name\", \"type\": \"string\"}";
    private static final String STRINGS =
            "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"name\", \"type\": \"string\"}";
    private static final String SOURCE =
            "\"source\": {\"location\": \"s3://landing/flights/\", \"format\": \"json\", \"layout\": \"hive\"}, ";

    @Test
    void jsonIsHeldAgainstConditionsThatSeeThePartitionsValues() throws IOException {
        fixture.writeSpec("json", COLUMNS, validate("{'name': 'of its hour', 'sql': 'id % 24 = hour'}"));
        for (int hour = 0; hour < 3; hour++) {
            fixture.s3.put("lake", prefix(hour) + "a.json", "{\"id\":%d}\n{\"ID\":\"25\"}\n".formatted(hour + 24));
        }

        List<PartitionResult> results = fixture.process(3);

        assertFailed(
                results.get(0),
                "ExpectationFailed",
                "expectations not met: 'of its hour' is broken by 1 of 2 rows, e.g. {'id': 25, 'name': NULL}");
        assertProcessed(results.get(1), 2);
        assertFailed(results.get(2), "ExpectationFailed", "'of its hour' is broken by 1 of 2 rows");
    }

    @Test
    void columnsThatAreNotNullAreLookedForInJson() throws IOException {
        fixture.writeSpec("json", COLUMNS, validate("{'name': 'keyed', 'notNull': ['id']}"));
        fixture.s3.put("lake", prefix(0) + "a.json", "{\"id\":1}\n");
        fixture.s3.put("lake", prefix(1) + "a.json", "{\"id\":1}\n{\"id\":null}\n{}\n");

        List<PartitionResult> results = fixture.process(2);

        assertProcessed(results.get(0), 1);
        assertFailed(results.get(1), "ExpectationFailed", "'keyed' is broken by 2 of 3 rows");
    }

    /** No query reads these columns; the expectations of the others are checked. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void columnsThatNoQueryReadsAreNotLookedAt(String format) throws IOException {
        fixture.writeSpec(
                format,
                "{\"name\": \"payload\", \"type\": \"binary\"}, " + COLUMNS,
                validate("{'name': 'keyed', 'notNull': ['id']}"));
        fixture.s3.put(
                "lake",
                prefix(0) + "a",
                format.equals("csv")
                        ? "any,long,header\nAAEC,1,a\n"
                        : "{\"payload\":\"AAEC\",\"id\":1,\"name\":\"a\"}\n");

        assertThat(fixture.process(1).getFirst()).isInstanceOf(PartitionResult.Processed.class);
    }

    @Test
    void recordThatAColumnCannotTakeIsNamed() throws IOException {
        fixture.writeSpec(
                "json",
                COLUMNS,
                validate("{'name': 'keyed', 'notNull': ['name']}")
                        .replace("\"expect\"", "\"types\": false, \"expect\""));
        fixture.s3.put("lake", prefix(0) + "a.json", "{\"id\":\"x\",\"name\":\"a\"}\n");

        assertFailed(
                fixture.process(1).getFirst(),
                "BadRecords",
                "s3://lake/" + prefix(0) + "a.json, line 1: column id: expected bigint, found \"x\". Correct the data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false |      | 1,a;2,     | name = ''             | 1",
                "false |      | 1,a;2,\\N  | name IS NULL          | 1",
                "false |      | 1,a;,b     | id IS NULL            | 1",
                "false | NA   | 1,NA;2,\\N | name IS NULL          | 1",
                "false | NA   | 1,NA;2,\\N | name = '\\N'           | 1",
                "true  |      | 1,;2,\\N   | name = ''             | 1",
                "true  |      | 1,;2,\\N   | name IS NULL          | 0",
                "true  |      | \"1,1\",a    | id = '1,1' AND hour=0 | 1",
            })
    void csvIsReadByPlaceWithItsReadersNulls(boolean quoted, String nullText, String lines, String found, int times)
            throws IOException {
        String csv = "\"csv\": {\"quoted\": %s%s}, "
                .formatted(quoted, nullText == null ? "" : ", \"nullText\": \"" + nullText + "\"");
        fixture.writeSpec(
                "csv",
                quoted ? STRINGS : COLUMNS,
                csv
                        + validate("{'name': 'none', 'sql': '(%s) IS NOT TRUE'}"
                                .formatted(found.replace("\\", "\\\\").replace("'", "\\u0027"))));
        fixture.s3.put("lake", prefix(0) + "a.csv", "any,header\n" + lines.replace(';', '\n') + "\n");

        PartitionResult result = fixture.process(1).getFirst();

        if (times == 0) {
            assertThat(result).isInstanceOf(PartitionResult.Processed.class);
        } else {
            assertFailed(result, "ExpectationFailed", "'none' is broken by " + times + " of ");
        }
    }

    @Test
    void textWithoutExpectationsIsReadOnce() throws IOException {
        fixture.writeSpec("json", COLUMNS, validate("{'name': 'enough', 'rows': {'atLeast': 1}}"));
        fixture.s3.put("lake", prefix(0) + "a.json", "{}\n");

        assertProcessed(fixture.process(1).getFirst(), 1);

        assertThat(fixture.s3.log().calls("GetObject"))
                .filteredOn(call -> call.target().startsWith("lake/"))
                .hasSize(1);
    }

    @Test
    void objectArrivingBetweenTheTwoReadsCausesAnotherRead() throws IOException {
        fixture.writeSpec("json", COLUMNS, validate("{'name': 'keyed', 'notNull': ['id']}"));
        fixture.s3.put("lake", prefix(0) + "a.json", "{\"id\":1}\n");
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("a.json"))
                .first(1)
                .thenRun(() -> fixture.s3.put("lake", prefix(0) + "b.json", "{\"id\":2}\n"));

        assertProcessed(fixture.process(1).getFirst(), 2);

        assertThat(fixture.waits).hasSize(1);
    }

    @Test
    void convertedRowsThatBreakAnExpectationAreNeverVisible() throws IOException {
        fixture.writeSpec("parquet", COLUMNS, SOURCE + convert("{'name': 'sane', 'sql': 'id < 10 AND hour >= 0'}"));
        fixture.s3.put("landing", prefix(0) + "a.json", "{\"id\":1}{\"id\":9}");
        fixture.s3.put("landing", prefix(1) + "a.json", "{\"id\":1}{\"id\":10}");

        List<PartitionResult> results = fixture.process(2);

        assertProcessed(results.get(0), 2);
        assertFailed(
                results.get(1),
                "ExpectationFailed",
                "expectations not met: 'sane' is broken by 1 of 2 rows, e.g. {'id': 10, 'name': NULL}");
        assertThat(fixture.s3.keys("lake")).containsExactly(VersionedFiles.first(results.get(0)));
    }

    @Test
    void badRecordsAreNoRowsOfWhatIsExpected() throws IOException {
        fixture.writeSpec("parquet", COLUMNS, SOURCE + convert("{'name': 'enough', 'rows': {'atLeast': 2}}"));
        fixture.s3.put("landing", prefix(0) + "a.json", "{\"id\":1}\n{\"id\":\"x\"}\n");

        assertFailed(fixture.process(1).getFirst(), "ExpectationFailed", "'enough' needs 2 rows or more, found 1");
        assertThat(fixture.s3.keys("state", "runs/nightly-1/quarantine/"))
                .as("the quarantine is of what the table is without, and the table is without all of it")
                .isEmpty();
    }

    @Test
    void invalidConditionFailsItsExpectation() throws IOException {
        fixture.writeSpec("parquet", COLUMNS, SOURCE + convert("{'name': 'sane', 'sql': 'delay < 10'}"));
        fixture.s3.put("landing", prefix(0) + "a.json", "{\"id\":1}");

        assertFailed(
                fixture.process(1).getFirst(),
                "ExpectationFailed",
                "the expectation 'sane' cannot be evaluated on the partition's rows" + " (DuckDB: Binder Error");
    }

    @Test
    void resultThatBreaksAnExpectationIsNeverVisible() throws IOException {
        fixture.writeSpec(
                "parquet",
                COLUMNS,
                SOURCE
                        + query(
                                "SELECT id * 2 AS id, name FROM source",
                                "{'name': 'sane', 'sql': 'id < 10 AND hour >= 0'}"));
        fixture.s3.put("landing", prefix(0) + "a.json", "{\"id\":1}{\"id\":4}");
        fixture.s3.put("landing", prefix(1) + "a.json", "{\"id\":1}{\"id\":5}");
        fixture.s3.put("landing", prefix(2) + "a.json", "{\"id\":3}");

        List<PartitionResult> results = fixture.process(3);

        assertProcessed(results.get(0), 2);
        assertFailed(
                results.get(1),
                "ExpectationFailed",
                "expectations not met: 'sane' is broken by 1 of 2 rows, e.g. {'id': 10, 'name': NULL}");
        assertProcessed(results.get(2), 1);
        assertThat(fixture.s3.keys("lake"))
                .containsExactly(VersionedFiles.first(results.get(0)), VersionedFiles.first(results.get(2)));
    }

    @Test
    void rowsOfAQueryAreThoseOfItsResult() throws IOException {
        fixture.writeSpec(
                "parquet",
                COLUMNS,
                SOURCE
                        + query(
                                "SELECT * EXCLUDE (hour) FROM source WHERE id > 1",
                                "{'name': 'enough', 'rows': {'atLeast': 2}}"));
        fixture.s3.put("landing", prefix(0) + "a.json", "{\"id\":1}{\"id\":2}");
        fixture.s3.put("landing", prefix(1) + "a.json", "{\"id\":1}");

        List<PartitionResult> results = fixture.process(2);

        assertFailed(results.get(0), "ExpectationFailed", "'enough' needs 2 rows or more, found 1");
        assertFailed(results.get(1), "ExpectationFailed", "'enough' needs 2 rows or more, found 0");
        assertThat(fixture.s3.keys("lake")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id < (SELECT max(id) FROM source)",
                "EXISTS (FROM main.source)",
                "id < (WITH source AS (FROM source) SELECT max(id) FROM source)",
                "id > 0) AND id < (SELECT max(id) FROM source",
                "id < (SELECT max(id) FROM query_table(\\u0027source\\u0027))",
                "id < (SELECT max(id) FROM query(\\u0027FROM source\\u0027))",
                "0 < (SELECT count(*) FROM duckdb_views())",
                "0 < (SELECT count(*) FROM information_schema.tables)",
            })
    void conditionSeesNoneOfTheQuerysTables(String condition) throws IOException {
        fixture.writeSpec(
                "parquet",
                COLUMNS,
                SOURCE
                        + query(
                                "SELECT min(id) AS id, \\u0027a\\u0027 AS name FROM source",
                                "{'name': 'sane', 'sql': '" + condition + "'}"));
        fixture.s3.put("landing", prefix(0) + "a.json", "{\"id\":1}{\"id\":4}");

        assertFailed(
                fixture.process(1).getFirst(),
                "ExpectationFailed",
                "the expectation 'sane' cannot be evaluated on the partition's rows (");
        assertThat(fixture.s3.keys("lake")).isEmpty();
    }

    private static String query(String query, String expectation) {
        return "\"processor\": {\"type\": \"sql\", \"query\": \"" + query + "\", \"expect\": ["
                + expectation.replace('\'', '"') + "]}";
    }

    private static String validate(String expectation) {
        return "\"processor\": {\"type\": \"validate\", \"expect\": [" + expectation.replace('\'', '"') + "]}";
    }

    private static String convert(String expectation) {
        return "\"processor\": {\"type\": \"convert\", \"maxBadRecords\": 1, \"expect\": ["
                + expectation.replace('\'', '"') + "]}";
    }
}
