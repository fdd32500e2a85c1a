package io.fanin.cli;

import static io.fanin.cli.AllTablesFixture.item;
import static io.fanin.cli.AllTablesFixture.parentArn;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.answer.TablesSummary;
import io.fanin.core.tables.SkippedTable;
import io.fanin.fakes.Fault;
import io.fanin.model.cost.CountedRuns;
import io.fanin.model.cost.Prices;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The commands that store specs, and that start, redrive and show runs of all tables. */
class AllTablesCommandsTest {

    private static final String DELAYS = CliFixture.SPEC.replace("flights", "delays");
    private static final String APPLIED = "specs/analytics/flights.json";

    private final AllTablesFixture fixture = new AllTablesFixture();
    private final CliFixture cli = fixture.cli;
    private final List<String> redriven = new ArrayList<>();

    AllTablesCommandsTest() {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.parameters.put("RawDatabases", "");
        cli.stepFunctions.onRedrive(redriven::add);
    }

    @Test
    void specThatTheStackRefusesIsStoredWithAWarning() {
        cli.parameters.put("DataBuckets", "raw-*");

        Done done = cli.run("apply", CliFixture.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.err())
                .startsWith(
                        "analytics.flights: its runs are refused until the spec, the stack or the catalog is changed: ")
                .contains("s3://lake/flights/ lies outside the stack's data buckets (DataBuckets names raw-*")
                .contains("name the bucket in the stack's parameter DataBuckets");
        cli.parameters.put("DataBuckets", "raw-*,lake");
        assertThat(cli.run("apply", CliFixture.SPEC).err()).isEmpty();
    }

    @Test
    void appliedSpecsAreTheTablesThatAreRun() {
        Done applied = cli.run("apply", CliFixture.SPEC, DELAYS);

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.lines())
                .containsExactly(
                        "analytics.flights: s3://lake/specs/analytics/flights.json",
                        "analytics.delays: s3://lake/specs/analytics/delays.json");
        cli.aws.s3().put("lake", "specs/broken.json", "{");

        Done tables = cli.run("tables");

        assertThat(tables.lines())
                .anyMatch(line -> line.matches("analytics\\.flights +s3://lake/specs/analytics/flights\\.json"))
                .anyMatch(line -> line.matches("analytics\\.delays +s3://lake/specs/analytics/delays\\.json"))
                .anyMatch(line -> line.startsWith("s3://lake/specs/broken.json") && line.contains("UNREADABLE"));
    }

    @Test
    void monthOfAllTablesHasTheirMetrics() {
        cli.parameters.put("TableMetrics", "lag");
        cli.run("apply", CliFixture.SPEC, DELAYS);
        int metrics = CountedRuns.KNOWN.stackMetrics() + 2;

        assertThat(cli.run("tables", "--month").out())
                .contains("2 tables in a month of 730 runs")
                .contains("of that for metrics            $%.2f".formatted(metrics * Prices.LIST.metricMonth()));
    }

    @Test
    void specThatIsAppliedAgainTakesTheOldOnesPlace() {
        cli.run("apply", CliFixture.SPEC);

        assertThat(cli.run("apply", CliFixture.SPEC.replace("s3://lake/flights/", "s3://lake/f/"))
                        .code())
                .isZero();

        assertThat(new String(cli.aws.s3().get("lake", APPLIED).orElseThrow(), StandardCharsets.UTF_8))
                .contains("s3://lake/f/");
    }

    @Test
    void specThatIsDisabledIsStoredForItsTableAlone() {
        Done applied = cli.run("apply", "--disabled", CliFixture.SPEC);

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(cli.run("tables").lines())
                .anyMatch(
                        line -> line.startsWith("s3://lake/specs/analytics/flights.json") && line.contains("DISABLED"));
        assertThat(cli.run("apply", CliFixture.SPEC).code()).isZero();
        assertThat(cli.run("tables").out()).doesNotContain("DISABLED");
    }

    @Test
    void ofSpecsOfWhichOneIsRefusedNoneIsApplied() {
        Done done = cli.run("apply", CliFixture.SPEC, DELAYS.replace("\"json\"", "\"xml\""));

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("$.format");
        assertThat(cli.aws.s3().keys("lake")).isEmpty();
    }

    @Test
    void tableThatHasAnotherSpecKeepsIt() {
        cli.aws.s3().put("lake", "specs/mine.json", CliFixture.SPEC);

        Done done = cli.run("apply", CliFixture.SPEC);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("table analytics.flights has a spec already, s3://lake/specs/mine.json");
        assertThat(cli.aws.s3().keys("lake")).containsExactly("specs/mine.json");
    }

    @Test
    void specThatMayNotBeWrittenIsNamedWithThoseThatAre() {
        cli.aws.faults().on("PutObject").nth(2).then(new Fault.Fail(403, "AccessDenied", "Access Denied"));

        Done done = cli.run("apply", CliFixture.SPEC, DELAYS);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("s3://lake/specs/analytics/delays.json was not stored: Access Denied")
                .contains("stored are s3://lake/specs/analytics/flights.json")
                .contains("hint: you need s3:PutObject there");
    }

    @Test
    void twoSpecsOfOneTableAreRefused() {
        assertThat(cli.run("apply", CliFixture.SPEC, CliFixture.SPEC).err())
                .contains("table analytics.flights has several of the specs");
        assertThat(cli.aws.s3().keys("lake")).isEmpty();
    }

    @Test
    void stackWithoutAFolderOfSpecsTakesNone() {
        cli.parameters.clear();

        assertThat(cli.run("apply", CliFixture.SPEC).err())
                .contains("deploy it with SpecBuckets=BUCKET and SpecsLocation=s3://BUCKET/specs/");
    }

    @Test
    void runOfAllTablesEndsInATableOfThem() {
        cli.stepFunctions.startsWith(name -> {
            fixture.report(name, Map.of("flights", TableOutcome.COMPLETE, "delays", TableOutcome.NOTHING_NEW));
            return succeeded(name, Map.of());
        });

        Done done = cli.run("run", "--all", "{\"tables\": [\"analytics.*\"]}");

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(cli.stepFunctions.inputs).containsExactly("{\"tables\":[\"analytics.*\"]}");
        assertThat(done.lines().getFirst()).isEqualTo("Execution all-20130209T150001-234");
        assertThat(done.lines())
                .contains("all-20130209T150001-234: COMPLETE (1 COMPLETE, 1 NOTHING_NEW)")
                .anyMatch(line -> line.startsWith("analytics.delays") && line.contains("NOTHING_NEW"));
    }

    @Test
    void interruptionPrintsThatTheExecutionContinues() {
        cli.stepFunctions.startsWith(name -> succeeded(name, Map.of()));
        cli.run("run", "--all");

        assertThat(cli.notices).hasSize(1);
        cli.notices.getFirst().run();
        assertThat(cli.told())
                .contains("The execution goes on: all-20130209T150001-234")
                .contains("follow it: fanin status --all all-20130209T150001-234")
                .contains("stop-execution --execution-arn " + parentArn("all-20130209T150001-234"));
    }

    @Test
    void failedRunSaysWhyAndWhatToDoWithoutStackTrace() {
        Map<String, Object> cause =
                Map.of("errorMessage", "s3://lake/specs/ cannot be listed", "stackTrace", List.of());
        cli.stepFunctions.startsWith(name -> failed(name, "io.fanin.core.s3.S3AccessException", cause));

        Done done = cli.run("run", "--all");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines())
                .satisfiesOnlyOnce(line -> assertThat(line).endsWith(": FAILED, s3://lake/specs/ cannot be listed"))
                .last()
                .asString()
                .startsWith("What to do: ");
    }

    @Test
    void runShowsHowManyTablesThereAre() {
        String name = "all-20130209T150001-234";
        cli.stepFunctions
                .put(
                        succeeded(name, Map.of()).toBuilder()
                                .executionArn(parentArn(name))
                                .build(),
                        FakeStepFunctions.exited(1, Map.of("next", "RUN", "tables", 2)),
                        FakeStepFunctions.entered(2, "Fan out over tables", "Map"))
                .startsWith(started -> succeeded(started, Map.of()));

        assertThat(cli.run("run", "--all").lines())
                .containsSubsequence("  Fan out over tables (2 tables)", name + ": SUCCEEDED, no table was run");
    }

    @Test
    void statusOfARunningExecutionSaysThatItRuns() {
        cli.stepFunctions.put(
                described("all-1", "RUNNING").executionArn(parentArn("all-1")).build());

        assertThat(cli.run("status", "--all", "all-1").lines())
                .containsExactly("all-1: RUNNING, its outcomes are summarized when it ends");
        assertThat(cli.run("status", "--all", "all-1", "--output", "json").json())
                .isEqualTo(Json.read(
                        "{'run': 'all-1', 'execution': '%s', 'status': 'RUNNING', 'message': '%s'}"
                                .formatted(parentArn("all-1"), "its outcomes are summarized when it ends")
                                .replace('\'', '"'),
                        ObjectNode.class,
                        "the answer"));
    }

    @Test
    void statusOfARunWhoseReportHasExpiredIsThatOfItsOutput() {
        Object output = new TablesSummary(
                new RunId("all-1"),
                TableStatus.COMPLETE,
                Map.of(TableOutcome.COMPLETE, 2L, TableOutcome.FAILED, 0L),
                1,
                1,
                "s3://state/all-tables/all-1/report.json");
        cli.stepFunctions.put(succeeded("all-1", output).toBuilder()
                .executionArn(parentArn("all-1"))
                .build());

        Done done = cli.run("status", "--all", "all-1");

        assertThat(done.lines())
                .containsExactly("all-1: SUCCEEDED, its report has expired. It was COMPLETE (2 COMPLETE, 1 left out by"
                        + " mistake)");
        assertThat(done.code()).isEqualTo(2);
    }

    @Test
    void unfinishedTablesAreRedrivenBeforeTheRun() {
        fixture.parent("all-1");
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL, "delays", TableOutcome.COMPLETE));
        TableItem flights = item("all-1", "flights", 1);
        cli.stepFunctions
                .put(described(flights.name(), "FAILED")
                        .redriveStatus("REDRIVABLE")
                        .build())
                .onRedrive(arn -> {
                    redriven.add(arn);
                    if (arn.equals(flights.execution())) {
                        cli.stepFunctions.put(described(flights.name(), "SUCCEEDED")
                                .redriveCount(1)
                                .build());
                    } else {
                        fixture.report(
                                "all-1", Map.of("flights", TableOutcome.COMPLETE, "delays", TableOutcome.COMPLETE));
                        cli.stepFunctions.put(described("all-1", "SUCCEEDED")
                                .executionArn(arn)
                                .redriveCount(1)
                                .build());
                    }
                });

        Done done = cli.run("redrive", "--all", "all-1");

        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(redriven).containsExactly(flights.execution(), parentArn("all-1"));
        assertThat(done.lines()).contains("all-1: COMPLETE (2 COMPLETE)");
        cli.notices.getFirst().run();
        assertThat(cli.told()).contains("the run is not redriven yet", "fanin redrive --all all-1");
    }

    @Test
    void planOfARedriveStartsNothing() {
        fixture.parent("all-1");
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL, "delays", TableOutcome.COMPLETE));
        cli.stepFunctions.onRedrive(redriven::add).startsWith(name -> succeeded(name, Map.of()));

        Done done = cli.run("redrive", "--all", "--plan", "all-1");

        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(done.lines()).first().isEqualTo("all-1: 1 table would be run again.");
        assertThat(done.out()).contains("analytics.flights").doesNotContain("analytics.delays");
        assertThat(redriven).isEmpty();
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    @Test
    void endpointWithoutRedriveGetsNewExecutions() {
        fixture.parent("all-1");
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL, "delays", TableOutcome.FAILED));
        TableItem flights = item("all-1", "flights", 1);
        cli.stepFunctions
                .put(described(flights.name(), "FAILED")
                        .redriveStatus("REDRIVABLE")
                        .build())
                .refuse("RedriveExecution", "InternalFailure", "not implemented", 501)
                .startsWith(name -> {
                    fixture.report(name, Map.of("flights", TableOutcome.COMPLETE));
                    return succeeded(name, Map.of());
                });

        Done done = cli.run("redrive", "--all", "all-1");

        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(cli.stepFunctions.inputs)
                .containsExactlyInAnyOrder(
                        "{\"redriveOf\":\"" + flights.name() + "\"}",
                        Json.text(item("all-1", "delays", 0).input()),
                        "{}");
    }

    @Test
    void partialRunIsShownWithItsOwnExitCode() {
        fixture.parent("all-1");
        fixture.report("all-1", Map.of("flights", TableOutcome.PARTIAL));

        Done done = cli.run("status", "--all", "all-1");

        assertThat(done.code())
                .isEqualTo(
                        cli.run("status", "--all", "all-1", "--output", "json").code())
                .isEqualTo(1);
        assertThat(done.lines())
                .contains("all-1: PARTIAL (1 PARTIAL)")
                .last()
                .asString()
                .contains("fanin redrive --all all-1");
        assertThat(cli.run("status", "--all", "all-1", "--output", "json")
                        .json()
                        .at("/results/0/table")
                        .asText())
                .isEqualTo("analytics.flights");
    }

    /** Nothing has failed, but new data of the table is ignored. */
    @Test
    void tableThatIsLeftOutByMistakeIsAFailure() {
        fixture.parent("all-1");
        for (SkippedTable.Reason reason : SkippedTable.Reason.values()) {
            new AllTablesFolder(cli.store, new RunId("all-1"))
                    .write(AllTablesReport.of(
                            new RunId("all-1"),
                            parentArn("all-1"),
                            List.of(),
                            List.of(new SkippedTable(
                                    "s3://specs/a.json", Optional.empty(), reason, "it is cut short"))));

            Done done = cli.run("status", "--all", "all-1");

            assertThat(done.code()).as(reason.name()).isEqualTo(reason.isMistake() ? 2 : 0);
            assertThat(done.out())
                    .contains(
                            "all-1: COMPLETE (no table was run"
                                    + (reason.isMistake() ? ", 1 left out by mistake)" : ")"),
                            "it is cut short")
                    .doesNotContain("outcome");
        }
    }
}
