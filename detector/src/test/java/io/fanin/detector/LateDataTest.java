package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.Next;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.Reason;
import java.time.Instant;
import java.time.LocalDateTime;
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

    private static final String H12 = "flights/dt=2026-11-18/hour=12/";

    private final DetectorFixture fixture = new DetectorFixture().table("");

    /** Two hours with two objects each, registered as they are. */
    private DetectorFixture processed() {
        fixture.data("dt=2026-11-18/hour=11", "dt=2026-11-18/hour=12");
        fixture.aws.s3().put("lake", H12 + "part-1.json", "{}");
        return fixture.processed("dt=2026-11-18/hour=11", "2026-11-18", "11")
                .processed("dt=2026-11-18/hour=12", "2026-11-18", "12")
                .settled();
    }

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
        processed();
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
        processed();
        nothing.accept(fixture);

        assertThat(fixture.detect(NAMES).next()).isEqualTo(Next.NOTHING_NEW);
        assertThat(report().counts().registered()).isEqualTo(2);
    }

    /** The same bytes written once more are the same data. */
    @Test
    void objectThatIsWrittenAgainAsItWasIsNoChange() {
        processed();
        fixture.clock.set(Instant.parse("2026-11-20T09:30:00Z"));
        fixture.aws.s3().put("lake", H12 + "part-1.json", "{}");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(Next.NOTHING_NEW);
    }

    @Test
    void partitionWhosePrefixIsGoneIsLeftAsItIsRegistered() {
        processed();
        fixture.aws.s3().delete("lake", H12 + "part-0.json").delete("lake", H12 + "part-1.json");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().found()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mode': 'list', 'lateData': false",
                "'mode': 'full'",
                "'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'"
            })
    void nothingIsLookedIntoWhereLateDataIsSwitchedOff(String detection) {
        processed();
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");
        fixture.quiet();

        assertThat(fixture.detect(NAMES + ", 'detection': {" + detection + "}").partitions())
                .isZero();
        assertThat(fixture.listed()).doesNotContain("lake/" + H12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'mode': 'full'", "'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'"})
    void lateDataMayBeSwitchedOn(String detection) {
        processed();
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'lateData': true, " + detection + "}");

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** A first look at a table of a million partitions would list all of its objects. */
    @Test
    void nothingIsLookedIntoWhereThereIsNoWindow() {
        processed();
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}").delete("state", "tables/analytics/flights/state.json");
        fixture.quiet();

        fixture.detect(NAMES);

        assertThat(report().counts().pending().reasons()).isEmpty();
        assertThat(fixture.listed()).containsExactly("lake/flights/", "lake/flights/dt=2026-11-18/");
    }

    @Test
    void partitionBeforeTheWindowIsNotLookedInto() {
        fixture.data("dt=2026-11-10/hour=0").processed("dt=2026-11-10/hour=0", "2026-11-10", "0");
        processed();
        fixture.data("dt=2026-11-10/hour=0/later");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(Next.NOTHING_NEW);
    }

    /** What is open holds the window open for ever, and may not make every run look into all that came since. */
    @Test
    void whatIsOpenDoesNotWidenWhereLateDataIsLookedFor() {
        fixture.table("");
        fixture.data("dt=2026-11-01/hour=7", "dt=2026-11-01/hour=07");
        for (int day = 2; day <= 18; day++) {
            String path = "dt=2026-11-%02d/hour=12".formatted(day);
            fixture.data(path).processed(path, "2026-11-%02d".formatted(day), "12");
        }
        fixture.settled();

        fixture.data("dt=2026-11-15/hour=12/later", "dt=2026-11-16/hour=12/later");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().skipped()).isEqualTo(2);
        assertThat(answer.detection().sample()).containsExactly("LATE dt=2026-11-16/hour=12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}", ", 'detection': {'lateData': false}"})
    void partitionThatWasRegisteredBeforeItWasFilledIsLateWhateverIsSwitchedOff(String detection) {
        fixture.table("").processed("dt=2026-11-18/hour=12", "2026-11-18", "12").data("dt=2026-11-18/hour=12");

        assertThat(fixture.detect(NAMES + detection).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** Nobody wrote down what the other tool has seen. */
    @Test
    void partitionThatAnotherToolRegisteredCannotBeCompared() {
        fixture.data("dt=2026-11-18/hour=12").registered("2026-11-18", "12").settled();
        fixture.data("dt=2026-11-18/hour=12/more");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(Next.NOTHING_NEW);
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
        processed();
        fixture.data("dt=2026-11-18/hour=12/later", "dt=2026-11-18/hour=13");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L, Reason.NEW, 1L));
        assertThat(answer.detection().sample())
                .containsExactly("LATE dt=2026-11-18/hour=12", "NEW dt=2026-11-18/hour=13");
    }

    @Test
    void latePartitionThatFailedIsRetriedAndNotCalledLate() {
        processed();
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");
        fixture.failedStanding(H12, "2026-11-18", "12");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.work()).containsExactly(partition(H12, "2026-11-18", "12"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void fortyEightHoursCostAsManyRequestsAsTheirObjectsFill(int objects) {
        hours(objects);
        fixture.detect("off", json("{" + NAMES + ", 'detection': {'mode': 'list', 'lateData': false}}"));
        int without = fixture.listed().size();
        fixture.quiet();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(Next.NOTHING_NEW);

        assertThat(fixture.listed().size() - without).isEqualTo(Math.ceilDiv(48 * objects, 1000));
        assertThat(fixture.glueRequests()).isEqualTo(2);
    }

    /** Half of the hours are written in another form than the one before. */
    private void hours(int objects) {
        for (LocalDateTime hour = LocalDateTime.of(2026, 11, 18, 9, 0);
                hour.isBefore(LocalDateTime.of(2026, 11, 20, 9, 0));
                hour = hour.plusHours(1)) {
            String path = "dt=" + hour.toLocalDate() + "/hour=" + (hour.getHour() == 4 ? "04" : hour.getHour());
            for (int i = 0; i < objects; i++) {
                fixture.aws.s3().put("lake", "flights/" + path + "/part-" + i + ".json", "{}");
            }
            fixture.processed(path, hour.toLocalDate().toString(), String.valueOf(hour.getHour()));
        }
        fixture.settled();
    }

    @Test
    void planCountsTheRequestsOfTheCheck() {
        hours(100);

        fixture.detect("plan", json("{" + NAMES + ", 'dryRun': true}"));

        assertThat(fixture.run("plan").plan().orElseThrow().cost().requests())
                .containsEntry("S3 ListObjectsV2", 3L + 1 + 5);
    }

    /** It was registered there by another tool, which has nothing to do with what lies in the table's folder. */
    @Test
    void partitionRegisteredElsewhereIsComparedWhereItsPrefixIs() {
        processed();
        fixture.catalog.register(
                fixture.catalog.table(DetectorFixture.FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(
                        PartitionValues.of("2026-11-18", "10"),
                        "s3://other/somewhere/",
                        Map.of("fanin.inventory", "ab", "numFiles", "1"))));
        fixture.data("dt=2026-11-18/hour=10");

        assertThat(fixture.detect(NAMES).detection().sample()).containsExactly("LATE dt=2026-11-18/hour=10");
    }

    /** What has more objects than were registered has changed, whatever the rest of them are. */
    @Test
    void lookIntoAPartitionEndsWhereItIsKnownToHaveChanged() {
        processed();
        fixture.detect("before", json("{" + NAMES + "}"));
        int before = fixture.listed().size();
        for (int i = 0; i < 2500; i++) {
            fixture.aws.s3().put("lake", H12 + "more-" + i + ".json", "{}");
        }
        fixture.quiet();

        assertThat(fixture.detect(NAMES).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.listed()).hasSize(before);
    }

    @Test
    void latePartitionThatIsNotReadyWaits() {
        processed();
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
        processed();

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(answer.next()).isEqualTo(Next.NOTHING_NEW);
        assertThat(answer.detection().waiting()).isZero();
    }

    @Test
    void latePartitionWithoutItsMarkerWaits() {
        processed();
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
