package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.fakes.Fault;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Invocations of one run's detector that work side by side, or one after the other: Lambda gave the first up, or lost
 * its answer. All that the run is made of is one invocation's.
 */
class OverlapTest {

    private static final String EVENTS = ", 'detection': {'mode': 'events'}";
    private static final String H17 = "dt=2013-02-08/hour=17";
    private static final String H18 = "dt=2013-02-08/hour=18";

    private final DetectorFixture fixture = new DetectorFixture();
    private final AtomicReference<DetectorAnswer> first = new AtomicReference<>();

    @ParameterizedTest(name = "the other one is the first before {0} is written")
    @ValueSource(strings = {"/spec.json", "/manifest.json"})
    void theRunIsWhatTheFirstToWriteTheManifestHasSeen(String document) {
        fixture.table("").data(H17);
        before(document, () -> {
            fixture.dropTable();
            fixture.data(H18);
            first.set(fixture.detect(COMPLETE));
        });

        DetectorAnswer second = fixture.detect(COMPLETE);

        assertThat(second).isEqualTo(first.get());
        assertThat(second.partitions()).isEqualTo(2);
        assertThat(fixture.prefixes()).containsExactly("flights/" + H17 + "/", "flights/" + H18 + "/");
        DetectionReport detection = fixture.detection().orElseThrow();
        assertThat(detection.counts().pending().reasons()).isEqualTo(Map.of(Reason.NEW, 2L));
        assertThat(detection.tableCreated()).isEmpty();
        assertThat(fixture.detect(COMPLETE)).as("invoked once more").isEqualTo(second);
    }

    @Test
    void invocationThatFindsNothingNewChangesNothingOfWhatAnotherHasBegun() {
        before("/spec.json", () -> {
            fixture.data(H17);
            first.set(fixture.detect(COMPLETE));
        });

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);

        assertThat(fixture.run().detection().map(DetectionFiles::report))
                .hasValueSatisfying(
                        report -> assertThat(report.counts().found()).isEqualTo(1));
        assertThat(fixture.detect(COMPLETE)).isEqualTo(first.get());
    }

    @Test
    void entriesThatNameNothingNewAreDeletedAlthoughAnotherHasBegun() {
        fixture.table("").data(H17);
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, "flights/README/");
        before("/spec.json", () -> {
            fixture.told("flights/" + H17 + "/");
            first.set(fixture.detect(COMPLETE + EVENTS));
        });

        assertThat(fixture.detect(COMPLETE + EVENTS).next()).isEqualTo(NextStep.NOTHING_NEW);

        assertThat(fixture.inbox.prefixes()).containsExactly(List.of("flights/" + H17 + "/"));
        assertThat(fixture.detect(COMPLETE + EVENTS)).isEqualTo(first.get());
    }

    @Test
    void specThatSomebodyHasEditedMeanwhileIsTheFirstOnes() {
        fixture.data(H17, H18);
        JsonNode input = input("");
        before("/spec.json", () -> {
            input(", 'onPartial': 'succeed'");
            first.set(fixture.detect("r1", input));
        });

        assertThat(fixture.detect("r1", input)).isEqualTo(first.get());

        assertThat(fixture.run().spec().onPartial()).isEqualTo(OnPartial.SUCCEED);
    }

    @Test
    void whatIsDetectedIsDetectedForTheSpecThatStands() {
        fixture.data(H17, H18);
        JsonNode input = input(", 'detection': {'mode': 'partitions', 'partitions': ['" + H18 + "']}");
        dyingBefore("/pass-0/manifest.json", input);
        ResolvedSpec standing = fixture.run().spec();
        input("");

        DetectorAnswer answer = fixture.detect("r1", input);

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(fixture.run().spec()).isEqualTo(standing);
        assertThat(fixture.prefixes()).containsExactly("flights/" + H18 + "/");
        assertThat(holder(FLIGHTS)).isInstanceOf(Leases.HeldBy.class);
    }

    @Test
    void runThatDiedAfterItsSpecNeedsOnlyOneDetection() {
        fixture.data(H17, H18);
        fixture.detect("alike", json("{" + COMPLETE + "}"));
        int lists = fixture.aws.log().count("ListObjectsV2");
        dyingBefore("/pass-0/manifest.json", json("{" + COMPLETE + "}"));
        fixture.quiet();

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(2);

        assertThat(fixture.aws.log().count("ListObjectsV2")).isEqualTo(lists);
    }

    /** The run belongs to the table that its spec names, and no other is kept busy by it. */
    @Test
    void earlierSpecIsRunUnderTheLeaseOfItsOwnTable() {
        fixture.data(H17);
        JsonNode input = input("");
        dyingBefore("/pass-0/manifest.json", input);
        inputWith(COMPLETE.replace("'flights'", "'other'"));

        DetectorAnswer answer = fixture.detect("r1", input);

        assertThat(answer.table()).isEqualTo("analytics.flights");
        assertThat(holder(FLIGHTS)).isInstanceOf(Leases.HeldBy.class);
        assertThat(holder(new TableName("analytics", "other"))).isInstanceOf(Leases.Acquired.class);
    }

    @Test
    void specThatStandsIsNotRunOnATableWithOtherKeys() {
        fixture.data(H17, "day=2013-02-08");
        JsonNode input = input("");
        dyingBefore("/pass-0/manifest.json", input);
        fixture.tableOf("[{'name': 'day', 'type': 'date'}]", "hive");
        inputWith(NAMES);

        assertThatThrownBy(() -> fixture.detect("r1", input)).hasMessageContaining("has other partition keys");

        assertThat(fixture.run().begun()).isEmpty();
    }

    @Test
    void entriesTakenByTheSecondInvocationStayInTheInbox() {
        fixture.data(H17, H18).told("flights/" + H17 + "/");
        before("/manifest.json", () -> {
            fixture.told("flights/" + H18 + "/");
            first.set(fixture.detect(COMPLETE + EVENTS));
        });

        assertThat(fixture.detect(COMPLETE + EVENTS)).isEqualTo(first.get());

        assertThat(fixture.prefixes()).containsExactly("flights/" + H17 + "/", "flights/" + H18 + "/");
        assertThat(fixture.run().detection().flatMap(DetectionFiles::takenEntries))
                .hasValueSatisfying(taken -> assertThat(taken.keys()).isEqualTo(fixture.inbox.keys()));
        assertThat(fixture.inbox.keys()).hasSize(2);
    }

    @Test
    void entriesTakenForASpecThatDoesNotStandStay() {
        fixture.data(H17).told("flights/" + H17 + "/");
        JsonNode input = input(", 'detection': {'mode': 'partitions', 'partitions': ['" + H18 + "']}");
        dyingBefore("/pass-0/manifest.json", input);
        input(EVENTS);

        fixture.detect("r1", input);

        assertThat(fixture.prefixes()).containsExactly("flights/" + H18 + "/");
        assertThat(fixture.run().detection().flatMap(DetectionFiles::takenEntries))
                .isEmpty();
        assertThat(fixture.inbox.keys()).hasSize(1);
    }

    /** Runs an action before an invocation writes a document of the run folder for the first time. */
    private void before(String document, Runnable work) {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("runs/r1" + document)
                        || call.target().contains("runs/r1/pass-0" + document))
                .first(1)
                .thenRun(work);
    }

    private void dyingBefore(String document, JsonNode input) {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("runs/r1" + document))
                .first(1)
                .then(Fault.accessDenied());
        assertThatThrownBy(() -> fixture.detect("r1", input)).isInstanceOf(S3Exception.class);
    }

    /** An input whose spec lies in S3, where it is the complete one and more. */
    private JsonNode input(String more) {
        return inputWith(COMPLETE + more);
    }

    private JsonNode inputWith(String spec) {
        fixture.aws
                .s3()
                .put("lake", "specs/flights.json", json("{" + spec + "}").toString());
        return json("{'spec': 's3://lake/specs/flights.json'}");
    }

    /** The result for another execution that takes the lease. */
    private Leases.Acquisition holder(TableName table) {
        fixture.running.add("arn:r1");
        return fixture.leases.acquire(table, DetectorFixture.execution("r2", json("{}")));
    }
}
