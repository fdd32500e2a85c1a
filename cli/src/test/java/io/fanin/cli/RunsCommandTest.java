package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.EndedRun.REPORT;
import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.running;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.alltables.TableItem;
import io.fanin.model.json.Json;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The runs of a table are listed. */
class RunsCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void runsOfATableAreListedNewestFirst() {
        cli.stepFunctions
                .put(succeeded("b", COMPLETE))
                .put(failed("flights-1", HELD, Map.of()))
                .put(succeeded("other", Map.of("table", "analytics.other")));
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/spec.json", CliFixture.SPEC);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));

        Done done = cli.run("runs", "analytics.flights");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).hasSize(4);
        assertThat(done.lines().get(2)).startsWith("b ").contains("SUCCEEDED");
        assertThat(done.lines().getLast()).matches("flights-1 +FAILED +2013-02-09T00:00:00Z +0 +22 +2 +2");
        JsonNode json = cli.run("runs", "--max", "1", "--output", "json", "analytics.flights")
                .json();
        assertThat(json.fieldNames()).toIterable().containsExactly("table", "runs", "unknown");
        assertThat(json.path("runs")).hasSize(1);
        assertThat(cli.run("runs", "analytics.none").out()).contains("No run of analytics.none");
    }

    /** Nothing else in the line of an execution that succeeded says that the table is partial. */
    @Test
    void missingPeriodsAreCountedBesideOutstandingPartitions() {
        cli.stepFunctions.put(succeeded("flights-1", COMPLETE));
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/spec.json", CliFixture.SPEC);
        Map<String, Object> report = new HashMap<>(REPORT);
        report.put("missing", 3);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/report.json", Json.text(report));

        assertThat(cli.run("runs", "analytics.flights").lines().getLast()).endsWith(" 2 + 3 missing");
    }

    @Test
    void runsWithAPassAreFoundHoweverManyOthersFollow() {
        history("nightly-1", "analytics-flights-2");
        others(3_000);
        cli.stepFunctions.put(failed("nightly-1", HELD, Map.of()));

        Done done = cli.run("runs", "analytics.flights");

        assertThat(done.lines())
                .anyMatch(line -> line.matches("analytics-flights-2 +- +2013-02-02T00:00:00Z +0 +24 +2 +2"))
                .anyMatch(line -> line.matches("nightly-1 +FAILED +2013-02-09T00:00:00Z +0 +24 +1 +1"))
                .anyMatch(line -> line.startsWith("Of the time before 2013-02-09T00:00:00Z only"));
    }

    @Test
    void requestsDoNotGrowWithTheExecutionsOfOthers() {
        history("nightly-1", "nightly-2", "nightly-3");
        int alone = requests();

        others(900);
        assertThat(requests()).as("one page").isEqualTo(alone);

        others(1_200);
        int many = requests();
        assertThat(many).as("a list for each status").isEqualTo(alone + 4);

        others(5_000);
        assertThat(requests()).isEqualTo(many).isLessThanOrEqualTo(11);
    }

    @Test
    void executionsWithoutAPassAreFoundByTheirNames() {
        String item = item("flights");
        cli.stepFunctions
                .put(running("analytics-flights-20130209T150001-234"))
                .put(failed(item, "io.fanin.model.spec.rules.InvalidSpecException", Map.of()))
                .put(failed(item("delays"), "io.fanin.model.spec.rules.InvalidSpecException", Map.of()));
        cli.aws.s3().put(CliFixture.BUCKET, "runs/" + item + "/spec.json", CliFixture.SPEC);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/analytics-flights-20130209T150001-234/spec.json", CliFixture.SPEC);
        others(2_000);

        Done done = cli.run("runs", "analytics.flights");

        assertThat(done.lines())
                .anyMatch(line -> line.matches("analytics-flights-20130209T150001-234 +RUNNING .* - +- +-"))
                .anyMatch(line -> line.startsWith(item) && line.contains("FAILED"))
                .noneMatch(line -> line.contains("delays"));
    }

    @Test
    void planIsNoRun() {
        cli.stepFunctions
                .put(described("analytics-flights-20130209T150001-234", "SUCCEEDED")
                        .input("{\"database\": \"analytics\", \"table\": \"flights\", \"dryRun\": true}")
                        .build())
                .put(running("analytics-flights-20130209T150002-000"));

        assertThat(cli.run("runs", "analytics.flights").lines())
                .anyMatch(
                        line -> line.matches("analytics-flights-20130209T150001-234 +SUCCEEDED \\(plan\\) .* - +- +-"))
                .noneMatch(line -> line.contains("RUNNING (plan)"));
        JsonNode runs =
                cli.run("runs", "analytics.flights", "--output", "json").json().path("runs");
        assertThat(runs.findValues("plan")).extracting(JsonNode::asBoolean).containsExactly(true);
    }

    @Test
    void similarNameIsNoProof() {
        cli.stepFunctions.put(described("analytics-flights-late-20130209T150001-234", "FAILED")
                .input("{\"database\": \"analytics\", \"table\": \"flights-late\"}")
                .build());

        assertThat(cli.run("runs", "analytics.flights").lines())
                .containsExactly("No run of analytics.flights is known.");
    }

    @Test
    void executionsThatWereNotLookedAtAreCounted() {
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "mine-" + i).toList();
        names.forEach(name -> cli.stepFunctions.put(failed(name, "States.Runtime", Map.of())));

        assertThat(cli.run("runs", "analytics.flights").lines())
                .containsExactly(
                        "No run of analytics.flights is known.",
                        "10 other executions were not looked at: their names do not tell their tables, and analytics.flights"
                                + " has no pass of theirs. A larger --max looks at more of them.");
        assertThat(cli.run("runs", "analytics.flights", "--output", "json")
                        .json()
                        .path("unknown")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    void holderOfTheLeaseIsLookedAtFirst() {
        IntStream.range(0, 30).forEach(i -> cli.stepFunctions.put(failed("mine-" + i, "States.Runtime", Map.of())));
        cli.stepFunctions.put(running("by-hand"));
        cli.aws.s3().put(CliFixture.BUCKET, "runs/by-hand/spec.json", CliFixture.SPEC);
        cli.aws.s3().put(CliFixture.BUCKET, "tables/analytics/flights/lease.json", """
                        {"version": 1, "holder": "%s", "run": "by-hand", "acquisition": "1"}
                        """.formatted(
                        FakeStepFunctions.arn("by-hand")));

        assertThat(cli.run("runs", "analytics.flights").lines()).anyMatch(line -> line.matches("by-hand +RUNNING .*"));
    }

    private int requests() {
        int before = cli.requests();
        assertThat(cli.run("runs", "analytics.flights").code()).isZero();
        return cli.requests() - before;
    }

    /** Executions of other tables that have succeeded, newer than all others. */
    private void others(int count) {
        IntStream.range(0, count)
                .forEach(i -> cli.stepFunctions.put(succeeded(item("delays" + i), Map.of("table", "analytics.x"))));
    }

    private static String item(String table) {
        ObjectNode input = Json.input().createObjectNode();
        return TableItem.of(0, new TableName("analytics", table), FakeStepFunctions.MACHINE, "all-1", input)
                .name();
    }

    /** A run that is redriven ends after later ones. */
    @Test
    void newestRunIsTheOneThatStartedLast() {
        history("redriven", "later");
        String key = "tables/analytics/flights/history.json";
        JsonNode history = Json.read(cli.store.get(key).orElseThrow().body(), JsonNode.class, key);
        ObjectNode first = history.path("runs").path(0).deepCopy();
        first.put("pass", 1).put("ended", "2013-02-07T00:00:00Z");
        cli.aws
                .s3()
                .put(
                        CliFixture.BUCKET,
                        key,
                        Json.text(Map.of(
                                "version",
                                1,
                                "runs",
                                List.of(history.path("runs").path(1), first),
                                "badRecords",
                                List.of())));

        assertThat(cli.run("runs", "--max", "1", "analytics.flights").lines())
                .noneMatch(line -> line.startsWith("redriven"))
                .anyMatch(line -> line.startsWith("later"));
    }

    /** The table's history with these runs, the last one last. */
    private void history(String... names) {
        List<Map<String, Object>> runs = new ArrayList<>();
        for (String name : names) {
            int number = runs.size() + 1;
            runs.add(Map.of(
                    "run",
                    name,
                    "execution",
                    FakeStepFunctions.arn(name),
                    "pass",
                    0,
                    "begun",
                    "2013-02-0" + number + "T00:00:00Z",
                    "ended",
                    "2013-02-0" + number + "T00:10:00Z",
                    "status",
                    "PARTIAL",
                    "registered",
                    24,
                    "failed",
                    number,
                    "outstanding",
                    number,
                    "processed",
                    25));
        }
        cli.aws
                .s3()
                .put(
                        CliFixture.BUCKET,
                        "tables/analytics/flights/history.json",
                        Json.text(Map.of("version", 1, "runs", runs, "badRecords", List.of())));
    }
}
