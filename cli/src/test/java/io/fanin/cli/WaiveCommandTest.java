package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Partitions are waived, and waivers taken back, by executions. */
class WaiveCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void waivedPartitionsAreTheInputOfAnExecution() {
        cli.stepFunctions.startsWith(name -> succeeded(
                name,
                Map.of(
                        "table",
                        "analytics.flights",
                        "status",
                        "COMPLETE",
                        "registered",
                        0,
                        "outstanding",
                        0,
                        "waived",
                        2)));

        Done done = cli.run(
                "waive",
                "analytics.flights",
                "dt=2013-02-08/hour=17",
                "[\"2013-02-08\", 18]",
                "--reason",
                "lost",
                "--until",
                "2026-12-01T00:00:00Z");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("analytics.flights is COMPLETE: 0 registered, 0 outstanding, 2 waived.");
        String rest =
                "\"reason\":\"lost\",\"by\":\"arn:aws:iam::000000000000:user/ann\",\"until\":\"2026-12-01T00:00:00Z\"}";
        assertThat(cli.stepFunctions.inputs)
                .containsExactly("{\"database\":\"analytics\",\"table\":\"flights\",\"waive\":["
                        + "{\"partition\":\"dt=2013-02-08/hour=17\"," + rest + ",{\"partition\":[\"2013-02-08\",18],"
                        + rest
                        + "]}");
    }

    @Test
    void waiverIsTakenBackByAnExecution() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(cli.run("unwaive", "analytics.flights", "dt=2013-02-08/hour=17")
                        .code())
                .isZero();
        assertThat(cli.stepFunctions.inputs)
                .containsExactly(
                        "{\"database\":\"analytics\",\"table\":\"flights\",\"unwaive\":[\"dt=2013-02-08/hour=17\"]}");
    }

    @Test
    void waiverWithoutAReasonIsRefused() {
        assertThat(cli.run("waive", "analytics.flights", "dt=2013-02-08/hour=17")
                        .code())
                .isEqualTo(2);
    }
}
