package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.KeyZone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in local time, on the days on which clocks are changed. */
class LocalTimeTest {

    private static final String BERLIN = ", 'timeZone': 'Europe/Berlin'";
    private static final String SPRING = "dt=2026-03-29/hour=";
    private static final String AUTUMN = "dt=2026-10-25/hour=";

    private final DetectorFixture fixture = new DetectorFixture();

    private DetectorFixture hours(String day, int... hours) {
        return fixture.data(IntStream.of(hours)
                .mapToObj(hour -> day + "%02d".formatted(hour))
                .toArray(String[]::new));
    }

    private DetectorAnswer detectAt(String time, String fields) {
        return fixture.detect("r1", json("{" + fields + ", 'time': '" + time + "'}"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'timeZone': 'Europe/Berlin'       | 0",
                "'timeZone': 'Europe/London'       | 1",
                "'timeZone': 'America/New_York'    | 1",
                "'timeZone': 'UTC'                 | 1",
                "'timeZone': '+01:00'              | 1",
                "'onEmpty': 'fail'                 | 1",
            },
            quoteCharacter = '`')
    void hourThatClocksSkipIsNotMissing(String zone, long missing) {
        hours(SPRING, 0, 1, 3, 4);

        for (String mode : List.of("list", "full")) {
            DetectorAnswer answer = fixture.detect(
                    mode,
                    json("{" + COMPLETE + ", " + zone + ", 'detection': {'mode': '" + mode
                            + "', 'gaps': 'outstanding'}}"));

            assertThat(answer.detection().missing()).isEqualTo(missing);
            assertThat(fixture.detection(mode).orElseThrow().open().isPresent()).isEqualTo(missing > 0);
        }
    }

    @Test
    void hoursAroundTheSkippedOneAreMissing() {
        hours(SPRING, 0, 5);

        DetectorAnswer answer = fixture.detect(COMPLETE + BERLIN);

        assertThat(answer.detection().missing()).isEqualTo(3);
        assertThat(answer.detection().missingSample())
                .containsExactly("2026-03-29T01:00", "2026-03-29T03:00 to 2026-03-29T04:00");
    }

    @Test
    void dayThatAZoneHasSkippedIsNotMissing() {
        fixture.data("dt=2011-12-29", "dt=2011-12-31");
        String days = keyed("[{'name': 'dt', 'type': 'date'}]");

        assertThat(fixture.detect(days + ", 'timeZone': 'Pacific/Apia'")
                        .detection()
                        .missing())
                .isZero();
    }

    @Test
    void prefixOfTheSkippedHourIsNewLikeAnyOther() {
        hours(SPRING, 1, 2, 3);

        DetectorAnswer answer = fixture.detect(COMPLETE + BERLIN);

        assertThat(answer.partitions()).isEqualTo(3);
        assertThat(fixture.prefixes()).contains("flights/" + SPRING + "02/");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2026-10-25T00:05:00Z | 00       | dt=2026-10-25/hour=01: is ready at 2026-10-25T00:06:00Z, PT1H6M after it begins",
                "2026-10-25T00:06:00Z | 00 01    | dt=2026-10-25/hour=02: is ready at 2026-10-25T02:06:00Z, PT1H6M after it begins",
                "2026-10-25T02:05:00Z | 00 01    | dt=2026-10-25/hour=02: is ready at 2026-10-25T02:06:00Z, PT1H6M after it begins",
                "2026-10-25T02:06:00Z | 00 01 02 | -",
            })
    void hourThatComesTwiceIsReadyAfterTheSecond(String time, String ready, String waiting) {
        hours(AUTUMN, 0, 1, 2);

        DetectorAnswer answer =
                detectAt(time, COMPLETE + BERLIN + ", 'detection': {'mode': 'list', 'readiness': {'age': 'PT1H6M'}}");

        assertThat(fixture.prefixes())
                .containsExactly(List.of(ready.split(" ")).stream()
                        .map(hour -> "flights/" + AUTUMN + hour + "/")
                        .toArray(String[]::new));
        if (waiting == null) {
            assertThat(answer.detection().waiting()).isZero();
        } else {
            assertThat(answer.detection().waitingSample()).contains(waiting);
        }
    }

    @ParameterizedTest(name = "{0} {1} at {2}: {3}")
    @CsvSource({
        "Europe/Berlin, 2026-03-29, 2026-03-29T21:59:00Z, 0",
        "Europe/Berlin, 2026-03-29, 2026-03-29T22:00:00Z, 1",
        "Europe/Berlin, 2026-10-25, 2026-10-25T22:59:00Z, 0",
        "Europe/Berlin, 2026-10-25, 2026-10-25T23:00:00Z, 1",
        "America/New_York, 2026-11-01, 2026-11-02T04:59:00Z, 0",
        "America/New_York, 2026-11-01, 2026-11-02T05:00:00Z, 1",
        "America/Sao_Paulo, 2018-11-04, 2018-11-05T01:59:00Z, 0",
        "America/Sao_Paulo, 2018-11-04, 2018-11-05T02:00:00Z, 1",
        "+05:30, 2026-10-25, 2026-10-25T18:29:00Z, 0",
        "+05:30, 2026-10-25, 2026-10-25T18:30:00Z, 1",
    })
    void dayIsReadyWhenItIsOver(String zone, String day, String time, int ready) {
        fixture.data("dt=" + day);

        DetectorAnswer answer = detectAt(
                time,
                keyed("[{'name': 'dt', 'type': 'date'}]") + ", 'timeZone': '" + zone
                        + "', 'detection': {'mode': 'list', 'readiness': {'age': 'P1D'}}");

        assertThat(answer.partitions()).isEqualTo(ready);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "Europe/Berlin, 2026-03-29, 23",
        "Europe/Berlin, 2026-10-25, 24",
        "Australia/Lord_Howe, 2026-10-04, 24",
        "UTC, 2026-03-29, 24",
    })
    void calendarHasThePeriodsThatClocksShow(String zone, String day, int periods) {
        DetectorAnswer answer = fixture.detect(COMPLETE + ", 'timeZone': '" + zone
                + "', 'detection': {'mode': 'calendar', 'from': '" + day + "', 'to': '" + day + "T23:30'}");

        assertThat(answer.partitions()).isEqualTo(periods);
        assertThat(fixture.prefixes().contains("flights/" + day + "/hour=02/")).isFalse();
    }

    @Test
    void calendarRunsInTheZoneOfTheKeys() {
        detectAt(
                "2026-03-29T00:30:00Z",
                COMPLETE + BERLIN + ", 'detection': {'mode': 'calendar', 'past': 'PT1H', 'ahead': 'PT2H'}");

        assertThat(fixture.prefixes())
                .containsExactly("flights/" + SPRING + "01/", "flights/" + SPRING + "03/", "flights/" + SPRING + "04/");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "Europe/Berlin, PT3H, 2026-03-29T00:00",
        "Europe/Berlin, PT1H, 2026-03-29T03:00",
        "UTC,           PT3H, 2026-03-29T01:00",
    })
    void windowIsAsLongAsTheTimeThatHasPassed(String zone, String lookback, String from) {
        String zoned = ", 'timeZone': '" + zone + "'";
        fixture.table("");
        hours(SPRING, 0, 1, 3, 4).registered("2026-03-29", "4").settledBy(zoned);

        fixture.detect(NAMES + zoned + ", 'detection': {'mode': 'list', 'lookback': '" + lookback + "'}");

        assertThat(report().from()).hasValue(from);
    }

    @Test
    void gapRightAfterTheSkippedHourIsSeenInAWindow() {
        String gaps = BERLIN + ", 'detection': {'mode': 'list', 'lookback': 'PT0S', 'gaps': 'outstanding'}";
        fixture.table("");
        hours(SPRING, 0, 1).foreign(SPRING + "4", "2026-03-29", "4");
        fixture.registered("2026-03-29", "0").registered("2026-03-29", "1").settledBy(gaps);

        assertThat(new TableRecords(fixture.state).read(FLIGHTS).progress().open())
                .hasValue("2026-03-29T03:00");
        assertThat(fixture.detect(NAMES + gaps).detection().missing()).isEqualTo(1);
        assertThat(report().from()).hasValue("2026-03-29T01:00");
        assertThat(report().open()).hasValue("2026-03-29T03:00");
    }

    @Test
    void tablesParameterIsItsZone() {
        fixture.table("");
        parameters(all -> all.put("fanin.timeZone", "Europe/Berlin"));
        hours(SPRING, 1, 3);

        assertThat(fixture.detect(NAMES).detection().missing()).isZero();
        assertThat(fixture.run().spec().timeZone()).hasValue(KeyZone.of("Europe/Berlin"));
    }

    @Test
    void specReplacesTheTablesZone() {
        fixture.table("");
        parameters(all -> all.put("fanin.timeZone", "Europe/Berlin"));
        hours(SPRING, 1, 3);

        assertThat(fixture.detect(NAMES + ", 'timeZone': 'UTC'").detection().missing())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Berlin", ""})
    void parameterThatIsNoZoneIsNamed(String zone) {
        fixture.table("");
        parameters(all -> all.put("fanin.timeZone", zone));

        assertThatThrownBy(() -> fixture.detect(NAMES))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.timeZone: expected a time zone such as Europe/Berlin, UTC or +05:30, found '"
                        + zone + "', in the table's parameter fanin.timeZone");
    }

    @Test
    void zoneOfATableWhoseKeysAreNoTimesIsRefused() {
        fixture.tableOf("[{'name': 'region', 'type': 'string'}]", "hive");

        assertThatThrownBy(() -> fixture.detect(NAMES + BERLIN))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.timeZone: a time zone needs keys that are times");
    }

    /** A stack update may remove all parameters that a template does not have. */
    @Test
    void zoneThatTheTableHasLostIsTakenFromItsRecordAndPublishedAgain() {
        fixture.table("");
        hours(SPRING, 1, 3)
                .registered("2026-03-29", "01")
                .registered("2026-03-29", "03")
                .settledBy(BERLIN);
        assertThat(parameters()).containsEntry("fanin.timeZone", "Europe/Berlin");
        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);

        parameters(all -> all.remove("fanin.timeZone"));
        DetectorAnswer answer = fixture.detect("r2", json("{" + NAMES + "}"));

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(fixture.run("r2").spec().timeZone()).hasValue(KeyZone.of("Europe/Berlin"));
        assertThat(answer.detection().missing()).isZero();
    }

    @Test
    void tableIsLookedAtAsAWholeWhenItsZoneChanges() {
        fixture.table("");
        hours(SPRING, 1, 3)
                .registered("2026-03-29", "01")
                .registered("2026-03-29", "03")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES + BERLIN);

        assertThat(report().from()).isEmpty();
        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
    }

    private Map<String, String> parameters() {
        return fixture.aws.glue().parameters(FLIGHTS.database(), FLIGHTS.table());
    }

    private void parameters(Consumer<Map<String, String>> change) {
        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> {
            Map<String, String> after = new HashMap<>(before);
            change.accept(after);
            return after;
        });
        fixture.quiet();
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }

    /** The published progress is a moment in the zone that the table has: it must not stay in the one that it had. */
    @Test
    void progressInAZoneThatSomebodyHasChangedIsTakenBackOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .processed("dt=2026-11-18/hour=7", "2026-11-18", "7")
                .settled()
                .published();
        assertThat(fixture.catalog.table(FLIGHTS).orElseThrow().parameters()).containsKey("fanin.complete_through");
        fixture.alterParameter("fanin.timeZone", "America/New_York");
        String events = "{" + NAMES + ", 'detection': {'mode': 'events'}}";

        assertThat(fixture.detect("r1", json(events)).next()).isEqualTo(NextStep.REGISTER);

        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> {
            Map<String, String> without = new HashMap<>(before);
            without.remove("fanin.complete_through");
            return without;
        });
        assertThat(fixture.detect("r2", json(events)).next()).isEqualTo(NextStep.NOTHING_NEW);
    }
}
