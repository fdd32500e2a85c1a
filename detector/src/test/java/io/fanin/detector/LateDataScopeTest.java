package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.RegisteredHours.H12;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registered partitions that are inspected for late data, and the number of requests. */
class LateDataScopeTest {

    private final DetectorFixture fixture = new DetectorFixture().table("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mode': 'list', 'lateData': false",
                "'mode': 'full'",
                "'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'"
            })
    void nothingIsLookedIntoWhereLateDataIsSwitchedOff(String detection) {
        RegisteredHours.two(fixture);
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");
        fixture.quiet();

        assertThat(fixture.detect(NAMES + ", 'detection': {" + detection + "}").partitions())
                .isZero();
        assertThat(fixture.listed()).doesNotContain("lake/" + H12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'mode': 'full'", "'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'"})
    void lateDataMayBeSwitchedOn(String detection) {
        RegisteredHours.two(fixture);
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}");

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'lateData': true, " + detection + "}");

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** A first look at a table of a million partitions would list all of its objects. */
    @Test
    void nothingIsLookedIntoWhereThereIsNoWindow() {
        RegisteredHours.two(fixture);
        fixture.aws.s3().put("lake", H12 + "part-2.json", "{}").delete("state", "tables/analytics/flights/state.json");
        fixture.quiet();

        fixture.detect(NAMES);

        assertThat(fixture.detection().orElseThrow().counts().pending().reasons())
                .isEmpty();
        assertThat(fixture.listed()).containsExactly("lake/flights/", "lake/flights/dt=2026-11-18/");
    }

    @Test
    void partitionBeforeTheWindowIsNotLookedInto() {
        fixture.data("dt=2026-11-10/hour=0").processed("dt=2026-11-10/hour=0", "2026-11-10", "0");
        RegisteredHours.two(fixture);
        fixture.data("dt=2026-11-10/hour=0/later");

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /**
     * An open period holds the window open indefinitely, which must not make every run inspect all later partitions.
     */
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

    /** A producer removes the marker, writes for longer than the lookback, and writes the marker again. */
    @ParameterizedTest
    @ValueSource(strings = {"", "full"})
    void lateDataThatWaitsIsLookedForHoweverLongThatTakes(String between) {
        String readiness = "'readiness': {'marker': '_SUCCESS'}";
        String list = ", 'detection': {'mode': 'list', 'lookback': 'PT2H', " + readiness + "}";
        waitingWithLateData(list);
        marked(6);
        marked(7);
        fixture.settledBy(between.isEmpty() ? list : ", 'detection': {'mode': '" + between + "', " + readiness + "}");

        DetectorAnswer waiting = fixture.detect("waiting", json("{" + NAMES + list + "}"));
        fixture.aws.s3().put("lake", hour(4) + "_SUCCESS", "");
        DetectorAnswer ready = fixture.detect("ready", json("{" + NAMES + list + "}"));

        assertThat(waiting.detection().waitingSample()).containsExactly("dt=2026-11-18/hour=4: has no _SUCCESS");
        assertThat(ready.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** What was waited for has been processed: its period is looked into no more. */
    @Test
    void lateDataThatWaitedIsNotLookedForOnceItIsProcessed() {
        String list = ", 'detection': {'mode': 'list', 'lookback': 'PT2H', 'readiness': {'marker': '_SUCCESS'}}";
        waitingWithLateData(list);
        marked(4);
        marked(6);
        marked(7);
        assertThat(late()).containsExactly("2026-11-18T04:00");

        fixture.settledBy(list);

        assertThat(late()).isEmpty();
    }

    /** Hours 1 to 5 are processed, and hour 4 is being written again. */
    private void waitingWithLateData(String list) {
        for (int hour = 1; hour <= 5; hour++) {
            marked(hour);
        }
        fixture.settledBy(list);
        fixture.aws.s3().put("lake", hour(4) + "part-1.json", "{}").delete("lake", hour(4) + "_SUCCESS");
        fixture.settledBy(list);
    }

    private List<String> late() {
        return new TableRecords(fixture.state)
                .read(DetectorFixture.FLIGHTS)
                .progress()
                .late();
    }

    private void marked(int hour) {
        fixture.aws.s3().put("lake", hour(hour) + "_SUCCESS", "");
        fixture.data("dt=2026-11-18/hour=" + hour)
                .processed("dt=2026-11-18/hour=" + hour, "2026-11-18", String.valueOf(hour));
    }

    private static String hour(int hour) {
        return "flights/dt=2026-11-18/hour=" + hour + "/";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void fortyEightHoursCostAsManyRequestsAsTheirObjectsFill(int objects) {
        hours(objects);
        fixture.detect("off", json("{" + NAMES + ", 'detection': {'mode': 'list', 'lateData': false}}"));
        int without = fixture.listed().size();
        fixture.quiet();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);

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

    /** A partition with more objects than were registered has changed, whatever the rest of them are. */
    @Test
    void lookIntoAPartitionEndsWhereItIsKnownToHaveChanged() {
        RegisteredHours.two(fixture);
        fixture.detect("before", json("{" + NAMES + "}"));
        int before = fixture.listed().size();
        for (int i = 0; i < 2500; i++) {
            fixture.aws.s3().put("lake", H12 + "more-" + i + ".json", "{}");
        }
        fixture.quiet();

        assertThat(fixture.detect(NAMES).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.listed()).hasSize(before);
    }
}
