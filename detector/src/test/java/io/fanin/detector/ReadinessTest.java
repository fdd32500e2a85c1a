package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition is processed when its producer is done with it. */
class ReadinessTest {

    private static final String H8 = "flights/dt=2026-11-20/hour=8/";

    private final DetectorFixture fixture = new DetectorFixture();

    private static String readiness(String fields) {
        return ", 'detection': {'mode': 'list', 'readiness': {" + fields + "}}";
    }

    @Test
    void partitionWithoutItsMarkerWaitsAndOneWithItIsNew() {
        fixture.data("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8").aws.s3().put("lake", H8 + "_SUCCESS", "");

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'marker': '_SUCCESS'"));

        assertThat(fixture.prefixes()).containsExactly(H8);
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
        assertThat(answer.detection().waiting()).isEqualTo(1);
        assertThat(answer.detection().waitingSample()).containsExactly("dt=2026-11-20/hour=7: has no _SUCCESS");
    }

    @Test
    void waitingPartitionIsNeitherNewNorFailedAndIsNamedEverywhere() {
        fixture.data("dt=2026-11-20/hour=8");
        String spec = COMPLETE + readiness("'marker': '_SUCCESS'");

        DetectorAnswer answer = fixture.detect(spec);
        fixture.detect("plan", json("{" + spec + ", 'dryRun': true}"));

        Tally expected = new Tally(1, List.of(new PartitionLabel("dt=2026-11-20/hour=8", H8, "has no _SUCCESS")));
        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().found()).isEqualTo(1);
        assertThat(report("r1").counts().waiting()).isEqualTo(expected);
        assertThat(report("r1").counts().pending().reasons()).isEmpty();
        assertThat(report("r1").open()).hasValue("2026-11-20T08:00");
        assertThat(fixture.run("plan").plan().orElseThrow().detection().counts().waiting())
                .isEqualTo(expected);
        assertThat(fixture.stored("tables/analytics/flights/state.json")).isEmpty();
    }

    /** A request for each would take longer than the function has, where there are 150,000. */
    @ParameterizedTest
    @CsvSource({"3, 76", "30, 115"})
    void markersOfManyPartitionsAreListedTogether(int days, int most) {
        IntStream.range(0, 24 * days).forEach(i -> {
            String hour = "dt=2026-10-%02d/hour=%d".formatted(1 + i / 24, i % 24);
            fixture.data(hour);
            if (i % 2 == 0) {
                fixture.aws.s3().put("lake", "flights/" + hour + "/_SUCCESS", "");
            }
        });
        fixture.aws.log().reset();

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'marker': '_SUCCESS'"));

        assertThat(answer.partitions()).isEqualTo(12L * days);
        assertThat(answer.detection().waiting()).isEqualTo(12L * days);
        assertThat(fixture.aws.log().calls("ListObjectsV2"))
                .filteredOn(call -> call.target().startsWith("lake/flights/"))
                .hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_SUCCESS_2", "_SUCCES", "part/_SUCCESS", "_success"})
    void onlyAnObjectOfExactlyThatNameIsTheMarker(String name) {
        fixture.data("dt=2026-11-20/hour=8").aws.s3().put("lake", H8 + name, "");

        assertThat(fixture.detect(COMPLETE + readiness("'marker': '_SUCCESS'"))
                        .detection()
                        .waiting())
                .isEqualTo(1);
    }

    @Test
    void markerMayHaveAnyNameAndContent() {
        fixture.data("dt=2026-11-20/hour=8").aws.s3().put("lake", H8 + "done.flag", "yes");

        assertThat(fixture.detect(COMPLETE + readiness("'marker': 'done.flag'")).partitions())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:04:59Z, PT5M, 0",
        "2026-11-20T09:05:00Z, PT5M, 1",
        "2026-11-20T10:05:00+01:00, PT5M, 1",
        "2026-11-20T09:59:00Z, PT1H, 0",
        "2026-11-20T08:00:00Z, PT5M, 0",
        "2026-11-20T09:00:00Z, PT0S, 1",
    })
    void quietPeriodIsMeasuredAgainstTheRunsTime(String time, String length, int partitions) {
        fixture.data("dt=2026-11-20/hour=8");

        DetectorAnswer answer =
                fixture.detect(COMPLETE + readiness("'quietPeriod': '" + length + "'") + ", 'time': '" + time + "'");

        assertThat(answer.partitions()).isEqualTo(partitions);
        assertThat(answer.detection().waiting()).isEqualTo(1 - partitions);
    }

    @Test
    void quietPeriodEndsAtTheExecutionsStartWithoutAGivenTime() {
        fixture.data("dt=2026-11-20/hour=7");
        fixture.clock.set(Instant.parse("2026-11-20T09:56:00Z"));
        fixture.data("dt=2026-11-20/hour=8");

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'quietPeriod': 'PT5M'"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-20/hour=7/");
        assertThat(answer.detection().waitingSample())
                .containsExactly("dt=2026-11-20/hour=8: changed at 2026-11-20T09:56:00Z, less than PT5M before"
                        + " 2026-11-20T10:00:00Z");
    }

    @Test
    void newestOfAllObjectsCounts() {
        fixture.clock.set(Instant.parse("2026-11-20T09:58:00Z"));
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        fixture.clock.set(Instant.parse("2026-11-20T01:00:00Z"));
        IntStream.range(0, 1500).forEach(i -> fixture.aws.s3().put("lake", H8 + "b-" + i, "{}"));

        assertThat(fixture.detect(COMPLETE + readiness("'quietPeriod': 'PT5M'"))
                        .detection()
                        .waiting())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 2026-11-20T09:00:00Z, 1,",
        "false, 2026-11-20T09:00:00Z, 0, has no _SUCCESS",
        "true, 2026-11-20T09:58:00Z, 0, changed at",
        "false, 2026-11-20T09:58:00Z, 0, has no _SUCCESS",
    })
    void markerAndQuietPeriodMayBothBeAsked(boolean isMarked, Instant written, int partitions, String why) {
        fixture.clock.set(written);
        fixture.data("dt=2026-11-20/hour=8");
        if (isMarked) {
            fixture.aws.s3().put("lake", H8 + "_SUCCESS", "");
        }

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'marker': '_SUCCESS', 'quietPeriod': 'PT5M'"));

        assertThat(answer.partitions()).isEqualTo(partitions);
        assertThat(answer.detection().waitingSample())
                .hasSize(1 - partitions)
                .allMatch(text -> text.contains(": " + why));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-20T09:05:59Z, 0", "2026-11-20T09:06:00Z, 1"})
    void ageIsMeasuredFromTheBeginningOfThePeriod(String time, int partitions) {
        fixture.data("dt=2026-11-20/hour=8").quiet();

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'age': 'PT1H6M'") + ", 'time': '" + time + "'");

        assertThat(answer.partitions()).isEqualTo(partitions);
        assertThat(answer.detection().waitingSample())
                .hasSize(1 - partitions)
                .allMatch("dt=2026-11-20/hour=8: is ready at 2026-11-20T09:06:00Z, PT1H6M after it begins"::equals);
        assertThat(fixture.listed())
                .as("two levels, and nothing of the partition")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'marker': '_SUCCESS'; 5",
                "'quietPeriod': 'PT5M'; 1",
                "'marker': '_SUCCESS', 'quietPeriod': 'PT5M'; 1"
            },
            quoteCharacter = '|')
    void readinessCostsAtMostOneRequestForEachPartitionThatIsNew(String fields, int requests) {
        fixture.table("");
        IntStream.range(0, 9).forEach(hour -> fixture.data("dt=2026-11-20/hour=" + hour));
        IntStream.range(0, 4).forEach(hour -> fixture.registered("2026-11-20", String.valueOf(hour)));
        fixture.quiet();

        fixture.detect(NAMES + readiness(fields));

        assertThat(fixture.listed()).as("two levels, and what is new").hasSize(2 + requests);
    }

    @Test
    void nothingIsLookedIntoWhereNoReadinessIsAsked() {
        fixture.data("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8").quiet();

        fixture.detect(COMPLETE);

        assertThat(fixture.listed()).hasSize(2);
    }

    @Test
    void failedPartitionThatIsNoLongerReadyWaitsAndStaysOutstanding() {
        fixture.table("")
                .data("dt=2026-11-20/hour=8")
                .outstanding(H8, "2026-11-20", "8")
                .published();

        DetectorAnswer answer = fixture.detect(NAMES + readiness("'marker': '_SUCCESS'"));

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().reasons()).isEmpty();
        assertThat(answer.detection().waiting()).isEqualTo(1);
    }

    /** A job that is still writing does so under names that are no data. */
    @Test
    void whatIsBeingWrittenUnderHiddenNamesIsNotQuiet() {
        fixture.clock.set(Instant.parse("2026-11-20T09:59:00Z"));
        fixture.aws.s3().put("lake", "flights/dt=2026-11-20/hour=8/_temporary/0/part-0.json", "{}");

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'quietPeriod': 'PT5M'"));

        assertThat(answer.detection().waiting()).isEqualTo(1);
        assertThat(answer.partitions()).isZero();
    }

    @Test
    void folderInWhichNobodyHasWrittenIsNoPartition() {
        fixture.aws.s3().put("lake", H8, "").put("lake", H8 + "sub_$folder$", "");

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'quietPeriod': 'PT5M'"));

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().waiting()).isZero();
        assertThat(report("r1").counts().skips().reasons()).isEqualTo(Map.of(SkipReason.EMPTY_FOLDER, 1L));
    }

    /** Else it would stay outstanding for ever: nothing but a run can find that there is nothing to do any more. */
    @ParameterizedTest
    @ValueSource(strings = {"'quietPeriod': 'PT5M'", "'marker': '_SUCCESS'"})
    void failedPartitionOfWhichOnlyMarkersAreLeftIsRetried(String readiness) {
        fixture.table("")
                .outstanding(H8, "2026-11-20", "8")
                .published()
                .aws
                .s3()
                .put("lake", H8, "");

        DetectorAnswer answer = fixture.detect(NAMES + readiness(readiness));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
    }

    /** A partition that waits on from run to run changes nothing, and needs no run of its own to say so. */
    @Test
    void waitingPartitionLeadsToNoRegisterAfterTheFirst() {
        String spec = readiness("'marker': '_SUCCESS'");
        fixture.table("")
                .data("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9")
                .registered("2026-11-20", "7")
                .registered("2026-11-20", "9");

        DetectorAnswer first = fixture.detect("first", json("{" + NAMES + spec + "}"));
        fixture.settledBy(spec);
        DetectorAnswer second = fixture.detect("second", json("{" + NAMES + spec + "}"));

        assertThat(first.next()).isEqualTo(NextStep.REGISTER);
        assertThat(second.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(second.detection().waiting()).isEqualTo(1);
    }

    @Test
    void everyWaitingPartitionIsCountedAndTheFirstAreNamed() {
        IntStream.range(0, 300)
                .forEach(i -> fixture.data("dt=2026-%02d-%02d/hour=1".formatted(1 + i / 28, 1 + i % 28)));

        DetectorAnswer answer = fixture.detect(COMPLETE + readiness("'marker': '_SUCCESS'"));

        assertThat(answer.detection().waiting()).isEqualTo(300);
        assertThat(answer.detection().waitingSample()).hasSize(5).startsWith("dt=2026-01-01/hour=1: has no _SUCCESS");
        assertThat(report("r1").counts().waiting().sample()).hasSize(Tally.SAMPLE);
    }

    private DetectionReport report(String run) {
        return fixture.detection(run).orElseThrow();
    }
}
