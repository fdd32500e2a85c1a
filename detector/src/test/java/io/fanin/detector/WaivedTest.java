package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.Waivers;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waived partitions in runs. */
class WaivedTest {

    private static final Partition H7 = partition("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7");
    private static final String FULL = ", 'detection': {'mode': 'full', 'lateData': true}";
    private static final String RANGE = ", 'detection': {'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'}";
    private static final String UNTIL = ", 'until': '2026-11-21T00:00:00Z'";
    private static final String GAPS = ", 'detection': {'mode': 'list', 'gaps': 'outstanding'}";

    private final DetectorFixture fixture = new DetectorFixture();

    private void given(String name, String more) {
        given(name, more, "");
    }

    /** @param detection of the run before */
    private void given(String name, String more, String detection) {
        fixture.table("").data("dt=2026-11-18/hour=6", "dt=2026-11-18/hour=8");
        fixture.processed("dt=2026-11-18/hour=6", "2026-11-18", "6")
                .processed("dt=2026-11-18/hour=8", "2026-11-18", "8");
        if (name.endsWith("=7")) {
            fixture.data("dt=2026-11-18/hour=7");
        }
        fixture.settledBy(detection);
        if (name.endsWith("=7")) {
            fixture.outstanding(H7.prefix(), "2026-11-18", "7");
        }
        waived(name, more);
    }

    private void waived(String name, String more) {
        waived("waiving", name, more);
    }

    private void waived(String run, String name, String more) {
        fixture.detect(run, json("{" + WaivingTest.waive("'" + name + "'", more) + "}"));
        EquivalentValues forms = new EquivalentValues(
                fixture.catalog.table(FLIGHTS).orElseThrow().keys());
        fixture.record(record ->
                Waivers.changed(record, fixture.run(run).start().orElseThrow().waiversOrNone(), forms, new RunId(run)));
        fixture.published();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL, RANGE, GAPS, ", 'detection': {'mode': 'list', 'lateData': false}"})
    void waivedPartitionIsLeftOut(String more) {
        given("dt=2026-11-18/hour=7", "", more.equals(GAPS) ? GAPS : "");

        assertThat(fixture.detect(NAMES + more).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** The listing that looks for late data goes on through it. */
    @Test
    void itsDataIsComparedAtNoFurtherRequest() {
        given("dt=2026-11-18/hour=7", "");
        fixture.detect("r0", json("{" + NAMES + "}"));
        int before = fixture.quiet().listed().size();
        fixture.detect("r2", json("{" + NAMES + "}"));
        int with = fixture.listed().size();
        fixture.processed("dt=2026-11-18/hour=7", "2026-11-18", "7");

        fixture.detect(NAMES);

        assertThat(before).isZero();
        assertThat(fixture.listed()).hasSize(with);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL, RANGE, ", 'detection': {'mode': 'list', 'lateData': false, 'maxAttempts': 1}"})
    void itComesBackWhenItsDataChanges(String more) {
        given("dt=2026-11-18/hour=7", "");
        fixture.aws.s3().put("lake", H7.prefix() + "part-0.json", "{\"carrier\":\"AA\"}");

        fixture.detect(NAMES + more);

        assertThat(fixture.work()).containsExactly(H7);
    }

    /** It was given up, and nothing of it has come back. */
    @Test
    void itStaysWaivedWhenAnEventSaysThatItsObjectsAreDeleted() {
        given("dt=2026-11-18/hour=7", "");
        fixture.aws.s3().delete("lake", H7.prefix() + "part-0.json");
        fixture.told(H7.prefix());

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'mode': 'events'}");

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.GONE, 1L));
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-20T23:59:59Z, NOTHING_NEW", "2026-11-21T00:00:00Z, PROCESS"})
    void itComesBackWhenTheWaiverIsOver(String time, NextStep next) {
        given("dt=2026-11-18/hour=7", UNTIL);

        assertThat(fixture.detect(NAMES + ", 'time': '" + time + "'").next()).isEqualTo(next);
    }

    @Test
    void outsideTheWindowItComesBackWhenTheWaiverIsOver() {
        given("dt=2026-11-18/hour=7", UNTIL);
        fixture.data("dt=2026-11-21/hour=0").processed("dt=2026-11-21/hour=0", "2026-11-21", "0");
        fixture.detect(NAMES);
        fixture.settledBy(", 'detection': {'mode': 'list', 'lookback': 'PT1H'}");

        fixture.detect(
                "r2",
                json("{" + NAMES
                        + ", 'detection': {'mode': 'list', 'lookback': 'PT1H'}, 'time': '2026-11-22T00:00:00Z'}"));

        assertThat(fixture.work("r2")).containsExactly(H7);
    }

    @Test
    void waivedPeriodWithoutAPrefixIsNotMissing() {
        fixture.table("").data("dt=2026-11-18/hour=6", "dt=2026-11-18/hour=9");
        fixture.processed("dt=2026-11-18/hour=6", "2026-11-18", "6")
                .processed("dt=2026-11-18/hour=9", "2026-11-18", "9");
        fixture.settledBy(GAPS);
        waived("dt=2026-11-18/hour=7", "");

        DetectorAnswer one = fixture.detect(NAMES + GAPS);

        assertThat(one.next()).as("fewer are missing than the record says").isEqualTo(NextStep.REGISTER);
        assertThat(one.detection().missingSample()).containsExactly("2026-11-18T08:00");
        assertThat(fixture.detection().orElseThrow().open()).hasValue("2026-11-18T08:00");
    }

    /** Another tool has its folder under other values: it is named, and holds nothing back. */
    @Test
    void waivedPartitionWhoseFolderIsTakenIsNotOpen() {
        fixture.table("")
                .data("dt=2026-11-18/hour=08")
                .processed("dt=2026-11-18/hour=08", "2026-11-18", "08")
                .settled()
                .foreign("dt=2026-11-18/hour=07", "2026-11-19", "7")
                .outstanding("flights/dt=2026-11-18/hour=07/", "2026-11-18", "07");
        waived("dt=2026-11-18/hour=7", "");

        fixture.detect("r9", json("{" + NAMES + "}"));

        assertThat(fixture.detection("r9").orElseThrow().open()).isEmpty();
        assertThat(fixture.detection("r9").orElseThrow().counts().skips().sample())
                .singleElement()
                .satisfies(
                        skip -> assertThat(skip.detail()).startsWith("is registered by another tool as [2026-11-19"));
    }

    /** The run ends its waiver, and it is as missing as before it. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void waivedPeriodThatIsRegisteredWithoutAPrefixIsMissing(String mode) {
        String gaps = GAPS.replace("list", mode);
        fixture.table("").data("dt=2026-11-18/hour=6", "dt=2026-11-18/hour=9");
        fixture.processed("dt=2026-11-18/hour=6", "2026-11-18", "6")
                .processed("dt=2026-11-18/hour=9", "2026-11-18", "9");
        fixture.settledBy(gaps);
        waived("dt=2026-11-18/hour=8", "");
        fixture.registered("2026-11-18", "8");

        DetectorAnswer answer = fixture.detect(NAMES + gaps);

        assertThat(answer.detection().missingSample()).containsExactly("2026-11-18T07:00 to 2026-11-18T08:00");
    }

    /** The window of the second run begins with what is waived. */
    @Test
    void periodBehindMoreWaivedOnesThanAWindowHoldsStaysMissing() {
        fixture.tableOf("[{'name': 'dt', 'type': 'date'}]", "hive")
                .data("dt=2026-11-10", "dt=2026-11-15")
                .registered("2026-11-10")
                .registered("2026-11-15")
                .settledBy(GAPS);
        List.of("11", "12", "13").forEach(day -> waived("waiving" + day, "dt=2026-11-" + day, ""));
        fixture.detect("one", json("{" + NAMES + GAPS + "}"));
        fixture.concluded("one");

        DetectorAnswer two = fixture.detect(NAMES + GAPS);

        assertThat(fixture.detection().orElseThrow().from()).hasValue("2026-11-11T00:00");
        assertThat(two.detection().missingSample()).containsExactly("2026-11-14T00:00");
        assertThat(fixture.detection().orElseThrow().open()).hasValue("2026-11-14T00:00");
    }

    @Test
    void itIsProcessedWhenItIsNamed() {
        given("dt=2026-11-18/hour=7", "");

        fixture.detect(NAMES + ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-18/hour=7']}");

        assertThat(fixture.work()).containsExactly(H7);
    }

    @Test
    void whatSomebodyHasRegisteredIsSetRight() {
        given("dt=2026-11-18/hour=7", "");
        fixture.registered("2026-11-18", "7");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.REGISTER);
    }

    @Test
    void runThatTakesUpAnotherLeavesItOut() {
        fixture.data("dt=2026-11-18/hour=7", "dt=2026-11-18/hour=8");
        fixture.detect("r0", json("{" + COMPLETE + "}"));
        fixture.table("")
                .record(record -> record.with(new RecordedRun(new RunId("other"), "s3://state/runs/other/", 0)));
        waived("dt=2026-11-18/hour=7", "");

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-18/hour=8/");
    }

    /** It would be published as complete, and nobody has looked at it. */
    @Test
    void tableWithoutARunHasNothingToWaive() {
        fixture.table("");

        assertThatThrownBy(() -> waived("dt=2026-11-18/hour=7", ""))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.waive: analytics.flights has had no run since it was created: run it first");
    }

    @Test
    void tableThatWasCreatedAgainHasNothingToWaiveBeforeItsFirstRun() {
        given("dt=2026-11-18/hour=7", "");
        fixture.dropTable();
        fixture.clock.advance(Duration.ofSeconds(1));
        fixture.table("");

        assertThatThrownBy(() ->
                        fixture.detect("again", json("{" + WaivingTest.waive("'dt=2026-11-18/hour=7'", "") + "}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("has had no run since it was created");
    }

    @Test
    void tableThatWasCreatedAgainHasNoWaivers() {
        given("dt=2026-11-18/hour=7", "");
        fixture.dropTable();

        fixture.detect(COMPLETE);

        assertThat(fixture.detection().orElseThrow().counts().pending().reasons())
                .isEqualTo(Map.of(Reason.NEW, 3L));
    }
}
