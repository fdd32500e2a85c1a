package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.json.Json;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Plan.Planned;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of a dry run, which changes nothing. */
class DryRunTest {

    private static final String DRY = ", 'dryRun': true";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void planSaysWhatWouldRunAndWhy() {
        fixture.table("")
                .data("dt=2013-02-08/hour=16", "dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18", "_tmp")
                .registered("2013-02-08", "16")
                .outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17");

        DetectorAnswer answer = fixture.detect(NAMES + DRY);

        assertThat(Json.text(answer))
                .startsWith("{\"run\":\"r1\",\"pass\":0,\"table\":\"analytics.flights\",\"next\":\"PLANNED\","
                        + "\"plan\":\"runs/r1/plan.json\",\"partitions\":2,\"batches\":2,");
        Plan plan = fixture.run().plan().orElseThrow();
        assertThat(plan.next()).isEqualTo(NextStep.PROCESS);
        assertThat(plan.detection().counts().pending().reasons()).isEqualTo(Map.of(Reason.NEW, 1L, Reason.RETRIED, 1L));
        assertThat(plan.detection().counts().pending().sample())
                .containsExactly(
                        new Planned(Reason.RETRIED, "dt=2013-02-08/hour=17", "flights/dt=2013-02-08/hour=17/"),
                        new Planned(Reason.NEW, "dt=2013-02-08/hour=18", "flights/dt=2013-02-08/hour=18/"));
        assertThat(plan.detection().counts().found()).isEqualTo(3);
        assertThat(plan.detection().counts().registered()).isEqualTo(1);
        assertThat(plan.detection().counts().skips().reasons()).isEqualTo(Map.of(SkipReason.HIDDEN, 1L));
        assertThat(plan.cost().stateTransitions()).isEqualTo(10);
    }

    @Test
    void requestsOfThisRunAreCounted() {
        fixture.table("").data("dt=2013-02-08/hour=16", "dt=2013-02-09/hour=16");
        fixture.detect("r0", json("{" + NAMES + DRY + "}"));
        fixture.quiet();

        fixture.detect(NAMES + DRY);

        Map<String, Long> requests = fixture.run().plan().orElseThrow().cost().requests();
        assertThat(requests)
                .isEqualTo(Map.of(
                        "S3 ListObjectsV2", (long) fixture.aws.log().count("ListObjectsV2"),
                        "S3 GetObject", 1L,
                        "Glue GetTable", 1L,
                        "Glue GetPartitions", 1L))
                .containsEntry("S3 ListObjectsV2", 3L);
    }

    @Test
    void nothingIsWrittenButThePlan() {
        fixture.data("dt=2013-02-08/hour=17").quiet();

        fixture.detect(COMPLETE + DRY);

        assertThat(fixture.writes()).containsExactly("PutObject state/runs/r1/plan.json");
    }

    @Test
    void planOfATableThatIsUpToDate() {
        fixture.detect(COMPLETE + DRY);

        Plan plan = fixture.run().plan().orElseThrow();
        assertThat(plan.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(plan.cost().stateTransitions()).isEqualTo(3);
    }

    @Test
    void specInsideTheInputIsPlannedToo() {
        fixture.data("dt=2013-02-08/hour=17");

        assertThat(fixture.detect("'spec': {" + COMPLETE + "}" + DRY).next()).isEqualTo(NextStep.PLANNED);
    }

    @Test
    void falseIsNoDryRun() {
        fixture.data("dt=2013-02-08/hour=17");

        assertThat(fixture.detect(COMPLETE + ", 'dryRun': false").next()).isEqualTo(NextStep.PROCESS);
    }

    @Test
    void planCannotBeRedriven() {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect("r0", json("{" + COMPLETE + DRY + "}"));

        assertThatThrownBy(() -> fixture.detect("'redriveOf': 'r0'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: $.redriveOf: the run r0 was a dry run, which only planned and"
                                + " has nothing to redrive: start an execution with its spec, without dryRun");
    }

    @Test
    void redriveOfARunIsPlanned() {
        fixture.data("dt=2013-02-08/hour=17");
        fixture.detect("r0", json("{" + COMPLETE + "}"));

        fixture.detect("'redriveOf': 'r0'" + DRY);

        assertThat(fixture.run()
                        .plan()
                        .orElseThrow()
                        .detection()
                        .counts()
                        .pending()
                        .reasons())
                .isEqualTo(Map.of(Reason.RETRIED, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'yes'", "1", "null", "{}"})
    void anythingElseIsRefused(String value) {
        assertThatThrownBy(() -> fixture.detect(COMPLETE + ", 'dryRun': " + value))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.dryRun: expected true or false, found ");
    }
}
