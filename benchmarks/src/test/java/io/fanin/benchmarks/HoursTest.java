package io.fanin.benchmarks;

import static io.fanin.benchmarks.HoursFixture.FOLDER;
import static io.fanin.benchmarks.HoursFixture.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** The hours that are computed, their values and their names. */
class HoursTest {

    @Test
    void hoursFollowEachOtherOverTheEndOfAYear() {
        assertThat(HOURS.values(0)).containsExactly("2025", "12", "31", "15");
        assertThat(HOURS.values(8)).containsExactly("2025", "12", "31", "23");
        assertThat(HOURS.values(9)).containsExactly("2026", "01", "01", "00");
        assertThat(HOURS.last()).isEqualTo("2026-01-02T03:00");
        assertThat(Hours.until(LocalDateTime.parse("2026-01-02T04:00"), FOLDER, Naming.TEMPLATE, 37))
                .isEqualTo(HOURS);
    }

    @Test
    void millionHoursReachBackOverLeapYears() {
        Hours million = Hours.until(LocalDateTime.parse("2026-11-18T00:00"), FOLDER, Naming.TEMPLATE, 1_000_000);

        for (int hour : new int[] {0, 1, 499_999, 999_999}) {
            LocalDateTime moment = million.first().plusHours(hour);
            assertThat(String.join(" ", million.values(hour)))
                    .isEqualTo("%04d %02d %02d %02d"
                            .formatted(
                                    moment.getYear(),
                                    moment.getMonthValue(),
                                    moment.getDayOfMonth(),
                                    moment.getHour()));
        }
    }

    @Test
    void hiveNamesCarryTheirKeys() {
        Hours hive = new Hours(FOLDER, Naming.HIVE, LocalDateTime.parse("2025-12-31T15:00"), 37);

        assertThat(hive.ceiling("events/year=2025/month=12/day=31/hour=23/q"))
                .hasValue("events/year=2026/month=01/day=01/hour=00/part-00000.json");
        assertThat(hive.ceiling("events/year=2026/month=01/day=02/hour=04/")).isEmpty();
    }

    @Test
    void hoursBeforeTheEpochAreComputedToo() {
        Hours old = new Hours(FOLDER, Naming.TEMPLATE, LocalDateTime.parse("1969-12-31T22:00"), 4);

        assertThat(old.values(1)).containsExactly("1969", "12", "31", "23");
        assertThat(old.values(2)).containsExactly("1970", "01", "01", "00");
    }
}
