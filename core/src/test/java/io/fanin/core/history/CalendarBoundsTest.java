package io.fanin.core.history;

import static io.fanin.core.history.PassFixture.ENDED;
import static io.fanin.core.history.PassFixture.HOURS;
import static io.fanin.core.history.PassFixture.REGIONS;
import static io.fanin.core.history.PassFixture.hours;
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
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
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
}
