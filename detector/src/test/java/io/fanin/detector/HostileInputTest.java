package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.input.AllTablesInput;
import io.fanin.model.json.HostileJson;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Any input of an execution is either accepted or refused with its JSON path. */
class HostileInputTest {

    private static final long SEED = 20261122;

    /** Longer values only take longer here: what they lead to is tried with the spec by itself. */
    private static final int LONGEST = 500;

    static final List<String> INPUTS = List.of(
            "{" + COMPLETE.replace(", {'name': 'hour', 'type': 'int'}", "")
                    + ", 'time': '2026-11-20T10:00:00Z', 'dryRun': true, 'detection': {'mode': 'calendar',"
                    + " 'past': 'P1D', 'ahead': 'P1D'}}",
            "{" + COMPLETE + ", 'detection': {'mode': 'list', 'lookback': 'P2D', 'lateData': true, 'gaps': 'report',"
                    + " 'readiness': {'age': 'PT1H', 'quietPeriod': 'PT1H', 'marker': '_SUCCESS'}}}",
            "{" + COMPLETE + ", 'detection': {'mode': 'full', 'vanished': 'report', 'maxAttempts': 2}}",
            "{" + COMPLETE + ", 'detection': {'mode': 'range', 'from': '2026-11-20', 'to': '2026-11-21T10:00'}}",
            "{" + COMPLETE + ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-20/hour=8',"
                    + " ['2026-11-20', 9]]}}",
            "{" + COMPLETE + ", 'waive': [{'partition': 'dt=2026-11-20/hour=8', 'reason': 'x', 'by': 'y',"
                    + " 'until': '2026-12-20T10:00:00Z'}]}",
            "{'redriveOf': 'r0', 'dryRun': true}",
            "{" + COMPLETE.replace("'date'}", "'timestamp', 'format': 'yyyy/MM/dd'}")
                    + ", 'layout': '${dt}/${hour}', 'detection': {'mode': 'events'}}");

    private DetectorFixture fixture = fixture();
    private int runs;

    private static DetectorFixture fixture() {
        return new DetectorFixture().data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9");
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void everyInputIsUnderstoodOrRefusedWithItsPath(String input) {
        JsonNode json = DetectorFixture.json(input);
        Random random = new Random(SEED);
        for (String place : HostileJson.places(json)) {
            HostileJson.VALUES.stream()
                    .filter(value -> value.length() < LONGEST && random.nextInt(4) == 0)
                    .forEach(value -> detect(HostileJson.with(json, place, value)));
        }
        for (int i = 0; i < 200; i++) {
            detect(HostileJson.mutated(json, random));
        }
    }

    private void detect(String text) {
        Optional<JsonNode> input = parsed(text);
        if (input.isEmpty()) {
            return; // Step Functions starts no execution with what is no JSON
        }
        if (++runs % 200 == 0) {
            fixture = fixture();
        }
        Throwable thrown = catchThrowable(() -> fixture.detect("r" + runs, input.get()));
        if (thrown != null && !(thrown instanceof NothingFitsException)) {
            assertThat(thrown)
                    .as(text)
                    .isInstanceOfSatisfying(
                            SpecException.class,
                            refused -> assertThat(refused.problems())
                                    .allSatisfy(one -> assertThat(one.path()).startsWith("$")));
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(Json.documents().readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Test
    void everyInputOfAllTablesIsUnderstoodOrRefusedWithItsPath() {
        JsonNode json = DetectorFixture.json("{'databases': ['raw_*'], 'tables': ['a.b*'], 'only': 'events',"
                + " 'overrides': {'detection': {'mode': 'full'}}, 'time': '2026-11-20T10:00:00Z', 'dryRun': true}");
        List<String> inputs = new ArrayList<>();
        for (String place : HostileJson.places(json)) {
            HostileJson.VALUES.forEach(value -> inputs.add(HostileJson.with(json, place, value)));
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            inputs.add(HostileJson.mutated(json, random));
        }

        for (String text : inputs) {
            Throwable thrown = parsed(text)
                    .map(input -> catchThrowable(
                            () -> AllTablesInput.read(input).tables().match("a".repeat(255) + "." + "b".repeat(255))))
                    .orElse(null);
            assertThat(thrown == null || thrown instanceof SpecException)
                    .as(text)
                    .isTrue();
        }
    }
}
