package io.fanin.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.history.PassPeriods.Registered;
import io.fanin.core.json.Json;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.run.RunId;
import io.fanin.core.run.detection.DetectionReport;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

    private static final Instant ENDED = Instant.parse("2013-02-09T14:06:00Z");
    private static final List<PartitionKey> HOURS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));
    private static final List<PartitionKey> REGIONS = List.of(new PartitionKey("region", KeyType.STRING));

    @Test
    void registeredHoursAreLettersOfTheirDay() {
        Calendar calendar = Calendar.NEW.after(pass("r1", hours("2013-02-08T10:00", 3)));

        assertThat(calendar.rows()).isEqualTo(Map.of("2013-02-08", "..........RRR..........."));
        assertThat(calendar.runs()).singleElement().satisfies(run -> {
            assertThat(run.run()).isEqualTo(new RunId("r1"));
            assertThat(run.periods())
                    .containsExactly(new Calendar.Stretch(moment("2013-02-08T10:00"), moment("2013-02-08T12:00")));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "year; month; day; hour; minute, 2013;02;08;17;45, 2013-02-08T17, 45, 60",
        "year; month; day, 2013;02;08, 2013-02, 7, 31",
        "year; month, 2013;02, 2013, 1, 12",
        "year, 2013, 201, 3, 10",
    })
    void finestPeriodSaysWhatARowIs(String names, String values, String row, int place, int width) {
        List<PartitionKey> keys = List.of(names.split("; ")).stream()
                .map(name -> new PartitionKey(name, KeyType.INT))
                .toList();
        PartitionValues partition = PartitionValues.of(values.split(";"));

        Calendar calendar = Calendar.NEW.after(pass("r1", 0, keys, List.of(registered(partition, false))));

        assertThat(calendar.rows()).hasSize(1).hasEntrySatisfying(row, letters -> {
            assertThat(letters).hasSize(width);
            assertThat(letters.indexOf('R')).isEqualTo(place);
        });
    }

    @Test
    void samePassTwiceChangesNothing() {
        Calendar once = Calendar.NEW.after(pass("r1", hours("2013-02-08T10:00", 3)));

        assertThat(once.after(pass("r1", hours("2013-02-08T20:00", 3)))).isSameAs(once);
    }

    @Test
    void laterPassAddsToItsRun() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", 0, HOURS, hours("2013-02-08T10:00", 2)))
                .after(pass("r1", 1, HOURS, hours("2013-02-08T12:00", 1)));

        assertThat(calendar.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.periods())
                        .containsExactly(new Calendar.Stretch(moment("2013-02-08T10:00"), moment("2013-02-08T12:00"))));
    }

    @Test
    void partitionProcessedAgainIsLate() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 3)))
                .after(pass("r2", 0, HOURS, List.of(registered(PartitionValues.of("2013-02-08", "11"), true))));

        assertThat(calendar.rows()).containsEntry("2013-02-08", "..........RLR...........");
    }

    @Test
    void deregisteredPeriodIsForgotten() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 2)))
                .after(deregistering("r2", HOURS, "2013-02-08", "10"));

        assertThat(calendar.rows()).containsEntry("2013-02-08", "...........R............");
    }

    @Test
    void periodOfOtherPartitionsIsNotForgotten() {
        List<PartitionKey> keys = List.of(HOURS.get(0), HOURS.get(1), REGIONS.get(0));
        PartitionValues values = PartitionValues.of("2013-02-08", "10", "eu");

        Calendar calendar = Calendar.NEW
                .after(pass("r1", 0, keys, List.of(registered(values, false))))
                .after(deregistering("r2", keys, "2013-02-08", "10", "eu"));

        assertThat(calendar.rows()).containsKey("2013-02-08");
    }

    @Test
    void fiveYearsUpToTheNewestPeriodAreKept() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2008-02-08T00:00", 48)))
                .after(pass("r2", hours("2013-02-08T23:00", 1)));

        assertThat(calendar.rows()).containsOnlyKeys("2008-02-09", "2013-02-08");
    }

    @Test
    void fiveYearsOfHoursAreSmall() {
        Calendar calendar = Calendar.NEW.after(pass("r1", hours("2008-02-10T00:00", 5 * 365 * 24)));

        assertThat(calendar.rows()).hasSizeGreaterThan(5 * 364);
        assertThat(Json.text(calendar)).hasSizeLessThan(100_000);
    }

    @Test
    void minutesAreBoundedByTheirNumber() {
        List<PartitionKey> keys = List.of("year", "month", "day", "hour", "minute").stream()
                .map(name -> new PartitionKey(name, KeyType.INT))
                .toList();
        List<Registered> all = IntStream.range(0, 100 * 24)
                .mapToObj(hour -> moment("2012-10-01T00:00").plusHours(hour))
                .map(moment -> registered(
                        PartitionValues.of(
                                String.valueOf(moment.getYear()),
                                String.valueOf(moment.getMonthValue()),
                                String.valueOf(moment.getDayOfMonth()),
                                String.valueOf(moment.getHour()),
                                "0"),
                        false))
                .toList();

        assertThat(Calendar.NEW.after(pass("r1", 0, keys, all)).rows()).hasSize(PeriodRows.PERIODS / 60);
    }

    @Test
    void mistakenFuturePeriodReplacesNothing() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 1)))
                .after(pass("r2", hours("2999-01-01T00:00", 1)));

        assertThat(calendar.rows()).containsOnlyKeys("2013-02-08");
    }

    @Test
    void anotherTableOfTheNameBeginsAnew() {
        Calendar before = Calendar.NEW.after(pass("r1", hours("2013-02-07T10:00", 1)));
        PassPeriods pass = pass("r2", hours("2013-02-08T10:00", 1));

        Calendar calendar = before.after(new PassPeriods(
                pass.run(),
                0,
                ENDED,
                scope(HOURS, "2013-02-08T00:00:00Z"),
                HOURS,
                pass.registered(),
                List.of(),
                pass.look()));

        assertThat(calendar.rows()).containsOnlyKeys("2013-02-08");
    }

    @Test
    void lookTellsAnewWhatLiesInItsWindow() {
        Calendar before = Calendar.NEW.after(looking("r1", """
                {"found": 9, "registered": 8, "from": "2013-02-01T00:00",
                 "missing": {"count": 3, "sample": [{"first": "2013-02-03T05:00", "last": "2013-02-03T06:00", "count": 2},
                                                    {"first": "2013-02-08T05:00", "last": "2013-02-08T05:00", "count": 1}]}}
                """));

        Calendar after = before.after(looking("r2", """
                {"found": 9, "registered": 8, "from": "2013-02-06T00:00",
                 "waiting": {"count": 2, "sample": [{"partition": "dt=2013-02-09/hour=14", "prefix": "f/", "detail": "quiet period"},
                                                    {"partition": "no name", "prefix": "f/"}]},
                 "skipped": {"CONFLICT": 2}, "skippedSample": [
                   {"prefix": "flights/dt=2013-02-08/hour=7/", "reason": "CONFLICT", "detail": "means the same"},
                   {"prefix": "elsewhere/dt=2013-02-08/hour=8/", "reason": "CONFLICT", "detail": "means the same"}]}
                """));

        assertThat(after.open())
                .containsExactly(
                        open(PeriodState.MISSING, "2013-02-03T05:00", "2013-02-03T06:00", ""),
                        open(PeriodState.WAITING, "2013-02-09T14:00", "2013-02-09T14:00", "quiet period"),
                        open(PeriodState.CONFLICT, "2013-02-08T07:00", "2013-02-08T07:00", "means the same"));
    }

    @Test
    void runThatLookedAtNothingLeavesWhatWasSeen() {
        Calendar before = Calendar.NEW.after(looking(
                "r1",
                "{\"found\": 1, \"registered\": 0, \"missing\": {\"count\": 1, \"sample\": [{\"first\": \"2013-02-08T05:00\","
                        + " \"last\": \"2013-02-08T05:00\", \"count\": 1}]}}"));

        assertThat(before.after(looking("r2", "{\"found\": 0, \"registered\": 0}"))
                        .open())
                .isEqualTo(before.open());
    }

    @Test
    void fullLookRebuildsWhatIsRegistered() {
        Calendar before = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 3)))
                .after(pass("r2", 0, HOURS, List.of(registered(PartitionValues.of("2013-02-08", "11"), true))));
        RegisteredPeriods all = new RegisteredPeriods(HOURS);
        List.of(hours("2013-02-07T23:00", 1), hours("2013-02-08T11:00", 2), hours("2999-01-01T00:00", 1)).stream()
                .flatMap(List::stream)
                .forEach(one -> all.add(one.values()));

        Calendar rebuilt = all.rebuilt(before, scope(HOURS, "2013-01-01T00:00:00Z"), moment("2013-02-10T00:00"));

        assertThat(rebuilt.rows())
                .isEqualTo(Map.of("2013-02-07", ".......................R", "2013-02-08", "...........LR..........."));
        assertThat(rebuilt.runs()).isEqualTo(before.runs());
        assertThat(all.rebuilt(rebuilt, rebuilt.scope().orElseThrow(), moment("2013-02-10T00:00")))
                .isEqualTo(rebuilt);
    }

    @Test
    void fullLookLeavesTablesWithoutPeriodsAsTheyAre() {
        Calendar before = Calendar.NEW.after(pass("r1", 0, REGIONS, List.of(region("eu", 7))));

        assertThat(new RegisteredPeriods(REGIONS)
                        .rebuilt(before, scope(REGIONS, "2013-01-01T00:00:00Z"), moment("2013-02-10T00:00")))
                .isSameAs(before);
    }

    @Test
    void runsAreKeptAsLongAsTheirFolders() {
        Calendar before = Calendar.NEW.after(pass("r1", hours("2013-02-08T10:00", 1)));
        PassPeriods later = pass("r2", hours("2013-02-08T11:00", 1));

        Calendar after = before.after(new PassPeriods(
                later.run(),
                0,
                ENDED.plusSeconds(31 * 86_400L),
                later.scope(),
                HOURS,
                later.registered(),
                List.of(),
                later.look()));

        assertThat(after.runs()).extracting(Calendar.RunPeriods::run).containsExactly(new RunId("r2"));
        assertThat(after.rows()).containsEntry("2013-02-08", "..........RR............");
    }

    @Test
    void tableWithoutPeriodsKeepsItsLastValues() {
        List<Registered> first = List.of(region("eu", 7), region("us", 8));
        List<Registered> many = IntStream.range(0, CalendarChange.VALUES - 1)
                .mapToObj(i -> region("r" + i, i))
                .toList();

        Calendar calendar = Calendar.NEW
                .after(pass("r1", 0, REGIONS, first))
                .after(pass("r2", 0, REGIONS, List.of(region("eu", 9))))
                .after(pass("r3", 0, REGIONS, many));

        assertThat(calendar.rows()).isEmpty();
        assertThat(calendar.values())
                .hasSize(CalendarChange.VALUES)
                .first()
                .isEqualTo(new Calendar.LastValue("region=eu", new RunId("r2"), ENDED, OptionalLong.of(9)));
    }

    @Test
    void documentIsReadAsItWasWritten() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 3)))
                .after(pass("r2", 0, REGIONS, List.of(region("eu", 9))));

        assertThat(Json.read(Json.text(calendar), Calendar.class, "calendar.json"))
                .isEqualTo(calendar);
    }

    private static Registered region(String name, long rows) {
        return new Registered(PartitionValues.of(name), false, OptionalLong.of(rows));
    }

    private static Registered registered(PartitionValues values, boolean isAgain) {
        return new Registered(values, isAgain, OptionalLong.empty());
    }

    private static List<Registered> hours(String first, int count) {
        List<Registered> hours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LocalDateTime moment = moment(first).plusHours(i);
            hours.add(registered(
                    PartitionValues.of(moment.toLocalDate().toString(), String.valueOf(moment.getHour())), false));
        }
        return hours;
    }

    private static PassPeriods pass(String run, List<Registered> registered) {
        return pass(run, 0, HOURS, registered);
    }

    private static PassPeriods pass(String run, int number, List<PartitionKey> keys, List<Registered> registered) {
        return new PassPeriods(
                new RunId(run),
                number,
                ENDED,
                scope(keys, "2013-01-01T00:00:00Z"),
                keys,
                registered,
                List.of(),
                Optional.empty());
    }

    private static PassPeriods deregistering(String run, List<PartitionKey> keys, String... values) {
        return new PassPeriods(
                new RunId(run),
                0,
                ENDED,
                scope(keys, "2013-01-01T00:00:00Z"),
                keys,
                List.of(),
                List.of(PartitionValues.of(values)),
                Optional.empty());
    }

    private static PassPeriods looking(String run, String report) {
        return new PassPeriods(
                new RunId(run),
                0,
                ENDED,
                scope(HOURS, "2013-01-01T00:00:00Z"),
                HOURS,
                List.of(),
                List.of(),
                Optional.of(Json.read(report, DetectionReport.class, "detection")));
    }

    private static ProgressScope scope(List<PartitionKey> keys, String created) {
        return new ProgressScope(
                "s3://lake/flights/",
                "hive",
                keys.stream().map(PartitionKey::canonicalName).toList(),
                Optional.empty(),
                Optional.of(Instant.parse(created)));
    }

    private static Calendar.Open open(PeriodState state, String first, String last, String why) {
        return new Calendar.Open(state, moment(first), moment(last), why);
    }

    private static LocalDateTime moment(String text) {
        return LocalDateTime.parse(text);
    }
}
