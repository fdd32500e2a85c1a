package io.fanin.processor.parquet;

import static io.fanin.processor.parquet.ParquetFixture.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.Column;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.RewrittenParquet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Least and greatest values, and rules over values. */
class ParquetRulesTest extends ParquetTest {

    @Test
    void minimumAndMaximumSpanAllRowGroupsAndFiles() throws IOException {
        fixture.columns = List.of(
                new Column("id", "bigint"),
                new Column("carrier", "string"),
                new Column("price", "decimal(9,2)"),
                new Column("at", "timestamp"),
                new Column("day", "date"),
                new Column("delay", "double"),
                new Column("none", "int"));
        fixture.statistics = List.of("ID", "carrier", "price", "at", "day", "delay", "none");
        String select = "SELECT range AS id, 'c' || range AS carrier, CAST(range AS DECIMAL(9,2)) AS price,"
                + " TIMESTAMP '2013-02-08 17:00:00' + to_seconds(range) AS at, DATE '2013-02-08' + CAST(range AS INT) AS day,"
                + " range / 2 AS delay, CAST(NULL AS INT) AS none FROM range(%d, %d)";
        fixture.put("a.parquet", ParquetBytes.of(select.formatted(9, 5000), ", ROW_GROUP_SIZE 2048"));
        fixture.put("b.parquet", ParquetBytes.of(select.formatted(-3, 0)));

        assertThat(fixture.sound().parameters())
                .isEqualTo(Map.ofEntries(
                        Map.entry("fanin.min.id", "-3"),
                        Map.entry("fanin.max.id", "4999"),
                        Map.entry("fanin.min.carrier", "c-1"),
                        Map.entry("fanin.max.carrier", "c999"),
                        Map.entry("fanin.min.price", "-3.00"),
                        Map.entry("fanin.max.price", "4999.00"),
                        Map.entry("fanin.min.at", "2013-02-08 16:59:57"),
                        Map.entry("fanin.max.at", "2013-02-08 18:23:19"),
                        Map.entry("fanin.min.day", "2013-02-05"),
                        Map.entry("fanin.max.day", "2026-10-17"),
                        Map.entry("fanin.min.delay", "-1.5"),
                        Map.entry("fanin.max.delay", "2499.5")));
        assertThat(fixture.s3.log().count("GetObject")).isEqualTo(2);
    }

    @Test
    void columnIsLeftOutIfOneFileLacksItsStatistics() throws IOException {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("carrier", "string"));
        fixture.statistics = List.of("id", "carrier");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id, 'AA' AS carrier"));
        fixture.put("b.parquet", ParquetBytes.of("SELECT 2::BIGINT AS id, repeat('x', 5000) AS carrier"));

        assertThat(fixture.sound().parameters()).containsOnlyKeys("fanin.min.id", "fanin.max.id");
    }

    /** A maximum truncated to the microsecond would make readers that rely on it miss rows. */
    @ParameterizedTest
    @CsvSource({"123456789, 0", "123456000, 2"})
    void timeBetweenTwoMicrosecondsIsNoMaximum(String nanoseconds, int known) throws IOException {
        fixture.column("at", "timestamp");
        fixture.statistics = List.of("at");
        fixture.put(
                "a.parquet", ParquetBytes.of("SELECT TIMESTAMP_NS '2013-02-08 17:00:00." + nanoseconds + "' AS at"));

        assertThat(fixture.sound().parameters()).hasSize(known);
    }

    @Test
    void bytesOfATextThatIsNotMarkedAsOneAreNoText() throws IOException {
        fixture.columns = List.of(new Column("carrier", "string"), new Column("city", "string"));
        fixture.statistics = List.of("carrier", "city");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 'AA'::BLOB AS carrier, encode('\u00e9') AS city"));
        fixture.put("b.parquet", ParquetBytes.of("SELECT 'BB' AS carrier, '\u00e9' AS city"));

        assertThat(fixture.sound().parameters())
                .isEqualTo(Map.of("fanin.min.carrier", "AA", "fanin.max.carrier", "BB"));
    }

    @Test
    void textWithNulIsLeftOutAlone() throws IOException {
        fixture.column("carrier", "string");
        fixture.statistics = List.of("carrier");
        fixture.put("a.parquet", ParquetBytes.of("SELECT unnest(['A' || chr(0), 'A' || chr(0) || 'B']) AS carrier"));
        fixture.put("b.parquet", ParquetBytes.of("SELECT 'AA' AS carrier"));

        assertThat(fixture.sound().parameters()).isEqualTo(Map.of("fanin.max.carrier", "AA"));
    }

    /** The shortest digits of a float are not the double that readers make of it. */
    @Test
    void floatsOfAColumnOfDoublesAreWhatReadersReadOfThem() throws IOException {
        fixture.column("x", "double");
        fixture.statistics = List.of("x");
        fixture.put("a.parquet", ParquetBytes.of("SELECT unnest([0.1, 0.2])::FLOAT AS x"));
        fixture.put("b.parquet", ParquetBytes.of("SELECT 0.15::DOUBLE AS x"));

        assertThat(fixture.sound().parameters())
                .isEqualTo(Map.of("fanin.min.x", "0.10000000149011612", "fanin.max.x", "0.20000000298023224"));
    }

    @Test
    void nobodyIsToldOfColumnsThatNobodyAskedFor() throws IOException {
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id"));

        assertThat(fixture.sound().parameters()).isEmpty();
    }

    @Test
    void partitionWhoseRowsAllKeepTheRulesIsSound() throws IOException {
        fixture.expect("keyed", List.of("ID"));
        fixture.expect("sane", "id between 0 and 100");
        fixture.put("a.parquet", ParquetBytes.of("SELECT range AS id FROM range(100)"));

        assertThat(fixture.sound().rows()).hasValue(100);
    }

    @Test
    void brokenRulesAreNamedWithCountsAndThreeRows() throws IOException {
        fixture.expect("keyed", List.of("id"));
        fixture.expect("sane", "id < 2");
        fixture.put("a.parquet", ParquetBytes.of("SELECT range AS id FROM range(3)"));
        fixture.put("b.parquet", ParquetBytes.of("SELECT range AS id FROM range(2, 9) UNION ALL SELECT NULL"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .startsWith("expectations not met: 'keyed' is broken by 1 of 11 rows, e.g. {'id': NULL};"
                        + " 'sane' is broken by 8 of 11 rows, e.g. {'id': 2}, {'id': ")
                .hasSizeLessThan(200);
    }

    @Test
    void conditionSeesThePartitionsValuesAsColumnsOfTheirTypes() throws IOException {
        fixture.expect("of its hour", "id = hour + 6");
        fixture.put("a.parquet", ParquetBytes.of("SELECT 7::BIGINT AS id UNION ALL SELECT 8"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .contains("'of its hour' is broken by 1 of 2 rows, e.g. {'id': 8}");
    }

    @Test
    void footersProveThatColumnsHaveNoNulls() throws IOException {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("carrier", "string"));
        fixture.expect("keyed", List.of("ID", "carrier"));
        fixture.put(
                "a.parquet",
                ParquetBytes.of("SELECT range AS id, 'x' AS carrier FROM range(5000)", ", ROW_GROUP_SIZE 2048"));

        assertThat(fixture.sound().rows()).hasValue(5000);
        assertThat(fixture.s3.log().count("GetObject")).isEqualTo(1);
    }

    @Test
    void dataIsReadIfTheFooterHasNoNullCount() throws IOException {
        fixture.column("s", "struct<a:int>");
        fixture.expect("keyed", List.of("s"));
        fixture.put("a.parquet", ParquetBytes.of("SELECT {'a': 1} AS s UNION ALL SELECT NULL"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED)).contains("'keyed' is broken by 1 of 2 rows");
    }

    /** Other writers leave NaN out of a footer's statistics. */
    @ParameterizedTest
    @CsvSource({"double, x < 10", "float, not (x >= 10)", "struct<a:double>, x.a <= 5"})
    void notANumberIsFoundBehindStatisticsWithoutIt(String type, String condition) throws IOException {
        fixture.column("x", type);
        fixture.expect("sane", condition);
        String values = "unnest(['1', 'nan', '5']::DOUBLE[])";
        fixture.put(
                "a.parquet",
                RewrittenParquet.statistics(
                        ParquetBytes.of("SELECT "
                                + (type.equals("float")
                                        ? values + "::FLOAT"
                                        : type.equals("double") ? values : "{'a': " + values + "}")
                                + " AS x"),
                        statistics -> statistics
                                .setMin_value(bytes(type.equals("float"), 1))
                                .setMax_value(bytes(type.equals("float"), 5))));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED)).contains("'sane' is broken by 1 of 3 rows");
    }

    private static byte[] bytes(boolean single, double number) {
        ByteBuffer bytes =
                ByteBuffer.allocate(single ? Float.BYTES : Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return (single ? bytes.putFloat((float) number) : bytes.putDouble(number)).array();
    }

    /** Old writers compared bytes as signed: their least text is one that is not in ASCII. */
    @ParameterizedTest
    @CsvSource({"string, x <> '\u00e9'", "string, x < 'c'", "struct<a:string>, x.a <> '\u00e9'"})
    void textIsFoundBehindStatisticsInAnotherOrder(String type, String condition) throws IOException {
        fixture.column("x", type);
        fixture.expect("sane", condition);
        String values = "unnest(['a', '\u00e9', 'b'])";
        fixture.put(
                "a.parquet",
                RewrittenParquet.statistics(
                        ParquetBytes.of(
                                "SELECT " + (type.equals("string") ? values : "{'a': " + values + "}") + " AS x"),
                        statistics -> statistics
                                .setMin("\u00e9".getBytes(StandardCharsets.UTF_8))
                                .setMax("b".getBytes(StandardCharsets.UTF_8))));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED)).contains("'sane' is broken by 1 of 3 rows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"decimal(20,2) | x < 4", "struct<a:decimal(20,2)> | x.a < 4"})
    void decimalIsFoundBehindStatisticsInAnotherOrder(String type, String condition) throws IOException {
        fixture.column("x", type);
        fixture.expect("sane", condition);
        fixture.put("a.parquet", RewrittenParquet.oldDecimals(type.startsWith("struct")));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED)).contains("'sane' is broken by 1 of 3 rows");
    }

    @Test
    void pagesThatLieAreNotReadForARule() throws IOException {
        fixture.expect("positive", "id >= 0");
        fixture.put("a.parquet", lying());

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .contains("a.parquet is corrupt: column 'id', row group 0, page at byte", "bytes uncompressed");
    }

    @Test
    void objectWhoseValuesCannotBeReadBreaksNoRule() throws IOException {
        fixture.expect("positive", "id % 2 >= 0");
        fixture.put(
                "a.parquet",
                RewrittenParquet.footer(
                        ParquetBytes.of("SELECT range AS id FROM range(100)"),
                        footer -> footer.getRow_groups()
                                .forEach(group -> group.getColumns()
                                        .forEach(chunk -> chunk.getMeta_data().setCodec(CompressionCodec.ZSTD)))));

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .contains("a.parquet is corrupt: its values cannot be read (", "); write it again")
                .doesNotContain("object-");
    }

    private static byte[] lying() throws IOException {
        return RewrittenParquet.pages(
                ParquetBytes.of("SELECT range AS id FROM range(100)"),
                page -> page.setUncompressed_page_size(Integer.MAX_VALUE));
    }

    @Test
    void nullBreaksNoRuleAsWithAnSqlCheck() throws IOException {
        fixture.expect("sane", "id > 0");
        fixture.put("a.parquet", ParquetBytes.of("SELECT CAST(NULL AS BIGINT) AS id"));

        assertThat(fixture.sound().rows()).hasValue(1);
    }

    @Test
    void valuesKeepTheMessageOnOneLine() throws IOException {
        fixture.column("it's \"x\"", "string");
        fixture.expect("a\nb", "\"it's \"\"x\"\"\" = 'y'");
        fixture.put("a.parquet", ParquetBytes.of("SELECT E'; DROP TABLE x; --\\n''' AS \"it's \"\"x\"\"\""));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .contains("'a?b' is broken by 1 of 1 rows", "; DROP TABLE x; --");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay < 3", "id <", "id = 'x'", "read_text('/etc/passwd') = ''"})
    void invalidConditionFailsTheExpectationWithDuckDbsMessage(String sql) throws IOException {
        fixture.expect("sane", sql);
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .startsWith("the expectation 'sane' cannot be evaluated on object " + PREFIX + "a.parquet (")
                .contains(sql.equals("id <") ? "syntax error" : "(DuckDB: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(SELECT count(*) FROM read_csv('/etc/passwd')) >= 0",
                "(SELECT count(*) FROM glob('/etc/*')) > 0",
                "(SELECT count(*) FROM read_csv('https://example.com/x.csv')) >= 0"
            })
    void conditionSeesNoFilesAndNoNetwork(String sql) throws IOException {
        fixture.expect("curious", sql);
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED)).contains("'curious'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id IN (SELECT unnest([1, 2]))",
                "NOT EXISTS (SELECT 1 FROM unnest([id]) AS own(value) WHERE value < 0)",
                "id = (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1) SELECT max(i) FROM n)",
                "id = 1 -- and nothing else",
                "CASE WHEN id > 0 THEN id IN (1, 2) ELSE false END",
                "list_sum(list_transform([id, 2], lambda x: x * 2)) = 6",
                "{'a': id}.a = 1 AND \"ID\" BETWEEN 1 AND 2",
                "id = ANY (VALUES (1), (2))",
                "CAST(id AS VARCHAR) SIMILAR TO '[0-9]+' AND regexp_matches(id::VARCHAR, '^1$')",
                "id IS NOT DISTINCT FROM 1 AND coalesce(id, 0) = 1 AND hour >= 0",
            })
    void conditionMayComputeWithItsRow(String sql) throws IOException {
        fixture.expect("sane", sql);
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id"));

        assertThat(fixture.sound().rows()).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id < (SELECT 1 FROM x.y) | it names the table 'x.y', and a condition sees its row alone",
                "id < 1 OR\\n1 < (SELECT 2 FROM glob('*')) | line 2, column 20: the table function glob is not for a query",
                "id < (WITH RECURSIVE t AS (SELECT * FROM t UNION ALL SELECT * FROM t) SELECT 1) | it names the table 't', and a",
                "true) UNION ALL SELECT 1 WHERE NOT (false | expected one condition, found several queries",
                "id > 0); SELECT (1 | expected one condition, found 2 statements",
                "id < 0) LIMIT (0 | expected one condition, found one that closes a bracket that it has not opened, or a query",
                "id > 0) GROUP BY (1 | expected one condition, found one that closes a bracket that it has not opened, or a query",
                "id < 0) AND (id > 5 | expected one condition, found one that closes a bracket that it has not opened, or a query",
                "id < 0) USING SAMPLE (10% | expected one condition, found one that closes a bracket",
                "id < 0] LIMIT [0 | syntax error",
                "id > 0); DROP VIEW x; SELECT (1 | expected a condition, found another statement",
            })
    void conditionOverMoreThanItsRowIsRefused(String sql, String why) throws IOException {
        fixture.expect("curious", sql.replace("\\n", "\n"));
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id"));

        assertThat(fixture.unsound(FailureCode.EXPECTATION_FAILED))
                .startsWith("the expectation 'curious' cannot be evaluated on object " + PREFIX + "a.parquet (" + why);
    }

    @Test
    void objectTooLargeForTheDiskIsRefusedWithSizes() throws IOException {
        fixture.expect("sane", "id > 0");
        fixture.scratchBytes = 128L << 20;
        int room = (int) (fixture.scratchBytes - fixture.scratchBytes / 8);
        byte[] rows = ParquetBytes.of("SELECT 1::BIGINT AS id");
        byte[] large = new byte[room + 1];
        int magic = 4;
        System.arraycopy(rows, magic, large, large.length - rows.length + magic, rows.length - magic);
        fixture.put("a.parquet", large);

        assertThat(fixture.unsound(FailureCode.NO_SPACE))
                .contains("a.parquet has %d bytes, and the function's disk room for %d".formatted(room + 1, room));
        assertThat(fixture.s3.log().count("GetObject")).isEqualTo(1);
    }
}
