package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static io.fanin.processor.sql.SqlFixture.HOUR_8;
import static io.fanin.processor.sql.SqlFixture.LAKE;
import static io.fanin.processor.sql.SqlFixture.LANDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.fakes.Call;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableName;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.parquet.RewrittenParquet;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registered tables that a query names beside its source. */
class JoinedTablesTest extends SqlTest {

    @BeforeEach
    void rawData() {
        fixture.raw(HOUR_7, "a.json", "{\"carrier\":\"UA\"}{\"carrier\":\"AA\"}{\"carrier\":\"UA\"}");
        fixture.raw(HOUR_8, "a.json", "{\"carrier\":\"AA\"}");
    }

    @Test
    void tableOfParquetIsJoinedByItsName() throws IOException {
        CatalogTable carriers = carriers(DataFormat.PARQUET);
        fixture.register(carriers, "2013-01-01");
        fixture.register(carriers, "2013-02-01");
        fixture.aws
                .s3()
                .put(LAKE, "carriers/2013-01-01/a.parquet", fixture.parquet("SELECT 'UA' AS code, 'United' AS name"))
                .put(LAKE, "carriers/2013-02-01/a.parquet", fixture.parquet("SELECT 'American' AS name, 'AA' AS code"));

        fixture.make(JOIN);

        assertThat(fixture.rows(HOUR_7)).containsExactly("American|1", "United|2");
    }

    /** The partition's writer is replacing its objects: the join would silently be made without them. */
    @Test
    void partitionThatHadDataIsNotTakenForEmpty() throws IOException {
        fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/_SUCCESS", "");
        registeredWith("1");

        assertFails(
                JOIN,
                "UnusableTable",
                "table analytics.carriers, of which a partition was registered with data, and"
                        + " s3://lake/carriers/2013-01-01/ holds none");

        registeredWith("0");
        fixture.make(JOIN);
    }

    /** The objects would exhaust the memory before anything is read. */
    @Test
    void tableOfAnyNumberOfObjectsIsRefused() throws IOException {
        fixture.register(carriers(DataFormat.JSON), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.json", "{\"code\":\"UA\"}");
        fixture.objects = Endless::new;

        assertFails(
                JOIN,
                "UnusableTable",
                "tables of more than 200000 objects, the last of them below s3://lake/carriers/2013-01-01/");
    }

    /** Has the same objects of carriers again and again. */
    private record Endless(ObjectSource source) implements ObjectSource.Forwarding {

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            List<ObjectSummary> objects = new ArrayList<>();
            source.list(prefix).forEachRemaining(objects::add);
            return objects.isEmpty() || !prefix.startsWith("carriers/")
                    ? objects.iterator()
                    : Stream.generate(objects::getFirst).iterator();
        }
    }

    private void registeredWith(String files) {
        fixture.aws
                .glue()
                .alterPartition(
                        "analytics",
                        "carriers",
                        List.of("2013-01-01"),
                        partition -> partition.putObject("Parameters").put("numFiles", files));
    }

    @Test
    void parquetThatLiesIsNotReadByAQuery() throws IOException {
        byte[] lying = RewrittenParquet.pages(
                fixture.parquet("SELECT 'UA' AS code, 'United' AS name"),
                page -> page.setUncompressed_page_size(Integer.MAX_VALUE));
        fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.parquet", lying);

        assertThatThrownBy(() -> fixture.make(JOIN))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT))
                .hasMessageContaining("carriers/2013-01-01/a.parquet is corrupt: column 'code'");
    }

    @Test
    void keysOfATableAreTypedColumns() throws IOException {
        CatalogTable carriers = carriers(DataFormat.JSON);
        fixture.register(carriers, "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.json", "{\"code\":\"UA\"}");
        fixture.columns = "carrier string, flights int";

        fixture.make("SELECT code AS carrier, year(since) AS flights FROM Analytics.CARRIERS");

        assertThat(fixture.rows(HOUR_7)).containsExactly("UA|2013");
    }

    @Test
    void onlyRegisteredPartitionsAreRead() throws IOException {
        CatalogTable carriers = carriers(DataFormat.CSV);
        fixture.register(carriers, "2013-01-01");
        fixture.aws
                .s3()
                .put(LAKE, "carriers/2013-01-01/a.csv", "code,name\nUA,United\n")
                .put(LAKE, "carriers/2013-02-01/a.csv", "code,name\nAA,American\n");

        fixture.make(JOIN);

        assertThat(fixture.rows(HOUR_7)).containsExactly("United|2");
    }

    /** LazySimpleSerDe skips a header, and reads an empty field as a text. */
    @Test
    void csvFieldsAreReadByPositionWithTheTablesNulls() throws IOException {
        CatalogTable carriers = fixture.table(
                "analytics",
                "carriers",
                DataFormat.CSV,
                new CsvOptions(',', false, true).nullAs("NA"),
                "code string, name string",
                SINCE);
        fixture.register(carriers, "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.csv", "name,code\nUA,United\nAA,NA\nB6,\nDL,\\N\n");

        fixture.make(
                "SELECT code || '=' || coalesce(name, 'null') AS carrier, 1 AS flights FROM carriers ORDER BY code");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA=null|1", "B6=|1", "DL=\\N|1", "UA=United|1");
    }

    /**
     * OpenCSVSerde and Trino drop an escape character that escapes nothing, and read a blank line as a row of nulls.
     */
    @Test
    void quotedCsvIsReadLikeItsSerDe() throws IOException {
        CatalogTable carriers = fixture.table(
                "analytics",
                "carriers",
                DataFormat.CSV,
                new CsvOptions(',', true, false),
                "code string, name string",
                SINCE);
        fixture.register(carriers, "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.csv", "C:\\temp,\\N\n\"x\\\"y\",\"\\\\\"\n\n");

        fixture.make(
                "SELECT coalesce(code, 'null') || '=' || coalesce(name, 'null') AS carrier, 1 AS flights FROM carriers"
                        + " ORDER BY code");

        assertThat(fixture.rows(HOUR_7)).containsExactly("C:temp=N|1", "x\"y=\\|1", "null=null|1");
    }

    @Test
    void tableWithoutRegisteredPartitionsHasNoRows() throws IOException {
        carriers(DataFormat.PARQUET);

        fixture.make(
                "SELECT carrier, count(since) AS flights FROM source LEFT JOIN carriers ON code = carrier GROUP BY ALL"
                        + " ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|0", "UA|0");
    }

    @Test
    void tableIsBroughtOnceForAllPartitionsOfABatch() throws IOException {
        fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        fixture.aws
                .s3()
                .put(LAKE, "carriers/2013-01-01/a.parquet", fixture.parquet("SELECT 'AA' AS code, 'American' AS name"));
        fixture.aws.log().reset();

        try (PartitionQuery query = fixture.open(JOIN)) {
            fixture.make(HOUR_7, query);
            fixture.make(HOUR_8, query);
        }

        List<Call> calls = fixture.aws.log().calls();
        assertThat(calls.stream().filter(call -> call.service().equals("glue")).map(Call::operation))
                .containsExactly("GetTable", "GetPartitions");
        assertThat(calls.stream()
                        .filter(call -> call.operation().equals("GetObject")
                                && call.target().startsWith("lake/carriers/")))
                .hasSize(1);
        assertThat(fixture.rows(HOUR_8)).containsExactly("American|1");
    }

    @Test
    void unknownTableIsNamed() {
        assertFails(
                "SELECT * FROM source JOIN Nosuch USING (carrier)",
                "UnknownTable",
                "the query names table analytics.nosuch, which is not in the Glue Data Catalog");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT nosuch AS carrier, 1 AS flights FROM source JOIN carriers ON code = carrier"
                        + " | SqlError          | line 1, column 8: Binder Error",
                "SELECT name AS carrier FROM source JOIN carriers ON code = carrier"
                        + " | SqlResultMismatch | column 'flights' (bigint) is missing",
                "SELECT name AS carrier, since AS flights FROM carriers"
                        + " | SqlResultMismatch | column 'flights' is DATE, and bigint in the table",
                "SELECT name AS carrier, 1 AS flights FROM carriers, nosuch"
                        + " | UnknownTable      | table analytics.nosuch",
            })
    void queryIsBoundBeforeAnyTableIsRead(String query, String error, String message) {
        fixture.register(carriers(DataFormat.JSON), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.json", "{\"code\":\"UA\"}");

        assertFails(query, error, message);

        assertThat(fixture.aws.log().calls("GetObject"))
                .extracting(Call::target)
                .isNotEmpty()
                .noneMatch(target -> target.startsWith("lake/"));
    }

    @Test
    void tableIsReadAgainAfterWhatMayPass() throws IOException {
        fixture.register(carriers(DataFormat.JSON), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.json", "{\"code\":\"UA\",\"name\":\"United\"}");
        fixture.aws
                .s3()
                .faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/carriers/"))
                .first(1)
                .thenTruncate();

        try (PartitionQuery query = fixture.open(JOIN)) {
            assertThatThrownBy(() -> fixture.make(HOUR_7, query))
                    .isInstanceOfAny(IOException.class, java.io.UncheckedIOException.class);
            fixture.make(HOUR_7, query);
        }

        assertThat(fixture.rows(HOUR_7)).containsExactly("United|2");
    }

    /** Read by its columns' names, all values would silently be null. */
    @ParameterizedTest
    @CsvSource({
        "JSON, mapping.name, carrierName",
        "JSON, dots.in.keys, true",
        "PARQUET, parquet.column.index.access, true"
    })
    void tableWhoseColumnsHaveOtherNamesInItsObjectsCannotBeRead(DataFormat format, String setting, String value) {
        fixture.register(carriers(format), "2013-01-01");
        fixture.catalog.updateParameters(
                fixture.catalog.table(new TableName("analytics", "carriers")).orElseThrow(),
                parameters -> Map.of(setting, value));

        assertFails(
                JOIN,
                "UnusableTable",
                "table analytics.carriers has the setting " + setting + "=" + value
                        + ", with which its columns are not those of the same names in its objects");
    }

    @Test
    void tableThatCannotBeReadIsNamedWithTheReason() {
        carriers(DataFormat.PARQUET);
        fixture.catalog.updateParameters(
                fixture.catalog.table(new TableName("analytics", "carriers")).orElseThrow(),
                parameters -> Map.of("projection.enabled", "true"));

        assertFails(JOIN, "UnusableTable", "table analytics.carriers has projection.enabled=true");
    }

    @Test
    void tableTooLargeForTheDiskIsRefusedWithSizes() {
        fixture.scratchBytes = 128L << 20;
        fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.parquet", new byte[50 << 20]);

        assertFails(
                JOIN,
                "NoSpace",
                "table analytics.carriers: 1 objects of s3://lake/carriers/2013-01-01/: 52428800 bytes",
                "50331648");
    }

    @Test
    void tableKeepsItsRoomForAllPartitionsOfABatch() throws IOException {
        fixture.scratchBytes = 128L << 20;
        fixture.format = "parquet";
        fixture.register(carriers(DataFormat.PARQUET), "2013-01-01");
        fixture.aws
                .s3()
                .put(
                        LAKE,
                        "carriers/2013-01-01/a.parquet",
                        fixture.parquet("SELECT 'AA' AS code, string_agg(uuid()::VARCHAR, '') AS name"
                                + " FROM range(1000000)"));
        fixture.aws.s3().delete(LANDING, HOUR_7.source().orElseThrow() + "a.json");
        fixture.aws.s3().delete(LANDING, HOUR_8.source().orElseThrow() + "a.json");
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'AA' AS carrier"));
        fixture.raw(HOUR_8, "a.parquet", new byte[40 << 20]);

        try (PartitionQuery query = fixture.open("SELECT 'a' AS carrier, count(*) AS flights FROM source, carriers")) {
            fixture.make(HOUR_7, query);

            assertThatThrownBy(() -> fixture.make(HOUR_8, query))
                    .isInstanceOfSatisfying(
                            ConversionException.class,
                            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(FailureCode.NO_SPACE));
        }
    }

    @Test
    void badRecordOfATableIsNotLeftOut() {
        fixture.register(carriers(DataFormat.JSON), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.json", "{\"code\":\"UA\"}\n{");

        assertFails(JOIN, "BadRecords", "table analytics.carriers: ", "carriers/2013-01-01/a.json, line 2");
    }

    @Test
    void hostileNamesAreNamesOnly() throws IOException {
        String name = "'; DROP TABLE x; --\n\"q";
        PartitionKey key = new PartitionKey("k'\"; --", KeyType.STRING);
        CatalogTable hostile = fixture.table("o'\"x", "t'\"; --", DataFormat.JSON, "a string", key);
        fixture.catalog.register(
                hostile,
                List.of(new io.fanin.core.catalog.partition.PartitionRegistration(
                        io.fanin.model.partition.PartitionValues.of(name), "s3://lake/'; --\n\"/", Map.of())));
        fixture.aws.s3().put(LAKE, "'; --\n\"/'; DROP TABLE x; --\".json", "{\"a\":\"'); --\"}");

        fixture.make("SELECT a || \"k'\"\"; --\" AS carrier, 1 AS flights FROM \"o'\"\"x\".\"t'\"\"; --\"");

        assertThat(fixture.rows(HOUR_7)).containsExactly("'); --" + name + "|1");
    }
}
