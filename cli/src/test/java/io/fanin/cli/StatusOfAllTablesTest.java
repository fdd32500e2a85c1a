package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.record.TableRecord;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The states of all tables, and the requests for them. */
class StatusOfAllTablesTest {

    /** The requests for the stack's outputs, the databases, the tables of one database, and failed executions. */
    private static final int LISTS = 3 + 6;

    private final CliFixture cli = new CliFixture();

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 250})
    void tableTakesOneRequestAndAHundredOneMore(int tables) {
        IntStream.range(0, tables).forEach(i -> table("t" + i));
        recorded(tables);

        assertThat(listed()).isEqualTo(tables);
        assertThat(cli.requests()).isEqualTo(LISTS + tables + (tables + 99) / 100);
    }

    @Test
    void fewAmongManyTablesOfOthersAreAskedForThemselves() {
        IntStream.range(0, 200).forEach(i -> table("t%03d".formatted(i)));
        records("t198", "t199");

        assertThat(listed()).isEqualTo(2);
        assertThat(cli.requests()).as("a page in vain").isEqualTo(LISTS + 1 + 2 * 2);
    }

    @Test
    void droppedTablesAreLeftOutAndTakeNoMore() {
        table("t0");
        records("t0", "t1", "t2");

        assertThat(listed()).isEqualTo(1);
        assertThat(cli.requests()).isEqualTo(LISTS + 1 + 3);
    }

    @Test
    void tableThatTheCatalogDoesNotShowHidesNoOther() {
        table("t0");
        records("t0", "t1");
        cli.aws
                .glue()
                .faults()
                .on("GetTable")
                .thenFail(400, "AccessDeniedException", "Insufficient Lake Formation permission(s) on t1");

        CliFixture.Done done = cli.run("status", "--region", "eu-west-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines())
                .anyMatch(line -> line.matches("analytics\\.t0 +COMPLETE .*"))
                .anyMatch(line -> line.matches("analytics\\.t1 +UNREADABLE .*"))
                .anyMatch(line -> line.contains("Insufficient Lake Formation permission(s) on t1"))
                .contains("  fanin doctor --region eu-west-1 names all tables that you may not read");
    }

    @Test
    void differenceOfATableHidesNoFailureOfAnother() {
        table("t0");
        records("t0");
        assertThat(cli.run("status").code()).as("its parameters differ").isEqualTo(4);
        table("t1");
        cli.records()
                .update(
                        new TableName("analytics", "t1"),
                        before -> TableRecord.NEW.withUnfit(new UnfitNames(2, "t1/26/", "'26' is no year", true)));

        CliFixture.Done done = cli.run("status");

        assertThat(done.lines())
                .anyMatch(line -> line.matches("analytics\\.t0 .*\\(differs\\).*"))
                .anyMatch(line -> line.matches("analytics\\.t1 .*\\(nothing fits\\).*"));
        assertThat(done.code()).isEqualTo(2);
    }

    @Test
    void runsWithoutATableAreNoTables() {
        table("t0");
        records("t0");
        IntStream.range(0, 50)
                .forEach(i -> cli.aws.s3().put(CliFixture.BUCKET, "tables/unnamed/" + i + "/state.json", "{}"));

        assertThat(listed()).isEqualTo(1);
        assertThat(cli.requests())
                .as("its list, and that Glue has no such database")
                .isEqualTo(LISTS + 2 + 2);
    }

    private int listed() {
        cli.aws.log().reset();
        cli.calls.clear();
        CliFixture.Done done = cli.run("status", "--output", "json");
        return done.json().path("tables").size();
    }

    private void recorded(int tables) {
        records(IntStream.range(0, tables).mapToObj(i -> "t" + i).toArray(String[]::new));
    }

    private void records(String... tables) {
        for (String table : tables) {
            cli.records().update(new TableName("analytics", table), before -> StatusFixture.COMPLETE);
        }
    }

    private void table(String name) {
        try {
            ResolvedSpec spec = new ResolvedSpec(
                    new SpecReader().read(Json.input().readTree(CliFixture.SPEC.replace("flights", name))));
            new GlueCatalog(cli.aws.glue().client(), Sleeper.SYSTEM).createTableIfAbsent(spec.definition(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
