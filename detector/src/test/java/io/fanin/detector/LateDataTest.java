package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static io.fanin.detector.RegisteredHours.H12;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that are registered, and whose objects are no longer those that were registered. */
class LateDataTest {

    private static final String REGISTER = ", 'processor': {'type': 'register'}";

    private final DetectorFixture fixture = new DetectorFixture().table("");

    static Stream<Consumer<DetectorFixture>> changes() {
        return Stream.of(
                fixture -> fixture.aws.s3().put("lake", H12 + "part-2.json", "{}"),
                fixture -> fixture.aws.s3().put("lake", H12 + "deeper/part-0.json", "{}"),
                fixture -> fixture.aws.s3().put("lake", H12 + "part-1.json", "[]"),
                fixture -> fixture.aws.s3().delete("lake", H12 + "part-1.json"),
                fixture ->
                        fixture.aws.s3().delete("lake", H12 + "part-1.json").put("lake", H12 + "renamed.json", "{}"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void partitionThatHasChangedIsProcessedAgain(Consumer<DetectorFixture> change) {
        RegisteredHours.two(fixture);
        change.accept(fixture);

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(answer.detection().sample()).containsExactly("LATE dt=2026-11-18/hour=12");
        assertThat(fixture.work()).containsExactly(partition(H12, "2026-11-18", "12"));
        assertThat(report().counts().pending().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    static Stream<Consumer<DetectorFixture>> nothings() {
        return Stream.of(
                fixture -> {},
                fixture -> fixture.aws.s3().put("lake", H12 + "_SUCCESS", ""),
                fixture -> fixture.aws.s3().put("lake", H12 + ".part-0.json.crc", "x"),
                fixture -> fixture.aws.s3().put("lake", H12 + "_temporary/0/part-9.json", "{}"),
                fixture -> fixture.aws.s3().put("lake", H12, ""),
                fixture -> fixture.aws.s3().put("lake", "flights/dt=2026-11-18/hour=12_$folder$", ""));
    }

    @ParameterizedTest
    @MethodSource("nothings")
    void partitionWhoseDataIsTheSameIsLeftAlone(Consumer<DetectorFixture> nothing) {
        RegisteredHours.two(fixture);
        nothing.accept(fixture);

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(report().counts().registered()).isEqualTo(2);
    }

    /** The same bytes written once more are the same data. */
    @Test
    void objectThatIsWrittenAgainAsItWasIsNoChange() {
        RegisteredHours.two(fixture);
        fixture.clock.set(Instant.parse("2026-11-20T09:30:00Z"));
        fixture.aws.s3().put("lake", H12 + "part-1.json", "{}");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void partitionWhosePrefixIsGoneIsLeftAsItIsRegistered() {
        RegisteredHours.two(fixture);
        fixture.aws.s3().delete("lake", H12 + "part-0.json").delete("lake", H12 + "part-1.json");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().found()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}", ", 'detection': {'lateData': false}"})
    void partitionThatWasRegisteredBeforeItWasFilledIsLateWhateverIsSwitchedOff(String detection) {
        fixture.table("").processed("dt=2026-11-18/hour=12", "2026-11-18", "12").data("dt=2026-11-18/hour=12");

        assertThat(fixture.detect(NAMES + detection).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** Whatever has been registered, no reader has seen a row of it. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}", ", 'detection': {'lateData': false}"})
    void partitionThatWasRegisteredWithObjectsOfNoBytesIsLateOnceItIsFilled(String detection) {
        fixture.aws.s3().put("lake", H12 + "part-0.json", "");
        fixture.table("").processed("dt=2026-11-18/hour=12", "2026-11-18", "12");
        assertThat(fixture.detect("before", json("{" + NAMES + REGISTER + detection + "}"))
                        .partitions())
                .isZero();

        fixture.data("dt=2026-11-18/hour=12");

        assertThat(fixture.detect(NAMES + REGISTER + detection).detection().reasons())
                .isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** However many there are, they are compared to the last one. */
    @Test
    void partitionWithManyObjectsOfNoBytesIsLeftAlone() {
        for (int i = 0; i < 1_001; i++) {
            fixture.aws.s3().put("lake", H12 + "part-" + i + ".json", "");
        }
        fixture.processed("dt=2026-11-18/hour=12", "2026-11-18", "12").settled();

        assertThat(fixture.detect(NAMES + REGISTER).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** Nobody wrote down what the other tool has seen. */
    @Test
    void partitionThatAnotherToolRegisteredCannotBeCompared() {
        fixture.data("dt=2026-11-18/hour=12").registered("2026-11-18", "12").settled();
        fixture.data("dt=2026-11-18/hour=12/more");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.listed()).doesNotContain("lake/" + H12);
    }

    @ParameterizedTest
    @CsvSource({"07, 7", "7, 07"})
    void latePartitionKeepsTheFormInWhichItIsRegistered(String inPrefix, String inGlue) {
        String path = "dt=2026-11-18/hour=" + inPrefix;
        fixture.data(path).processed(path, "2026-11-18", inGlue).settled();
        fixture.data(path + "/later");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.work()).containsExactly(partition("flights/" + path + "/", "2026-11-18", inGlue));
    }

    @Test
    void newAndLatePartitionsAreToldApart() {
        RegisteredHours.two(fixture);
        fixture.data("dt=2026-11-18/hour=12/later", "dt=2026-11-18/hour=13");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L, Reason.NEW, 1L));
        assertThat(answer.detection().sample())
                .containsExactly("LATE dt=2026-11-18/hour=12", "NEW dt=2026-11-18/hour=13");
    }

    @Test
    void latePartitionThatFailedIsRetriedAndNotCalledLate() {
        RegisteredHours.two(fixture);
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");
        fixture.failedStanding(H12, "2026-11-18", "12");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.work()).containsExactly(partition(H12, "2026-11-18", "12"));
    }

    /** It was registered there by another tool, which has nothing to do with what lies in the table's folder. */
    @Test
    void partitionRegisteredElsewhereIsComparedWhereItsPrefixIs() {
        RegisteredHours.two(fixture);
        fixture.catalog.register(
                fixture.catalog.table(DetectorFixture.FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(
                        PartitionValues.of("2026-11-18", "10"),
                        "s3://other/somewhere/",
                        Map.of("fanin.inventory", "ab", "numFiles", "1"))));
        fixture.data("dt=2026-11-18/hour=10");

        assertThat(fixture.detect(NAMES).detection().sample()).containsExactly("LATE dt=2026-11-18/hour=10");
    }

    @Test
    void latePartitionThatIsNotReadyWaits() {
        RegisteredHours.two(fixture);
        fixture.clock.set(Instant.parse("2026-11-20T09:58:00Z"));
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");
        String quiet = ", 'detection': {'mode': 'list', 'readiness': {'quietPeriod': 'PT5M'}}";

        DetectorAnswer early = fixture.detect("early", json("{" + NAMES + quiet + "}"));
        DetectorAnswer later = fixture.detect("later", json("{" + NAMES + quiet + ", 'time': '2026-11-20T10:03:00Z'}"));

        assertThat(early.partitions()).isZero();
        assertThat(early.detection().waitingSample())
                .containsExactly("dt=2026-11-18/hour=12: changed at 2026-11-20T09:58:00Z, less than PT5M before"
                        + " 2026-11-20T10:00:00Z");
        assertThat(later.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** It had its marker when it was registered; what has not changed is not asked for one. */
    @Test
    void unchangedPartitionNeedsNoMarker() {
        RegisteredHours.two(fixture);

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().waiting()).isZero();
    }

    @Test
    void latePartitionWithoutItsMarkerWaits() {
        RegisteredHours.two(fixture);
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");
        String marker = ", 'detection': {'mode': 'list', 'readiness': {'marker': '_DONE'}}";

        DetectorAnswer waits = fixture.detect("waits", json("{" + NAMES + marker + "}"));
        fixture.aws.s3().put("lake", H12 + "_DONE", "");
        DetectorAnswer ready = fixture.detect("ready", json("{" + NAMES + marker + "}"));

        assertThat(waits.detection().waitingSample()).containsExactly("dt=2026-11-18/hour=12: has no _DONE");
        assertThat(ready.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }
}
