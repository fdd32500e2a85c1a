package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Periods that cannot have begun anywhere: processed as all others, and no progress. */
class FutureTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void partitionOfTheFutureIsProcessed() {
        fixture.data("dt=2026-11-18/hour=7", "dt=2099-01-01/hour=0");

        fixture.detect(COMPLETE);

        assertThat(fixture.prefixes())
                .containsExactly("flights/dt=2026-11-18/hour=7/", "flights/dt=2099-01-01/hour=0/");
    }

    /** Clocks in Kiribati are 14 hours ahead of UTC; the zone in which a producer writes is not known. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-21, 0, 2026-11-21T00:00",
        "2026-11-20T09:59:59Z, 2026-11-21, 0, 2026-11-18T07:00",
        "2026-11-20T10:00:00Z, 2026-11-21, 1, 2026-11-18T07:00",
        "2026-11-20T12:00:00+02:00, 2026-11-21, 0, 2026-11-21T00:00",
        "2026-11-20T10:00:00Z, 2026-11-20, 23, 2026-11-20T23:00",
    })
    void newestPeriodIsNoLaterThanAnyClock(String time, String day, int hour, String newest) {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=" + day + "/hour=" + hour)
                .processed("dt=2026-11-18/hour=7", "2026-11-18", "7")
                .processed("dt=" + day + "/hour=" + hour, day, String.valueOf(hour));

        fixture.detect(NAMES + ", 'time': '" + time + "'");

        assertThat(report("r1").newest()).hasValue(newest);
    }

    /** Its period counts once it has data: a folder shows that somebody will write some. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'onEmpty': 'skip'"})
    void periodThatWasRegisteredAheadIsNoProgressBeforeItHasData(String more) {
        ahead();

        fixture.detect(NAMES + more);

        assertThat(report("r1").newest()).hasValue("2026-11-18T10:00");
        assertThat(report("r1").open()).isEmpty();
    }

    @Test
    void periodThatWasRegisteredAheadWaitsForItsMarker() {
        ahead();

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(answer.detection().waitingSample()).containsExactly("dt=2026-11-18/hour=11: has no _SUCCESS");
        assertThat(report("r1").open()).hasValue("2026-11-18T11:00");
    }

    @Test
    void emptyPeriodThatIsMeantToBeEmptyIsProgress() {
        ahead();

        fixture.detect(NAMES + ", 'onEmpty': 'register'");

        assertThat(report("r1").newest()).hasValue("2026-11-18T11:00");
    }

    /** Hour 10 has data, and hour 11 a folder. */
    private void ahead() {
        fixture.table("")
                .data("dt=2026-11-18/hour=10")
                .processed("dt=2026-11-18/hour=10", "2026-11-18", "10")
                .processed("dt=2026-11-18/hour=11", "2026-11-18", "11")
                .settled();
        fixture.aws.s3().put("lake", "flights/dt=2026-11-18/hour=11/_temporary/0/", "");
    }

    /** Progress never goes back: after a slip in the year, runs would no longer look at the periods of this one. */
    @ParameterizedTest
    @ValueSource(strings = {"2027-11-20T10:00:00Z", "2026-11-22T10:00:01Z"})
    void timeThatIsFarFromComingIsRefused(String time) {
        fixture.table("").data("dt=2026-11-18/hour=7");

        assertThatThrownBy(() -> fixture.detect(NAMES + ", 'time': '" + time + "'"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.time: expected a moment at most 2 days after the execution's start"
                        + " (2026-11-20T10:00:00Z), found " + time);
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void partitionOfTheFutureDoesNotMoveTheWindow() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=2099-01-01/hour=0")
                .registered("2026-11-18", "7")
                .registered("2099-01-01", "0")
                .settled();
        fixture.data("dt=2026-11-17/hour=1");

        fixture.detect(NAMES);

        assertThat(report("r1").from()).hasValue("2026-11-16T07:00");
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-17/hour=1/");
    }

    /** Written by mistake, or by a clock that is ahead, within what a local time can be. */
    @Test
    void partitionOfTheNextHoursDoesNotHideThoseThatAreYetToCome() {
        fixture.table("")
                .data("dt=2026-11-20/hour=9", "dt=2026-11-20/hour=23")
                .processed("dt=2026-11-20/hour=9", "2026-11-20", "9")
                .processed("dt=2026-11-20/hour=23", "2026-11-20", "23")
                .settled();
        fixture.data("dt=2026-11-20/hour=10");

        fixture.detect(NAMES + ", 'detection': {'mode': 'list', 'lookback': 'PT6H'}");

        assertThat(report("r1").from()).hasValue("2026-11-20T04:00");
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-20/hour=10/");
    }

    @Test
    void tableWithOnlyFuturePartitionsHasNoWindowAndSettles() {
        fixture.table("")
                .data("dt=2099-01-01/hour=0")
                .registered("2099-01-01", "0")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(report("r1").from()).isEmpty();
        assertThat(report("r1").newest()).isEmpty();
        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** An open period after all registered ones does not hold the progress back. */
    @ParameterizedTest
    @ValueSource(strings = {"dt=2099-01-01/hour=7", "dt=2026-11-19/hour=7"})
    void waitingPeriodAfterTheNewestHoldsNothingBack(String path) {
        String waits = ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}";
        fixture.table("")
                .data("dt=2026-11-18/hour=7", path)
                .registered("2026-11-18", "7")
                .settledBy(waits);

        DetectorAnswer answer = fixture.detect(NAMES + waits);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().waiting()).isEqualTo(1);
        assertThat(report("r1").from()).hasValue("2026-11-16T07:00");
    }

    @Test
    void conflictInTheFutureHoldsNothingBack() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=2099-01-01/hour=7", "dt=2099-01-01/hour=07")
                .registered("2026-11-18", "7")
                .settled();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(report("r1").from()).hasValue("2026-11-16T07:00");
    }

    @Test
    void failureOfTheFutureHoldsNothingBack() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=2099-01-01/hour=0")
                .registered("2026-11-18", "7")
                .outstanding("flights/dt=2099-01-01/hour=0/", "2099-01-01", "0")
                .settled();

        fixture.detect(NAMES);

        assertThat(report("r1").from()).hasValue("2026-11-16T07:00");
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2099-01-01/hour=0/");
    }

    @Test
    void horizonIsTold() {
        fixture.data("dt=2026-11-18/hour=7");

        fixture.detect("plan", json("{" + COMPLETE + ", 'dryRun': true}"));

        assertThat(fixture.run("plan").plan().orElseThrow().detection().horizon())
                .hasValue("2026-11-21T00:00");
    }

    private DetectionReport report(String run) {
        return fixture.detection(run).orElseThrow();
    }
}
