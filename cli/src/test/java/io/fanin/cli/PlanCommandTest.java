package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.model.cost.CountedRuns;
import io.fanin.model.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan shows the work of a run, and changes nothing. */
class PlanCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void planIsShownAndNothingIsProcessed() {
        cli.stepFunctions.startsWith(name -> {
            plan(name);
            return succeeded(name, Map.of("table", "analytics.flights", "next", "PLANNED", "partitions", 1));
        });

        Done done = cli.run("plan", CliFixture.SPEC);

        assertThat(done.code()).isZero();
        assertThat(done.out())
                .contains("Planned: 1 partition of analytics.flights.")
                .contains("analytics.flights: 1 partition in 1 batch would be processed.");
        assertThat(cli.stepFunctions.inputs.getFirst()).endsWith("\"dryRun\":true}");
        assertThat(cli.run("plan", "--output", "json", CliFixture.SPEC)
                        .json()
                        .path("stateTransitions")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void monthIsShownWhereItIsAskedFor() {
        cli.stepFunctions.startsWith(name -> {
            plan(name);
            return succeeded(name, Map.of("table", "analytics.flights", "next", "PLANNED", "partitions", 1));
        });
        double hourly = 730 * CountedRuns.KNOWN.news().dollars();

        assertThat(cli.run("plan", "--month", CliFixture.SPEC).out())
                .contains("1 table in a month of 730 runs, at list prices of us-east-1")
                .contains("one new partition in each run  $%.2f".formatted(Math.ceil(100 * hourly) / 100))
                .contains("for metrics            $0.00");
        assertThat(cli.run("plan", "--month", "--every", "10m", "--output", "json", CliFixture.SPEC)
                        .json()
                        .at("/month/runs")
                        .asInt())
                .isEqualTo(4380);
        assertThat(cli.run("plan", CliFixture.SPEC).out()).doesNotContain("month");
        assertThat(cli.run("plan", "--month", "--every", "0h", CliFixture.SPEC).err())
                .contains("expected minutes, hours or days, such as 10m, 1h or 1d, found '0h'");
    }

    @Test
    void planWhoseSpecWasRefusedIsNotShown() {
        cli.stepFunctions.startsWith(name -> {
            plan(name);
            return failed(name, "io.fanin.model.spec.SpecException", Map.of("errorMessage", "no"));
        });

        Done done = cli.run("plan", CliFixture.SPEC);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).doesNotContain("would be processed");
    }

    private void plan(String run) {
        cli.aws
                .s3()
                .put(
                        CliFixture.BUCKET,
                        "runs/" + run + "/plan.json",
                        Json.text(Map.of(
                                "version",
                                1,
                                "run",
                                run,
                                "spec",
                                cli.spec(),
                                "table",
                                "analytics.flights",
                                "next",
                                "PROCESS",
                                "partitions",
                                1,
                                "batches",
                                1,
                                "detection",
                                Map.of("found", 0, "registered", 0, "skipped", Map.of(), "skippedSample", List.of()),
                                "requests",
                                Map.of(),
                                "stateTransitions",
                                7)));
    }
}
