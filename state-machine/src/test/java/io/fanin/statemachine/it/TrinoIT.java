package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Registered partitions are read by an engine with its own reader of Hive tables, in the profile {@code readers}. */
@ExtendWith(Platform.class)
class TrinoIT {

    private final Pipeline pipeline;
    private final Trino trino;
    private TestLake.Table table;

    TrinoIT(Pipeline pipeline, Trino trino) {
        this.pipeline = pipeline;
        this.trino = trino;
    }

    @BeforeEach
    void aNewTable() {
        table = pipeline.newTable();
    }

    @Test
    void jsonInTheHiveLayout() {
        table.withHours(2);

        complete(table.spec());

        assertThat(rows("select carrier, delay, dt, hour from flights order by hour, delay"))
                .containsExactly(
                        List.of("B6", "-1", "2013-02-08", "00"),
                        List.of("UA", "3", "2013-02-08", "00"),
                        List.of("DL", "71", "2013-02-08", "00"),
                        List.of("B6", "-1", "2013-02-08", "01"),
                        List.of("UA", "3", "2013-02-08", "01"),
                        List.of("DL", "71", "2013-02-08", "01"));
    }

    @Test
    void compressedJsonWhoseNamesSaySo() {
        table.with(TestLake.Table.hour(0) + "part-0.json.zst", Content.jsonZstd())
                .with(TestLake.Table.hour(1) + "part-0.json.bz2", Content.jsonBzip2())
                .with(TestLake.Table.hour(2) + "part-0.json.gz", Content.jsonGz());

        complete(table.spec());

        assertThat(rows("select hour, sum(delay) from flights group by hour order by hour"))
                .containsExactly(List.of("00", "73"), List.of("01", "73"), List.of("02", "73"));
    }

    @Test
    void keysThatAreNoStrings() {
        table.withHours(3);
        ObjectNode spec = table.spec();
        spec.set("partitionKeys", TestLake.Table.columns("dt", "date", "hour", "int"));

        complete(spec);

        assertThat(rows("select dt, hour, count(*) from flights where dt = date '2013-02-08' and hour >= 1"
                        + " group by dt, hour order by hour"))
                .containsExactly(List.of("2013-02-08", "1", "3"), List.of("2013-02-08", "2", "3"));
    }

    @Test
    void aTemplateWithAKeyForEachLevel() {
        table.with("2013/02/08/17/part-0.json", Content.json()).with("2013/02/09/00/part-0.json", Content.json());
        ObjectNode spec = table.specOfKeyForEachLevel();

        complete(spec);

        assertThat(rows("select year, month, day, hour, sum(delay) from flights where day = '08'"
                        + " group by year, month, day, hour"))
                .containsExactly(List.of("2013", "02", "08", "17", "73"));
    }

    @Test
    void aTemplateWithOneKeyOverSeveralLevels() {
        table.with("2013/02/08/17/part-0.json", Content.json()).with("2013/02/08/18/part-0.json", Content.json());
        ObjectNode spec = table.specOfOneKeyOverLevels();

        complete(spec);

        assertThat(rows("select inserted_at, count(*) from flights where inserted_at >= '2013/02/08/18'"
                        + " group by inserted_at"))
                .containsExactly(List.of("2013/02/08/18", "3"));
    }

    @Test
    void valuesThatTheirPrefixEscapes() {
        List<String> segments = List.of("a%3Ab", "50%25", "%zz", "x y", "é", "O'Hare", "a%2Fb", "%22q%22", "a+b", "=");
        segments.forEach(segment -> table.with("place=" + segment + "/part-0.json", Content.json()));
        ObjectNode spec = table.spec();
        spec.set("partitionKeys", TestLake.Table.columns("place", "string"));

        complete(spec);

        assertThat(rows("select place, count(*) from flights group by place"))
                .containsExactlyInAnyOrder(
                        List.of("a:b", "3"),
                        List.of("50%", "3"),
                        List.of("%zz", "3"),
                        List.of("x y", "3"),
                        List.of("é", "3"),
                        List.of("O'Hare", "3"),
                        List.of("a/b", "3"),
                        List.of("\"q\"", "3"),
                        List.of("a+b", "3"),
                        List.of("=", "3"));
        assertThat(rows("select count(*) from flights where place in ('a:b', '50%')"))
                .containsExactly(List.of("6"));
    }

    @Test
    void theNullOfHive() {
        table.with("place=__HIVE_DEFAULT_PARTITION__/part-0.json", Content.json());
        ObjectNode spec = table.spec();
        spec.set("partitionKeys", TestLake.Table.columns("place", "string"));

        complete(spec);

        assertThat(rows("select place, count(*) from flights where place is null group by place"))
                .containsExactly(List.of("null", "3"));
    }

    @Test
    void csvWithAHeader() {
        complete(csv(new String(Content.csv(), StandardCharsets.UTF_8), "carrier", "string", "delay", "int"));

        assertThat(rows("select carrier, delay, dt from flights order by delay"))
                .containsExactly(List.of("B6", "-1", "2013-02-08"), List.of("UA", "3", "2013-02-08"));
    }

    @Test
    void quotedCsvWithEscapes() {
        String lines = "1,C:\\temp\n2,\\N\n3,\"a \\\"b\\\" \\\\ c\"\n4,\"d,e\"\r\n5,abc\"d\"e\r6,\"C:\\\\\"\n"
                + "7,\"it said \"\"no\"\"\"\n";
        ObjectNode spec = csv(lines, "id", "string", "remark", "string");
        spec.putObject("csv").put("quoted", true).put("header", false);

        complete(spec);

        assertThat(remarks())
                .containsExactly("C:temp", "N", "a \"b\" \\ c", "d,e", "abc\"d\"e", "C:\\", "it said \"no\"");
    }

    @Test
    void csvWithTabsAndAnEscapeCharacter() {
        ObjectNode spec = csv("1\ta\\\tb\n2\t\\N\n3\tC:\\\\temp\n4\t\"d\n", "id", "int", "remark", "string");
        spec.putObject("csv").put("delimiter", "\t").put("header", false).put("escape", "\\");

        complete(spec);

        assertThat(remarks()).containsExactly("a\tb", "null", "C:\\temp", "\"d");
    }

    private List<String> remarks() {
        return rows("select remark from flights order by id").stream()
                .map(List::getFirst)
                .toList();
    }

    /** The spec of a table with these lines. */
    private ObjectNode csv(String lines, String... columns) {
        table.with("dt=2013-02-08/part-0.csv", text(lines));
        ObjectNode spec = table.spec().put("format", "csv");
        spec.set("columns", TestLake.Table.columns(columns));
        spec.set("partitionKeys", TestLake.Table.columns("dt", "string"));
        return spec;
    }

    @Test
    void parquetOfEveryKindOfType() {
        table.with("dt=2013-02-08/part-0.parquet", Content.parquetOfManyTypes());
        ObjectNode spec = table.spec().put("format", "parquet");
        spec.set(
                "columns",
                TestLake.Table.columns(
                        "carrier", "string",
                        "delay", "int",
                        "distance", "double",
                        "cancelled", "boolean",
                        "departed", "timestamp",
                        "day", "date",
                        "price", "decimal(10,2)",
                        "stops", "array<string>",
                        "origin", "struct<code:string,gate:bigint>"));
        spec.set("partitionKeys", TestLake.Table.columns("dt", "string"));

        complete(spec);

        assertThat(rows("select carrier, delay, distance, cancelled, cast(departed as varchar), cast(day as varchar),"
                        + " price, cardinality(stops), origin.gate from flights order by carrier"))
                .containsExactly(
                        List.of(
                                "B6",
                                "-1",
                                "200.0",
                                "true",
                                "1969-12-31 23:59:59.000",
                                "1969-12-31",
                                "-0.01",
                                "0",
                                "null"),
                        List.of(
                                "UA",
                                "3",
                                "1400.5",
                                "false",
                                "2013-02-08 17:05:30.250",
                                "2013-02-08",
                                "199.90",
                                "2",
                                "12"),
                        List.of("null", "null", "null", "null", "null", "null", "null", "null", "null"));
    }

    @Test
    void aColumnThatTheTableGotBetweenTwoRuns() {
        table.withHours(1);
        complete(table.spec());
        pipeline.catalog().addColumn(table, "origin");
        table.with(
                TestLake.Table.hour(1) + "part-0.json",
                text("{\"carrier\": \"AA\", \"delay\": 5, \"origin\": \"JFK\"}\n"));

        complete(table.names());

        assertThat(rows("select hour, carrier, origin from flights where carrier in ('AA', 'UA') order by hour"))
                .containsExactly(List.of("00", "UA", "null"), List.of("01", "AA", "JFK"));
    }

    @Test
    void columnsAddedAtTheEndOfAParquetTable() {
        ObjectNode spec = table.spec().put("format", "parquet");
        spec.set("columns", TestLake.Table.columns("carrier", "string", "delay", "int"));
        spec.set("partitionKeys", TestLake.Table.columns("dt", "string"));
        table.with("dt=2013-02-08/part-0.parquet", Content.parquet());
        complete(spec);
        table.with("dt=2013-02-09/part-0.parquet", Content.parquetOfManyTypes());
        spec.set("columns", TestLake.Table.columns("carrier", "string", "delay", "int", "distance", "double"));

        complete(spec.put("onNewColumns", "append"));

        assertThat(rows("select dt, carrier, distance from flights where carrier = 'UA' order by dt"))
                .containsExactly(List.of("2013-02-08", "UA", "null"), List.of("2013-02-09", "UA", "1400.5"));
    }

    @Test
    void aFailedPartitionIsNotReadBeforeItIsHealed() {
        table.withHours(2).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());

        Finished partial = pipeline.run(table.spec());

        assertThat(partial.error()).endsWith("TablePartialException");
        assertThat(rows("select distinct hour from flights")).containsExactly(List.of("00"));

        table.withHours(2);
        assertThat(pipeline.redriveOf(partial).text("status")).isEqualTo("COMPLETE");

        assertThat(rows("select hour, count(*) from flights group by hour order by hour"))
                .containsExactly(List.of("00", "3"), List.of("01", "3"));
    }

    private void complete(ObjectNode input) {
        Finished run = pipeline.run(input);
        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
    }

    private List<List<String>> rows(String sql) {
        return trino.query(table.database(), sql);
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
