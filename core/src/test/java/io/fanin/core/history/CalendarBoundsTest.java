package io.fanin.core.history;

import static io.fanin.core.history.PassFixture.ENDED;
import static io.fanin.core.history.PassFixture.HOURS;
import static io.fanin.core.history.PassFixture.REGIONS;
import static io.fanin.core.history.PassFixture.hours;
import static io.fanin.core.history.PassFixture.looking;
import static io.fanin.core.history.PassFixture.moment;
import static io.fanin.core.history.PassFixture.pass;
import static io.fanin.core.history.PassFixture.region;
import static io.fanin.core.history.PassFixture.registered;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.history.PassPeriods.Registered;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bounds of a calendar's size. */
class CalendarBoundsTest {

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
    void gapsOfEachNightAreKeptForFiveYears() {
        Calendar calendar = Calendar.NEW;
        for (LocalDateTime month = moment("2007-01-01T00:00"); month.getYear() < 2013; month = month.plusMonths(1)) {
            LocalDateTime end = month.plusMonths(1);
            List<LocalDateTime> gaps = Stream.iterate(
                            month.plusHours(3), night -> night.isBefore(end), night -> night.plusDays(1))
                    .toList();
            calendar = calendar.after(
                    scanned("r" + month, month, hours(end.minusHours(1).toString(), 1), gaps));
        }

        assertThat(calendar.open())
                .hasSizeBetween(5 * 365, OpenPeriods.MAX)
                .first()
                .isEqualTo(gap("2008-01-01T03:00", "2008-01-01T03:00"));
        assertThat(calendar.open()).last().extracting(Calendar.Open::first).isEqualTo(moment("2012-12-31T03:00"));
    }

    @Test
    void newestGapsAreKept() {
        Calendar calendar = Calendar.NEW;
        for (int i = 0; i < 30; i++) {
            LocalDateTime first = moment("2012-01-01T00:00").plusHours(200L * i);
            List<LocalDateTime> gaps = IntStream.range(0, 100)
                    .mapToObj(gap -> first.plusHours(2L * gap))
                    .toList();
            calendar = calendar.after(scanned("r" + i, first.minusHours(1), List.of(), gaps));
        }

        assertThat(calendar.open()).hasSize(OpenPeriods.MAX);
        assertThat(calendar.open())
                .last()
                .extracting(Calendar.Open::first)
                .isEqualTo(moment("2012-01-01T00:00").plusHours(200 * 30 - 2));
    }

    @Test
    void longGapIsAsLongAsTheCalendar() {
        Calendar calendar =
                Calendar.NEW.after(pass("r1", hours("2013-02-08T00:00", 1))).after(looking("r2", """
                        {"found": 9, "registered": 9,
                         "missing": {"count": 1, "sample": [
                           {"first": "1970-01-01T01:00", "last": "2013-02-07T23:00", "count": 377806}]}}
                        """));

        assertThat(calendar.open()).containsExactly(gap("2008-02-09T00:00", "2013-02-07T23:00"));
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
                later.detection()));

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

    private static Calendar.Open gap(String first, String last) {
        return new Calendar.Open(PeriodState.MISSING, moment(first), moment(last), "");
    }

    private static PassPeriods scanned(
            String run, LocalDateTime from, List<Registered> registered, List<LocalDateTime> gaps) {
        String sample = gaps.stream()
                .map(gap -> "{\"first\": \"%1$s\", \"last\": \"%1$s\", \"count\": 1}".formatted(gap))
                .collect(Collectors.joining(", "));
        PassPeriods pass = looking(run, """
                {"found": 9, "registered": 9, "from": "%s", "missing": {"count": %d, "sample": [%s]}}
                """.formatted(from, gaps.size(), sample));
        return new PassPeriods(pass.run(), 0, ENDED, pass.scope(), HOURS, registered, List.of(), pass.detection());
    }
}
