package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.World.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableDefinition;
import io.fanin.fakes.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answering a query over what is registered, from a catalog and a bucket in memory. */
class QueryCommandTest {

    private static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    private final World world = new World();
    private final GlueCatalog catalog = new GlueCatalog(world.aws.glue().client());

    @Test
    void rowsHaveTheColumnsAndTheKeys() {
        flights();

        assertThat(csv("select * from analytics.flights order by n"))
                .containsExactly("carrier,n,dt,hour", "UA,1,2013-02-08,17", "B6,2,2013-02-08,17", ",3,2013-02-08,18");
    }

    @Test
    void nothingButTheRegisteredObjectsIsRead() {
        flights();
        world.aws.log().reset();

        csv("select count(*) from analytics.flights");

        assertThat(world.aws.log().calls("GetObject"))
                .extracting(Call::target)
                .allMatch(target -> target.contains("a/1.json") || target.contains("b/1.json.gz"));
    }

    @Test
    void namesMayBeQuotedAndInCapitalsAndStandInAWith() {
        flights();

        assertThat(csv("with x as (select f.n from \"Analytics\".\"FLIGHTS\" f) select sum(n) as s from x"))
                .containsExactly("s", "6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from analytics.flights, read_csv('/etc/hosts')",
                "select (select content from read_text('/etc/hosts')) from analytics.flights",
                "drop table analytics.flights",
                "select 1 from analytics.flights; select 2 from analytics.flights",
                "selct",
                "select * from flights"
            })
    void otherFilesStatementsAndNamesAreRefused(String sql) {
        flights();

        Done done = world.run("query", sql);

        assertThat(done.code()).as(done.err()).isEqualTo(2);
        assertThat(done.err()).startsWith("error: ");
        assertThat(done.out()).isEmpty();
    }

    @Test
    void tablesWithoutDatabaseAreOfTheOneThatIsGiven() {
        flights();

        Done done = world.run("query", "--csv", "--database", "analytics", "select sum(n) as s from flights");

        assertThat(done.lines()).containsExactly("s", "6");
    }

    @Test
    void tableThatIsNotThereIsNamed() {
        Done done = world.run("query", "select 1 from analytics.none");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("analytics.none");
    }

    @Test
    void tableWithoutKeysIsWhatLiesAtItsLocation() {
        create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        world.aws.glue().alterTable("analytics", "flights", table -> table.remove("PartitionKeys"));
        put("a/1.json", "{\"carrier\": \"UA\", \"n\": 1}\n");

        assertThat(csv("select * from analytics.flights")).containsExactly("carrier,n", "UA,1");
    }

    @Test
    void failureNamesTheObject() {
        flights();
        put("a/9.json", "{\"n\": ");

        assertThat(world.run("query", "select sum(n) from analytics.flights").err())
                .contains("a/9.json");
    }

    @Test
    void tableWithoutPartitionsIsEmpty() {
        create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);

        assertThat(csv("select count(*) as c, max(hour) as m from analytics.flights"))
                .containsExactly("c,m", "0,");
    }

    @Test
    void expressionGoesToGlue() {
        flights();

        assertThat(world.run("query", "--csv", "--partitions", "hour > 17", "select n from analytics.flights")
                        .lines())
                .containsExactly("n", "3");
    }

    @Test
    void moreThanWasAllowedIsNotCopied() {
        flights();
        world.aws.log().reset();

        Done done = world.run("query", "--max-mib", "0", "select 1 from analytics.flights");

        assertThat(done.err())
                .contains("analytics.flights has 0 MiB in 3 objects of 2 partitions, and 0 MiB may be read")
                .contains("--max-mib");
        assertThat(world.aws.log().count("GetObject")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2, -, 2 failed partitions",
                "1, 3, 1 failed partition and 3 missing periods",
                "0, -, what is being registered"
            })
    void partialTableSaysWhatTheAnswerIsWithout(String failed, String missing, String without) {
        create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        world.setParameters(parameters -> {
            Map<String, String> all = new HashMap<>(parameters);
            all.putAll(Map.of("fanin.status", "PARTIAL", "fanin.failed", failed));
            if (missing != null) {
                all.put("fanin.missing", missing);
            }
            return all;
        });

        Done done = world.run("query", "select 1 from analytics.flights");

        assertThat(done.code()).isZero();
        assertThat(done.err()).isEqualTo("analytics.flights is PARTIAL: the answer is without " + without + ".\n");
    }

    @Test
    void nullOfHiveIsNull() {
        register(create(DataFormat.JSON, CsvOptions.DEFAULT, strings()), "__HIVE_DEFAULT_PARTITION__", "1", "a/");
        put("a/1.json", "{\"n\": 1}\n");

        assertThat(csv("select distinct dt from analytics.flights")).containsExactly("dt", "");
    }

    @Test
    void valuesWithQuotesStayValues() {
        register(create(DataFormat.JSON, CsvOptions.DEFAULT, strings()), "O'Hare", "\"", "q/");
        put("q/1.json", "{\"carrier\": \"'; drop view x; --\"}");

        assertThat(csv("select carrier, dt, hour from analytics.flights"))
                .containsExactly("carrier,dt,hour", "'; drop view x; --,O'Hare,\"\"\"\"");
    }

    @Test
    void csvIsReadAsTheProcessorReadsIt() {
        CatalogTable table = create(
                DataFormat.CSV,
                new CsvOptions(',', true, false, CsvOptions.DEFAULT.nullText()),
                KEYS,
                new Column("carrier", "string"),
                new Column("path", "string"));
        register(table, "2013-02-08", "17", "a/");
        put("a/1.csv", "\"x\\\"y\",\"C:\\\\tmp\"\n\"a,b\",\"1\"\n");

        assertThat(csv("select carrier, path from analytics.flights"))
                .containsExactly("carrier,path", "\"x\"\"y\",C:\\tmp", "\"a,b\",1");
    }

    @Test
    void numbersKeepTheirDigits() {
        CatalogTable table = create(
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                KEYS,
                new Column("d", "decimal(38,10)"),
                new Column("f", "double"));
        register(table, "2013-02-08", "17", "a/");
        put("a/1.json", "{\"d\": 1234567890123456789012345678.0123456789, \"f\": 12.5}\n");

        assertThat(csv("select d, f from analytics.flights"))
                .containsExactly("d,f", "1234567890123456789012345678.0123456789,12.5");
        assertThat(world.run("query", "--output", "json", "select d, f from analytics.flights")
                        .out())
                .isEqualTo(
                        "{\"columns\":[{\"name\":\"d\",\"type\":\"DECIMAL(38,10)\"},{\"name\":\"f\",\"type\":\"DOUBLE\"}],"
                                + "\"rows\":[[1234567890123456789012345678.0123456789,12.5]]}\n");
    }

    @Test
    void gridTellsNullFromAnEmptyText() {
        flights();

        assertThat(world.run(
                                "query",
                                "select null as n, '' as e, true as t, ['a', null] as l from analytics.flights limit 1")
                        .lines())
                .containsExactly(
                        "n     e  t     l", "----  -  ----  ----------", "NULL     true  [\"a\",null]", "1 row");
    }

    @Test
    void csvTellsNullFromAnEmptyTextAndNestsJson() {
        flights();

        assertThat(csv("select null as n, '' as e, true as t, ['a', null] as l, {'k': 1.50} as s,"
                        + " timestamp '2013-02-08 13:00:00' as m, 'a \"b\", c' as x from analytics.flights limit 1"))
                .containsExactly(
                        "n,e,t,l,s,m,x",
                        ",\"\",true,\"[\"\"a\"\",null]\",\"{\"\"k\"\":1.50}\",2013-02-08 13:00:00,\"a \"\"b\"\", c\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON | {\"carrier\": \"UA\", \"n\": 1} | {\"carrier\": \"B6\", \"n\": 2, \"gate\": \"A1\"}",
                "CSV  | UA,1                           | B6,2,A1"
            })
    void columnThatWasAddedIsNullInEarlierPartitions(DataFormat format, String before, String after) {
        CsvOptions headless = new CsvOptions(',', false, false, Optional.empty());
        CatalogTable table = create(format, headless, KEYS);
        register(table, "2013-02-08", "17", "a/");
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(new Column("gate", "string"));
        register(catalog.appendColumns(table, columns), "2013-02-08", "18", "b/");
        put("a/1", before + "\n");
        put("b/1", after + "\n");

        assertThat(csv("select carrier, n, gate from analytics.flights order by n"))
                .containsExactly("carrier,n,gate", "UA,1,", "B6,2,A1");
    }

    @Test
    void serdeThatNoQueryReadsIsNamed() {
        create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        world.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> table.withObject("/StorageDescriptor/SerdeInfo")
                                .put("SerializationLibrary", "org.example.Avro"));

        assertThat(world.run("query", "select 1 from analytics.flights").err())
                .contains("analytics.flights", "org.example.Avro");
    }

    private List<String> csv(String sql) {
        Done done = world.run("query", "--csv", sql);
        assertThat(done.code()).as(done.err()).isZero();
        return done.lines();
    }

    private void flights() {
        CatalogTable table = create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        register(table, "2013-02-08", "17", "a/");
        register(table, "2013-02-08", "18", "b/");
        put("a/1.json", "{\"carrier\": \"UA\", \"n\": 1}\n{\"carrier\": \"B6\", \"n\": 2}\n");
        put("a/_SUCCESS", "x");
        put("a/empty.json", "");
        world.aws.s3().put("lake", "b/1.json.gz", gzip("{\"n\": 3}\n"));
        put("bb/1.json", "{\"carrier\": \"no partition\", \"n\": 9}\n");
        put("c/1.json", "{\"carrier\": \"not registered\", \"n\": 9}\n");
    }

    private CatalogTable create(DataFormat format, CsvOptions csv, List<PartitionKey> keys, Column... columns) {
        return catalog.createTableIfAbsent(
                new TableDefinition(
                        World.FLIGHTS,
                        S3Location.of("s3://lake/a/"),
                        format,
                        csv,
                        columns.length > 0
                                ? List.of(columns)
                                : List.of(new Column("carrier", "string"), new Column("n", "int")),
                        keys,
                        TableDefinition.HIVE_LAYOUT),
                Map.of());
    }

    private void register(CatalogTable table, String dt, String hour, String prefix) {
        catalog.register(
                table,
                List.of(new PartitionRegistration(PartitionValues.of(dt, hour), "s3://lake/" + prefix, Map.of())));
    }

    private static List<PartitionKey> strings() {
        return List.of(new PartitionKey("dt", KeyType.STRING), new PartitionKey("hour", KeyType.STRING));
    }

    private void put(String key, String content) {
        world.aws.s3().put("lake", key, content);
    }

    private static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
