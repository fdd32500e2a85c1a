package io.fanin.cli;

import static io.fanin.cli.AllTablesFixture.item;
import static io.fanin.cli.AllTablesFixture.parentArn;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.answer.TablesSummary;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Runs of all tables whose report is that of an earlier pass, or that cannot be redriven. */
class AllTablesPassesTest {

    private final AllTablesFixture fixture = new AllTablesFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void reportOfAnEarlierPassIsNotTheOutcomeOfARunningOne() {
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL));
        cli.stepFunctions.put(described("all-1", "RUNNING")
                .executionArn(parentArn("all-1"))
                .redriveCount(1)
                .build());

        Done done = cli.run("status", "--all", "all-1");

        assertThat(done.lines()).containsExactly("all-1: RUNNING, its outcomes are summarized when it ends");
        assertThat(done.code()).isEqualTo(3);
    }

    @Test
    void passThatFailedOtherwiseIsAFailureBesideTheReportOfTheOneBefore() {
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL));
        cli.stepFunctions.put(failed("all-1", "States.Timeout", Map.of("errorMessage", "too long")).toBuilder()
                .executionArn(parentArn("all-1"))
                .redriveCount(1)
                .build());

        Done done = cli.run("status", "--all", "all-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).contains("all-1: PARTIAL (1 PARTIAL)");
        assertThat(done.err()).contains("all-1 is FAILED, and its report may be that of a pass before: too long");
    }

    @Test
    void runThatFailedForItsTablesIsTheReportOfItsLastPass() {
        fixture.report("all-1", Map.of("delays", TableOutcome.FAILED, "flights", TableOutcome.PARTIAL));
        for (String error : List.of("TablesFailedException", "TablesPartialException")) {
            cli.stepFunctions.put(failed("all-1", "io.fanin.tablecreator.summary." + error, Map.of()).toBuilder()
                    .executionArn(parentArn("all-1"))
                    .build());

            Done done = cli.run("status", "--all", "all-1");

            assertThat(done.code()).as(error).isEqualTo(1);
            assertThat(done.err()).as(error).isEmpty();
            assertThat(done.out()).contains("all-1: PARTIAL (1 PARTIAL, 1 FAILED)");
        }
    }

    @Test
    void inputThatARunOfAllTablesWouldRefuseStartsNone() {
        Done done = cli.run("run", "--all", CliFixture.SPEC);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("$.database: unknown field, expected one of: databases", "nothing was started");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    @Test
    void runThatIsTooOldForARedriveIsStartedAgain() {
        List<String> redriven = new ArrayList<>();
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL));
        TableItem flights = item("all-1", "flights", 0);
        cli.stepFunctions
                .put(failed("all-1", "x", Map.of()).toBuilder()
                        .executionArn(parentArn("all-1"))
                        .redriveStatus("NOT_REDRIVABLE")
                        .build())
                .put(described(flights.name(), "FAILED")
                        .redriveStatus("NOT_REDRIVABLE")
                        .build())
                .onRedrive(redriven::add)
                .startsWith(name -> succeeded(name, Map.of()));

        Done done = cli.run("redrive", "--all", "all-1");

        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(done.out()).contains("It can no longer be redriven: a new execution looks at all tables instead");
        assertThat(redriven).isEmpty();
        assertThat(cli.stepFunctions.inputs).containsExactly("{\"redriveOf\":\"" + flights.name() + "\"}", "{}");
    }

    /** For example a stopped redrive of a held execution: an ordinary run would skip partitions that are set aside. */
    @Test
    void whatAnExecutionThatFailedHasLeftIsTakenUp() {
        String name = AllTablesFixture.item("all-1", "flights", 0).name();
        fixture.parent("all-1");
        fixture.report(
                "all-1",
                Map.of("flights", TableOutcome.FAILED),
                result -> result.failedWith("ABORTED", "").withOutstanding(3));
        cli.stepFunctions
                .put(described(name, "ABORTED").redriveStatus("NOT_REDRIVABLE").build())
                .startsWith(started -> FakeStepFunctions.succeeded(started, Map.of()))
                .onRedrive(arn -> cli.stepFunctions.put(described("all-1", "SUCCEEDED")
                        .executionArn(arn)
                        .redriveCount(1)
                        .build()));

        cli.run("redrive", "--all", "all-1");

        assertThat(cli.stepFunctions.inputs).containsExactly("{\"redriveOf\":\"" + name + "\"}");
    }

    @Test
    void lastRunsAreListedWithTheirTables() {
        fixture.report("all-1", Map.of("delays", TableOutcome.COMPLETE, "flights", TableOutcome.PARTIAL));
        fixture.parent("all-1");
        fixture.report("all-4", Map.of("flights", TableOutcome.PARTIAL));
        Object output = new TablesSummary(
                new RunId("all-2"),
                TableStatus.COMPLETE,
                Map.of(TableOutcome.COMPLETE, 2L),
                1,
                1,
                "s3://state/all-tables/all-2/report.json");
        put(succeeded("all-2", output), 60);
        put(failed("all-3", "States.Timeout", Map.of()), 120);
        put(described("all-4", "RUNNING").redriveCount(1).build(), 180);
        cli.stepFunctions.put(described("of-a-table", "SUCCEEDED").build());

        Done done = cli.run("runs", "--all");

        assertThat(done.lines())
                .filteredOn(line -> !line.startsWith("-"))
                .containsExactly(
                        "execution  status     started               redrives  tables",
                        "all-4      RUNNING    2013-02-09T00:03:00Z  1         -",
                        "all-3      FAILED     2013-02-09T00:02:00Z  0         -",
                        "all-2      SUCCEEDED  2013-02-09T00:01:00Z  0         COMPLETE (2 COMPLETE, 1 left out by mistake)",
                        "all-1      FAILED     2013-02-09T00:00:00Z  0         PARTIAL (1 COMPLETE, 1 PARTIAL)",
                        "",
                        "One of them, table by table: fanin status --all all-4");
        assertThat(cli.run("runs", "--all", "--max", "2", "--output", "json")
                        .json()
                        .path("runs"))
                .extracting(run -> run.path("execution").asText())
                .containsExactly("all-4", "all-3");
        assertThat(cli.run("runs", "--all", "--output", "json").json().at("/runs/2/report"))
                .isEqualTo(Json.read(
                        "{'status': 'COMPLETE', 'totals': {'COMPLETE': 2}, 'leftOutByMistake': 1}".replace('\'', '"'),
                        ObjectNode.class,
                        "the end"));
    }

    private void put(DescribeExecutionResponse execution, int seconds) {
        cli.stepFunctions.put(execution.toBuilder()
                .executionArn(parentArn(execution.name()))
                .stateMachineArn(FakeStepFunctions.MACHINE + "-all")
                .startDate(FakeStepFunctions.THEN.plusSeconds(seconds))
                .build());
    }

    @Test
    void runsAreThoseOfATableOrOfAllTables() {
        assertThat(cli.run("runs", "--all").lines()).containsExactly("No run of all tables is known.");
        assertThat(cli.run("runs").err()).contains("expected a table or --all, and got neither");
        assertThat(cli.run("runs", "analytics.flights", "--all").err()).contains("expected a table or --all, not both");
    }
}
