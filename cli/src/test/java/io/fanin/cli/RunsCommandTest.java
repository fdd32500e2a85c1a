package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.EndedRun.REPORT;
import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.model.json.Json;
import java.util.Map;
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
        assertThat(json.fieldNames()).toIterable().containsExactly("table", "runs");
        assertThat(json.path("runs")).hasSize(1);
        assertThat(cli.run("runs", "analytics.none").out()).contains("No run of analytics.none");
    }
}
