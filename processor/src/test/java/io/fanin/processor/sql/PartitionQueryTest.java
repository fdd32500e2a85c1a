package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static io.fanin.processor.sql.SqlFixture.HOUR_8;
import static io.fanin.processor.sql.SqlFixture.LAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query says of a partition's raw data becomes the table's partition, whole or not at all. */
class PartitionQueryTest extends SqlTest {

    private static final String COUNT =
            "SELECT carrier, count(*) AS flights FROM source GROUP BY carrier ORDER BY carrier";
    private static final String RAW =
            "{\"carrier\":\"UA\",\"delay\":5}{\"carrier\":\"AA\",\"delay\":1}{\"carrier\":\"UA\",\"delay\":2}";

    private static final String ENDLESS =
            "SELECT 'x' AS carrier, sum(length(md5(i::varchar))) AS flights FROM range(100000000000) AS numbers(i)";

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

        fixture.make("SELECT carrier, coalesce(delay, -1) AS flights FROM source ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|-1", "UA|5");
    }

    @Test
    void parquetIsReadByNameWithTheDeclaredTypes() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "carrier string, delay bigint, missing double, moment timestamp";
        fixture.columns = "carrier string, delay bigint, missing double, moment timestamp, hour int";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                fixture.parquet(
                        "SELECT 5::SMALLINT AS delay, 'UA' AS \"Carrier\", TIMESTAMPTZ '2013-02-08 07:00:00+00' AS moment"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 'AA'::BLOB AS carrier, 7 AS extra"));

        ConversionReport.Converted made = (ConversionReport.Converted)
                fixture.make("SELECT carrier, delay, missing, moment, hour FROM source ORDER BY carrier");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|null|null|null|7", "UA|5|null|2013-02-08 07:00:00.0|7");
        assertThat(made.read().files()).isEqualTo(2);
    }

    @Test
    void parquetOfAnotherTypeIsNotCastInSilence() {
        fixture.format = "parquet";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'x' AS carrier, '5' AS delay"));

        assertFails(COUNT, "SchemaMismatch", "column 'delay' is declared int, and is VARCHAR in the files");
    }

    /** As pandas writes all its timestamps. */
    @Test
    void nanosecondsOfParquetAreTakenWhereTheyAreWholeMicroseconds() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "moment timestamp";
        fixture.columns = "moment timestamp";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT TIMESTAMP_NS '2013-02-08 07:00:00.123456' AS moment"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT NULL::TIMESTAMP_NS AS moment"));
        fixture.raw(HOUR_7, "c.parquet", fixture.parquet("SELECT TIMESTAMP '2013-02-08 08:00:00' AS moment"));

        fixture.make("SELECT moment FROM source ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("2013-02-08 07:00:00.123456", "2013-02-08 08:00:00.0", "null");
    }

    @Test
    void nanosecondsThatWouldBeCutAreRefusedWithTheirColumn() {
        fixture.format = "parquet";
        fixture.raw = "moment timestamp";
        fixture.columns = "moment timestamp";
        fixture.raw(
                HOUR_7, "a.parquet", fixture.parquet("SELECT TIMESTAMP_NS '2013-02-08 07:00:00.123456001' AS moment"));

        assertFails(
                "SELECT moment FROM source",
                "SchemaMismatch",
                "column 'moment' is declared timestamp, and has a value in the files that is no whole number of"
                        + " microseconds: 2013-02-08 07:00:00.123456001");
    }

    @Test
    void parquetOfSeveralTypesIsNotCastInSilence() {
        fixture.format = "parquet";
        fixture.raw = "carrier string, delay double";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 1.5::DOUBLE AS delay"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 'AA' AS carrier, 9007199254740993 AS delay"));

        assertFails(
                "SELECT carrier, count(delay) AS flights FROM source GROUP BY ALL",
                "SchemaMismatch",
                "column 'delay' is declared double, and is BIGINT in the files");
    }

    @Test
    void parquetOfSeveralTypesKeepsTheValuesOfEach() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "carrier string, delay double";
        fixture.columns = "carrier string, delay double";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 1.5::FLOAT AS delay"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 'AA' AS carrier, 16777217::INT AS delay"));

        fixture.make("SELECT carrier, delay FROM source ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|1.6777217E7", "UA|1.5");
    }

    @Test
    void objectThatIsNoParquetIsNamed() {
        fixture.format = "parquet";
        fixture.raw(HOUR_7, "a.parquet", "no Parquet at all");

        assertThatThrownBy(() -> fixture.make(COUNT))
                .isInstanceOfSatisfying(
                        UnsoundObjectException.class,
                        e -> assertThat(e.defect()).isEqualTo(Defect.BAD_PARQUET))
                .hasMessageContaining("hour=7/a.parquet is no Parquet");
    }

    @ParameterizedTest
    @CsvSource({"-5, -4", "-6, -5", "-250, -8"})
    void objectWithACorruptFooterIsNamedByItsKey(int from, int to) {
        fixture.format = "parquet";
        byte[] corrupt = fixture.parquet("SELECT 'UA' AS carrier, 5 AS delay");
        Arrays.fill(corrupt, corrupt.length + from, corrupt.length + to, (byte) 0x7f);
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 5 AS delay"));
        fixture.raw(HOUR_7, "b.parquet", corrupt);

        assertThatThrownBy(() -> fixture.make(COUNT))
                .isInstanceOfSatisfying(UnsoundObjectException.class, e -> {
                    assertThat(e.defect()).isEqualTo(Defect.BAD_PARQUET);
                    assertThat(e).hasMessageContaining("flights/dt=2013-02-08/hour=7/b.parquet");
                })
                .hasMessageStartingWith(
                        "object flights/dt=2013-02-08/hour=7/b.parquet is no sound Parquet: it has a footer"
                                + " that cannot be read (")
                .hasMessageNotContaining(temporary().toString());
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
                        UnsoundObjectException.class,
                        e -> assertThat(e.defect()).isEqualTo(Defect.VANISHED));
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
    void runningAgainReplacesAndRemovesEarlierFiles() throws IOException {
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

    @Test
    void sourceTooLargeForTheDiskIsRefusedWithSizes() {
        fixture.format = "parquet";
        fixture.scratchBytes = 128L << 20;
        fixture.raw = "x string";
        byte[] large = new byte[(50 << 20)];
        fixture.raw(HOUR_7, "a.parquet", large);

        assertFails(
                "SELECT 1",
                "NoSpace",
                "1 objects of s3://landing/flights/dt=2013-02-08/hour=7/: 52428800 bytes",
                "50331648");
    }

    @Test
    void rowsTooLargeForTheDiskAreRefusedWithSizes() {
        fixture.scratchBytes = 128L << 20;
        fixture.more = ", \"targetFileSizeMb\": 1";
        fixture.raw = "x string";
        String noise = IntStream.range(0, 4_000)
                .mapToObj(i -> "{\"x\":\"" + noise(i) + "\"}")
                .collect(Collectors.joining("\n"));
        for (int i = 0; i < 4; i++) {
            fixture.raw(HOUR_7, i + ".json", noise);
        }

        assertFails("SELECT 'a' AS carrier, 1 AS flights", "NoSpace", "hour=7/ as Parquet", "ProcessorStorage");
    }

    private static String noise(int seed) {
        byte[] bytes = new byte[6_000];
        new java.util.Random(seed).nextBytes(bytes);
        return java.util.Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void queryIsEndedWhenItsTimeIsOver() {
        fixture.more = ", \"timeoutSeconds\": 1";
        fixture.raw(HOUR_7, "a.json", RAW);

        assertFails(ENDLESS, "SqlTimeout", "longer than processor.timeoutSeconds, which is 1: raise it");
    }

    @Test
    void queryIsEndedBeforeTheFunction() {
        long begin = System.nanoTime();
        fixture.deadline = new Deadline(() -> 13_000 - (System.nanoTime() - begin) / 1_000_000);
        fixture.raw(HOUR_7, "a.json", RAW);

        assertFails(ENDLESS, "DeadlineExceeded", "while the query ran; nothing was published");
    }

    @Test
    void nothingIsPublishedWithoutTheTimeForAllOfIt() {
        fixture.deadline = new Deadline(() -> 15_000);
        fixture.raw(HOUR_7, "a.json", RAW);

        assertFails(COUNT, "DeadlineExceeded", "the query's 2 rows are in 1 files; nothing was published");
    }
}
