package io.fanin.records.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.s3.BucketReader;
import io.fanin.fakes.FakeAws;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.sql.DefaultDatabase;
import io.fanin.records.sql.Query;
import io.fanin.records.tables.CatalogTables.PartitionChoice;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuerySessionTest {

    private final FakeAws aws = new FakeAws();
    private final GlueCatalog catalog = new GlueCatalog(aws.glue().client(), pause -> {});

    @TempDir
    Path temporary;

    private PartitionChoice chosen = PartitionChoice.ALL;

    QuerySessionTest() {
        aws.s3().createBucket("lake");
    }

    private void table(String name, DataFormat format, CsvOptions csv, String... columns) {
        CatalogTable table = catalog.createTableIfAbsent(
                new TableDefinition(
                        TableName.of("web." + name),
                        S3Location.of("s3://lake/" + name + "/"),
                        format,
                        csv,
                        Stream.of(columns)
                                .map(column -> column.split(" ", 2))
                                .map(column -> new Column(column[0], column[1]))
                                .toList(),
                        List.of(new PartitionKey("dt", KeyType.STRING)),
                        TableDefinition.HIVE_LAYOUT),
                Map.of());
        for (String value : List.of("2013-02-08", "2013-02-09")) {
            catalog.register(
                    table,
                    List.of(new PartitionRegistration(
                            PartitionValues.of(value), "s3://lake/" + name + "/dt=" + value + "/", Map.of())));
        }
    }

    private QuerySession open() throws IOException {
        return QuerySession.open(
                DefaultDatabase.NONE,
                (name, most) -> catalog.table(name).map(table -> CatalogTables.read(catalog, table, most, chosen)),
                bucket -> new S3ObjectSource(new BucketReader(aws.s3().client(), bucket)),
                TableCopies.NONE,
                new ConversionSettings(temporary, 1L << 30, 400L << 20, 2, 2, 1L << 20),
                Deadline.NONE);
    }

    private List<List<Object>> rows(String sql) throws IOException {
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
        try (QuerySession session = open()) {
            Query query = session.parse(sql);
            session.find(query);
            session.bring(query);
            session.rows(query, rows);
        }
        return rows.rows();
    }

    private record Rows(List<ResultColumn> columns, List<List<Object>> rows) implements ResultSink {
        @Override
        public void columns(List<ResultColumn> all) {
            columns.addAll(all);
        }

        @Override
        public void row(List<Object> values) {
            rows.add(values);
        }
    }

    @Test
    void onlyRegisteredPartitionsAreRead() throws IOException {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string", "count int");
        aws.s3().put("lake", "hits/dt=2013-02-08/a.json", "{\"page\":\"/\",\"count\":2}");
        aws.s3().put("lake", "hits/dt=2013-02-09/a.json.gz", "{\"page\":\"/b\",\"count\":3}");
        aws.s3().put("lake", "hits/dt=2013-02-10/a.json", "no JSON at all");

        assertThat(rows("SELECT dt, page, count FROM web.hits ORDER BY dt DESC"))
                .containsExactly(List.of("2013-02-09", "/b", 3), List.of("2013-02-08", "/", 2));
    }

    @Test
    void csvIsReadAsTheProcessorReadsIt() throws IOException {
        table("files", DataFormat.CSV, new CsvOptions(',', true, false), "path string", "size string");
        aws.s3().put("lake", "files/dt=2013-02-08/a.csv", "\"x\\\"y\",1\n\"C:\\\\tmp\",12.5\n");

        assertThat(rows("SELECT path, size FROM web.files ORDER BY size"))
                .containsExactly(List.of("x\"y", "1"), List.of("C:\\tmp", "12.5"));
    }

    @Test
    void parquetFromBeforeAColumnWasAddedHasNullInIt() throws IOException {
        table("rides", DataFormat.PARQUET, CsvOptions.DEFAULT, "n int", "gate string");
        aws.s3()
                .put(
                        "lake",
                        "rides/dt=2013-02-08/a.parquet",
                        ParquetBytes.row("optional int32 n;", row -> row.add("n", 1)));
        aws.s3()
                .put(
                        "lake",
                        "rides/dt=2013-02-09/a.parquet",
                        ParquetBytes.row("optional binary gate (UTF8); optional int32 n;", row -> {
                            row.add("n", 2);
                            row.add("gate", "A1");
                        }));

        assertThat(rows("SELECT n, coalesce(gate, 'none') FROM web.rides ORDER BY n"))
                .containsExactly(List.of(1, "none"), List.of(2, "A1"));
    }

    @Test
    void valuesKeepTheirTypesAndAllTheirDigits() throws IOException {
        table(
                "prices",
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                "price decimal(30,3)",
                "seen timestamp",
                "parts array<struct<n:bigint,at:timestamp>>",
                "day date");
        aws.s3()
                .put(
                        "lake",
                        "prices/dt=2013-02-08/a.json",
                        "{\"price\":\"123456789012345678901234567.125\",\"seen\":\"2013-03-31T02:30:00Z\","
                                + "\"parts\":[{\"n\":7,\"at\":\"2013-03-31T02:30:00Z\"}]}");
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            assertThat(rows("SELECT price, seen, parts, day, 1::hugeint, DATE '2013-02-08' FROM web.prices"))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsExactly(
                                    new BigDecimal("123456789012345678901234567.125"),
                                    LocalDateTime.parse("2013-03-31T02:30"),
                                    List.of(Map.of("n", 7L, "at", "2013-03-31 02:30:00")),
                                    null,
                                    BigInteger.ONE,
                                    LocalDate.parse("2013-02-08")));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void orderOfTheQueryIsKeptWhereValuesAreNested() throws IOException {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string");

        assertThat(rows("SELECT n, [TIMESTAMP '2013-02-08'] FROM range(200000) AS r(n), (SELECT count(*) FROM web.hits)"
                        + " ORDER BY n DESC"))
                .extracting(List::getFirst)
                .isSortedAccordingTo((left, right) -> Long.compare((Long) right, (Long) left))
                .hasSize(200_000);
    }

    @Test
    void foldersThatWereMeasuredAreNotListedAgain() throws IOException {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string");
        aws.s3().put("lake", "hits/dt=2013-02-08/a.json", "{}").put("lake", "hits/dt=2013-02-08/_b", "{{{");

        try (QuerySession session = open()) {
            Query query = session.parse("SELECT 1 FROM web.hits");
            session.find(query);
            assertThat(session.sizes(query)).containsExactly(new TableSize(TableName.of("web.hits"), 2, 1, 2));
            session.bring(query);
        }

        assertThat(aws.s3().log().count("ListObjectsV2")).isEqualTo(2);
        assertThat(aws.s3().log().count("GetObject")).isEqualTo(1);
        assertThat(aws.glue().log().count("GetPartitions")).isEqualTo(1);
    }

    @Test
    void partitionsAreChosenByAnExpression() throws IOException {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string");
        aws.s3().put("lake", "hits/dt=2013-02-08/a.json", "broken").put("lake", "hits/dt=2013-02-09/a.json", "{}");
        chosen = PartitionChoice.where("dt > '2013-02-08'");

        assertThat(rows("SELECT dt FROM web.hits")).containsExactly(List.of("2013-02-09"));
    }

    @Test
    void expressionThatGlueDoesNotUnderstandIsItsFailure() {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string");
        chosen = PartitionChoice.where("dt >>> 1");

        assertThatThrownBy(() -> rows("SELECT 1 FROM web.hits"))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("web.hits");
    }

    @Test
    void tableWithoutItsDatabaseIsRefused() {
        assertThatThrownBy(() -> rows("SELECT 1 FROM hits"))
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SQL_ERROR))
                .hasMessageContaining("names the table 'hits' without its database: write it as database.hits");
    }

    @Test
    void failureWhileRowsComeNamesItsPlaceInTheQuery() {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string");

        assertThatThrownBy(() -> rows("SELECT\n  CAST('x' || n AS INTEGER) FROM range(5000) AS r(n)"))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("the query cannot be carried out")
                .hasMessageContaining("line 2");
    }

    @Test
    void columnsAreToldWhereThereAreNoRows() throws IOException {
        table("hits", DataFormat.JSON, CsvOptions.DEFAULT, "page string");
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
        try (QuerySession session = open()) {
            Query query = session.parse("SELECT page AS Page, page, 1 AS n FROM web.hits");
            session.find(query);
            session.bring(query);
            session.rows(query, rows);
        }

        assertThat(rows.columns())
                .containsExactly(
                        new ResultColumn("Page", "VARCHAR"),
                        new ResultColumn("page_1", "VARCHAR"),
                        new ResultColumn("n", "INTEGER"));
        assertThat(rows.rows()).isEmpty();
    }
}
