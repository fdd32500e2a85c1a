package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static io.fanin.processor.sql.SqlFixture.HOUR_8;
import static io.fanin.processor.sql.SqlFixture.LAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The result of a query over a partition's raw data becomes the table's partition, as a whole or not at all. */
class PartitionQueryTest extends SqlTest {

    @Test
    void resultOfTheQueryIsThePartition() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW).raw(HOUR_7, "b.json", "{\"carrier\":\"AA\"}");

        ConversionReport.Converted made = (ConversionReport.Converted) fixture.make(COUNT);

        assertThat(fixture.written(HOUR_7)).containsExactly("part-00000.parquet");
        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|2", "UA|2");
        assertThat(made.rows()).isEqualTo(2);
        assertThat(made.read().files()).isEqualTo(2);
        assertThat(made.written().files()).isEqualTo(1);
        assertThat(made.bad()).isZero();
    }

    @Test
    void queryThatNamesNoOtherTableAsksGlueNothing() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);

        fixture.make(COUNT);

        assertThat(fixture.aws.glue().log().calls())
                .noneMatch(call -> call.service().equals("glue"));
    }

    @Test
    void textWithCommentsAndSemicolonsIsOneStatement() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);

        fixture.make(
                "-- a; b\nSELECT 'x;y' AS carrier, 1 AS flights /* ; */ FROM source LIMIT 1 ; -- the end; of it\n;");

        assertThat(fixture.rows(HOUR_7)).containsExactly("x;y|1");
    }

    @Test
    void expressionsBeforeTheSelectMayHaveAnyName() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);

        fixture.make("WITH source AS (SELECT * FROM source WHERE delay > 1), late(c) AS (SELECT carrier FROM source)"
                + " SELECT c AS carrier, count(*) AS flights FROM late GROUP BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("UA|2");
    }

    @Test
    void recursiveExpressionSeesItself() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);

        fixture.make("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)"
                + " SELECT 'n' AS carrier, max(i) AS flights FROM n");

        assertThat(fixture.rows(HOUR_7)).containsExactly("n|3");
    }

    @Test
    void keysOfTableAndSourceAreTypedColumns() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);
        fixture.columns = "key string, day date, next int";

        fixture.make("SELECT inserted_at AS key, dt AS day, hour + 1 AS next FROM source LIMIT 1");

        assertThat(fixture.rows(HOUR_7)).containsExactly("2013/02/08/07|2013-02-08|8");
        assertThat(fixture.schema(HOUR_7, "part-00000.parquet")).isEqualTo("key VARCHAR, day DATE, next INTEGER");
    }

    /** A filter on the text that names the folder would find no row of it. */
    @Test
    void keyOfTheSourceThatIsTextIsThatOfItsFolder() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);
        fixture.hour = "string";
        fixture.columns = "h string";

        fixture.make("SELECT hour AS h FROM source WHERE hour = '7' LIMIT 1");

        assertThat(fixture.rows(HOUR_7)).containsExactly("7");
    }

    @Test
    void columnIsNotHiddenByAKeyOfItsName() throws IOException {
        fixture.raw(HOUR_7, "a.json", "{\"hour\":\"raw\"}");
        fixture.raw = "hour string";
        fixture.columns = "hour_of_day string";

        fixture.make("SELECT hour AS hour_of_day FROM source");

        assertThat(fixture.rows(HOUR_7)).containsExactly("raw");
    }

    @Test
    void badRecordsAreQuarantinedAsInAConversion() throws IOException {
        fixture.more = ", \"maxBadRecords\": 1";
        fixture.raw(HOUR_7, "a.json", RAW + "\n{\"delay\":\"late\"}");

        ConversionReport.Converted made = (ConversionReport.Converted) fixture.make(COUNT);

        assertThat(made.bad()).isEqualTo(1);
        assertThat(fixture.quarantined)
                .singleElement()
                .asString()
                .contains("\"line\":2", "column delay: expected int, found \\\"late\\\"");
    }

    @Test
    void tooManyBadRecordsFailThePartition() {
        fixture.raw(HOUR_7, "a.json", RAW + "\n{\"delay\":\"late\"}");

        assertFails(COUNT, "BadRecords", "1 bad record of 4");
    }

    @Test
    void csvIsReadAsInAConversion() throws IOException {
        fixture.format = "csv";
        fixture.raw(HOUR_7, "a.csv", "delay,carrier\n5,UA\n,AA\n");
        fixture.raw(HOUR_7, "b.csv", "PARENT_ID,delay,carrier\n1,7,DL\n");

        fixture.make("SELECT carrier, coalesce(delay, -1) AS flights FROM source ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|-1", "DL|7", "UA|5");
    }

    @Test
    void nullWithoutATypeNeedsOne() throws IOException {
        fixture.raw(HOUR_7, "a.json", "{}");

        assertFails(
                "SELECT NULL AS carrier, 1 AS flights",
                "SqlResultMismatch",
                "column 'carrier' is INTEGER, and string in the table");
        fixture.make("SELECT NULL::VARCHAR AS carrier, 1 AS flights");

        assertThat(fixture.rows(HOUR_7)).containsExactly("null|1");
    }

    @Test
    void objectDeletedWhileItIsReadFailsThePartition() {
        fixture.format = "parquet";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 1 AS delay"));
        String key = HOUR_7.source().orElseThrow() + "a.parquet";
        fixture.aws
                .s3()
                .faults()
                .on("GetObject")
                .first(1)
                .thenRun(() -> fixture.aws.s3().delete(SqlFixture.LANDING, key));

        assertThatThrownBy(() -> fixture.make(COUNT))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.VANISHED));
    }

    @Test
    void partitionWithoutDataIsNone() throws IOException {
        assertThat(fixture.make(COUNT)).isInstanceOf(ConversionReport.NoData.class);
        fixture.format = "parquet";
        assertThat(fixture.make(COUNT)).isInstanceOf(ConversionReport.NoData.class);
    }

    @Test
    void objectsWithNothingInThemAreASourceWithoutRows() throws IOException {
        fixture.raw(HOUR_7, "a.json", "");

        ConversionReport.Converted made =
                (ConversionReport.Converted) fixture.make("SELECT 'all' AS carrier, count(*) AS flights FROM source");

        assertThat(fixture.rows(HOUR_7)).containsExactly("all|0");
        assertThat(made.rows()).isEqualTo(1);
    }

    @Test
    void resultWithoutRowsIsOneFileWithoutRows() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);

        ConversionReport.Converted made = (ConversionReport.Converted)
                fixture.make("SELECT carrier, delay AS flights FROM source WHERE delay > 100");

        assertThat(made.rows()).isZero();
        assertThat(fixture.written(HOUR_7)).containsExactly("part-00000.parquet");
        assertThat(fixture.rows(HOUR_7)).isEmpty();
        assertThat(fixture.schema(HOUR_7, "part-00000.parquet")).isEqualTo("carrier VARCHAR, flights BIGINT");
    }

    @Test
    void runningAgainMakesAVersionOfItsOwn() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW);
        fixture.aws
                .s3()
                .put(
                        LAKE,
                        HOUR_7.prefix() + "part-00001.parquet",
                        "of an earlier day",
                        "fanin-table",
                        "analytics.flights");

        fixture.make(COUNT);
        fixture.make(COUNT);

        assertThat(fixture.written(HOUR_7)).containsExactly("part-00000.parquet");
        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|1", "UA|2");
    }

    @Test
    void largeResultIsSeveralFiles() throws IOException {
        fixture.more = ", \"targetFileSizeMb\": 1";
        fixture.columns = "n bigint, text string";
        fixture.raw(HOUR_7, "a.json", RAW);

        ConversionReport.Converted made = (ConversionReport.Converted)
                fixture.make("SELECT i AS n, md5(i::varchar) AS text FROM range(600000) AS numbers(i) ORDER BY i");

        assertThat(fixture.written(HOUR_7))
                .hasSizeGreaterThan(2)
                .startsWith("part-00000.parquet", "part-00001.parquet");
        assertThat(made.rows()).isEqualTo(600_000);
        assertThat(fixture.rows(HOUR_7).stream().distinct().count()).isEqualTo(600_000);
    }

    @Test
    void partitionsOfABatchDoNotSeeEachOther() throws IOException {
        fixture.raw(HOUR_7, "a.json", RAW).raw(HOUR_8, "a.json", "{\"carrier\":\"DL\"}");

        try (PartitionQuery query = fixture.open(COUNT)) {
            fixture.make(HOUR_7, query);
            fixture.make(HOUR_8, query);
        }

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|1", "UA|2");
        assertThat(fixture.rows(HOUR_8)).containsExactly("DL|1");
    }
}
