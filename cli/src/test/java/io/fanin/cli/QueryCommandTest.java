package io.fanin.cli;

import static io.fanin.cli.QueryFixture.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.fakes.Call;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over registered data, with a catalog and a bucket in memory. */
class QueryCommandTest {

    private final QueryFixture fixture = new QueryFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void rowsHaveTheColumnsAndTheKeys() {
        fixture.flights();

        assertThat(fixture.csv("select * from analytics.flights order by n"))
                .containsExactly("carrier,n,dt,hour", "UA,1,2013-02-08,17", "B6,2,2013-02-08,17", ",3,2013-02-08,18");
    }

    @Test
    void nothingButTheRegisteredObjectsIsRead() {
        fixture.flights();
        cli.aws.log().reset();

        fixture.csv("select count(*) from analytics.flights");

        assertThat(cli.aws.log().calls("GetObject"))
                .extracting(Call::target)
                .allMatch(target -> target.contains("a/1.json") || target.contains("b/1.json.gz"));
    }

    /** Copies of a table may take all of a small disk. */
    @Test
    void interruptionLeavesNoCopies() throws IOException {
        fixture.flights();
        Set<Path> before = temporary();
        List<Set<Path>> during = new ArrayList<>();
        cli.aws.faults().on("GetObject").thenRunAfter(() -> {
            during.add(temporary());
            cli.notices.getFirst().run();
            during.add(temporary());
        });

        cli.run("query", "select count(*) from analytics.flights");

        assertThat(during.getFirst()).hasSize(before.size() + 1);
        assertThat(during.get(1)).isEqualTo(before);
    }

    private static Set<Path> temporary() {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith(Fanin.TEMPORARY))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesMayBeQuotedAndInCapitalsAndStandInAWith() {
        fixture.flights();

        assertThat(fixture.csv("with x as (select f.n from \"Analytics\".\"FLIGHTS\" f) select sum(n) as s from x"))
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
        fixture.flights();

        Done done = cli.run("query", sql);

        assertThat(done.code()).as(done.err()).isEqualTo(2);
        assertThat(done.err()).startsWith("error: ");
        assertThat(done.out()).isEmpty();
    }

    @Test
    void tablesWithoutDatabaseAreOfTheOneThatIsGiven() {
        fixture.flights();

        Done done = cli.run("query", "--csv", "--database", "analytics", "select sum(n) as s from flights");

        assertThat(done.lines()).containsExactly("s", "6");
    }

    @Test
    void tableThatIsNotThereIsNamed() {
        Done done = cli.run("query", "select 1 from analytics.none");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("analytics.none");
    }

    @Test
    void tableWithoutKeysIsWhatLiesAtItsLocation() {
        fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        cli.aws.glue().alterTable("analytics", "flights", table -> table.remove("PartitionKeys"));
        fixture.put("a/1.json", "{\"carrier\": \"UA\", \"n\": 1}\n");

        assertThat(fixture.csv("select * from analytics.flights")).containsExactly("carrier,n", "UA,1");
    }

    @Test
    void failureNamesTheObject() {
        fixture.flights();
        fixture.put("a/9.json", "{\"n\": ");

        assertThat(cli.run("query", "select sum(n) from analytics.flights").err())
                .contains("a/9.json");
    }

    @Test
    void tableWithoutPartitionsIsEmpty() {
        fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);

        assertThat(fixture.csv("select count(*) as c, max(hour) as m from analytics.flights"))
                .containsExactly("c,m", "0,");
    }

    @Test
    void expressionGoesToGlue() {
        fixture.flights();

        assertThat(cli.run("query", "--csv", "--partitions", "hour > 17", "select n from analytics.flights")
                        .lines())
                .containsExactly("n", "3");
    }

    @Test
    void moreThanWasAllowedIsNotCopied() {
        fixture.flights();
        cli.aws.log().reset();

        Done done = cli.run("query", "--max-mib", "0", "select 1 from analytics.flights");

        assertThat(done.err())
                .contains("analytics.flights has 0 MiB in 3 objects of 2 partitions, and 0 MiB may be read")
                .contains("--max-mib");
        assertThat(cli.aws.log().count("GetObject")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2, -, '2 failed partitions (unless still registered); fanin status analytics.flights --region eu-west-1 tells which'",
                "1, 3, '3 missing periods and 1 failed partition (unless still registered); fanin status analytics.flights --region eu-west-1 tells which'",
                "0, -, what is being registered"
            })
    void partialTableSaysWhatTheAnswerIsWithout(String failed, String missing, String without) {
        fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        cli.setParameters(parameters -> {
            Map<String, String> all = new HashMap<>(parameters);
            all.putAll(Map.of("fanin.status", "PARTIAL", "fanin.failed", failed));
            if (missing != null) {
                all.put("fanin.missing", missing);
            }
            return all;
        });

        Done done = cli.run("query", "--region", "eu-west-1", "select 1 from analytics.flights");

        assertThat(done.code()).isZero();
        assertThat(done.err()).isEqualTo("analytics.flights is PARTIAL: the answer is without " + without + ".\n");
    }

    @Test
    void serdeThatNoQueryReadsIsNamed() {
        fixture.create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        cli.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> table.withObject("/StorageDescriptor/SerdeInfo")
                                .put("SerializationLibrary", "org.example.Avro"));

        assertThat(cli.run("query", "select 1 from analytics.flights").err())
                .contains("analytics.flights", "org.example.Avro");
    }
}
