package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.it.Script.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The commands that lead from a partial run to a complete table. */
@ExtendWith(Platform.class)
@ResourceLock(value = Platform.SPECS, mode = ResourceAccessMode.READ)
@ResourceLock(value = Platform.CRAWLERS, mode = ResourceAccessMode.READ)
class CommandLineIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Pipeline pipeline;

    CommandLineIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Test
    void partialTableIsSeenExplainedRedrivenAndQueried() {
        TestLake.Table table = pipeline.newTable()
                .withHours(3)
                .with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());

        Ended run = fanin("run", table.hourlySpec().toString());
        assertThat(run.code()).as(run.printed()).isEqualTo(1);
        assertThat(run.printed()).contains(table + " is PARTIAL: 2 registered, 1 outstanding.", "Truncated: object");
        String execution = run.printed().lines().findFirst().orElseThrow().replace("Execution ", "");

        JsonNode status = json(1, "status", "--output", "json", table.toString());
        assertThat(status.path("outstanding").asInt()).isEqualTo(1);
        assertThat(status.at("/lastRun/status").asText()).isEqualTo("HELD");
        assertThat(status.path("redrivable").asText()).isEqualTo(execution);

        Ended explained = fanin("explain", table.toString(), "dt=2013-02-08/hour=01");
        assertThat(explained.code()).as(explained.printed()).isEqualTo(1);
        assertThat(explained.printed()).contains("is not registered.", "of run " + execution, "Truncated: ");

        Ended planned = fanin("redrive", "--plan", execution);
        assertThat(planned.printed()).contains("1 partition would be processed again.");

        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());
        Ended redriven = fanin("redrive", execution);
        assertThat(redriven.code()).as(redriven.printed()).isZero();
        assertThat(redriven.printed()).contains(table + " is COMPLETE: 1 registered, 0 outstanding.");

        assertThat(json(0, "query", "--output", "json", "select count(*), max(delay), max(hour) from " + table)
                        .path("rows"))
                .hasToString("[[9,71,\"02\"]]");
        assertThat(json(0, "runs", "--output", "json", table.toString()).path("runs"))
                .hasSize(2);
        pipeline.clients().s3().createBucket(request -> request.bucket(TestLake.SPEC_BUCKET));
        Ended doctor = fanin("doctor");
        assertThat(doctor.code()).as(doctor.printed()).isZero();
    }

    @Test
    void specThatIsProposedRunsAsProposed() {
        TestLake.Table table = pipeline.newTable().withHours(1);
        assertThat(fanin("run", table.spec().toString()).code()).isZero();
        table.withHours(3);

        JsonNode proposed = json(0, "init", "--output", "json", table.toString());
        assertThat(proposed.at("/firstRun/unregistered/count").asInt()).isEqualTo(2);
        Ended run = fanin("run", proposed.path("spec").toString());
        assertThat(run.printed()).contains(table + " is COMPLETE: 2 registered, 0 outstanding.");

        JsonNode all = json(0, "init", "--output", "json", "--database", table.database());
        assertThat(all.path("tables")).hasSize(1);
        assertThat(all.at("/tables/0/firstRun/unregistered/count").asInt()).isZero();

        JsonNode raw = json(4, "init", "--output", "json", table.location());
        assertThat(raw.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(raw.path("findings").toString()).contains("state timeZone");
        assertThat(raw.at("/spec/columns").toString()).contains("carrier", "delay");
        assertThat(raw.at("/firstRun/found/count").asInt()).isEqualTo(3);
    }

    private JsonNode json(int code, String... arguments) {
        Ended ended = fanin(arguments);
        assertThat(ended.code()).as(ended.printed()).isEqualTo(code);
        return Json.read(ended.printed(), JsonNode.class, "the answer");
    }

    private Ended fanin(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--stack", Stack.NAME));
        String endpoint = pipeline.clients()
                .s3()
                .serviceClientConfiguration()
                .endpointOverride()
                .orElseThrow()
                .toString();
        return Script.end("fanin", all, Map.of("AWS_ENDPOINT_URL", endpoint), LIMIT);
    }
}
