package io.fanin.detector.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.MissingPeriods.Stretch;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GapTrackerTest {

    private static GapTracker hours(String... moments) {
        GapTracker coverage = new GapTracker(ChronoUnit.HOURS);
        for (String moment : moments) {
            coverage.add(LocalDateTime.parse(moment));
        }
        return coverage;
    }

    @Test
    void nothingHasNoGaps() {
        assertThat(hours().missing()).isEqualTo(MissingPeriods.NONE);
        assertThat(hours().firstMissing()).isEmpty();
    }

    @Test
    void onePeriodHasNoGaps() {
        GapTracker coverage = hours("2026-11-18T07:00", "2026-11-18T07:00");

        assertThat(coverage.missing()).isEqualTo(MissingPeriods.NONE);
        assertThat(coverage.firstMissing()).isEmpty();
    }

    @Test
    void gapsAreUnbrokenStretches() {
        GapTracker coverage = hours("2026-11-18T12:00", "2026-11-18T07:00", "2026-11-18T09:00", "2026-11-18T08:00");

        assertThat(coverage.missing())
                .isEqualTo(new MissingPeriods(2, List.of(new Stretch("2026-11-18T10:00", "2026-11-18T11:00", 2))));
        assertThat(coverage.firstMissing()).hasValue(LocalDateTime.parse("2026-11-18T10:00"));
    }

    @Test
    void lastPieceThatComesClosesTheGap() {
        GapTracker coverage = hours("2026-11-18T07:00", "2026-11-18T09:00", "2026-11-18T08:00");

        assertThat(coverage.missing()).isEqualTo(MissingPeriods.NONE);
        assertThat(coverage.firstMissing()).isEmpty();
    }

    /** Periods are counted from the year 2000 on, in both directions. */
    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"MINUTES", "HOURS", "DAYS", "MONTHS", "YEARS"})
    void gapAcrossTheOriginIsCounted(ChronoUnit unit) {
        LocalDateTime origin = LocalDateTime.of(2000, 1, 1, 0, 0);
        GapTracker coverage = new GapTracker(unit);
        coverage.add(origin.minus(2, unit));
        coverage.add(origin.plus(2, unit));

        assertThat(coverage.missing().count()).isEqualTo(3);
        assertThat(coverage.firstMissing()).hasValue(origin.minus(1, unit));
    }

    @Test
    void gapOfThousandsOfYearsCostsNothing() {
        assertThat(hours("0001-01-01T00:00", "9999-12-31T23:00").missing().count())
                .isEqualTo(
                        ChronoUnit.HOURS.between(LocalDateTime.of(1, 1, 1, 0, 0), LocalDateTime.of(9999, 12, 31, 23, 0))
                                - 1);
    }

    @Test
    void everyGapIsCountedAndTheFirstAreNamed() {
        GapTracker coverage = new GapTracker(ChronoUnit.DAYS);
        IntStream.range(0, 500)
                .forEach(i -> coverage.add(LocalDateTime.of(2020, 1, 1, 0, 0).plusDays(2L * i)));

        assertThat(coverage.missing().count()).isEqualTo(499);
        assertThat(coverage.missing().sample())
                .hasSize(MissingPeriods.SAMPLE)
                .startsWith(new Stretch("2020-01-02T00:00", "2020-01-02T00:00", 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void gapsAreWhatASetLeavesOut(long seed) {
        Random random = new Random(seed);
        LocalDateTime first = LocalDateTime.of(1999, 12, 28, 0, 0);
        GapTracker coverage = new GapTracker(ChronoUnit.HOURS);
        TreeSet<LocalDateTime> there = new TreeSet<>();
        IntStream.range(0, 100).forEach(i -> {
            LocalDateTime moment = first.plusHours(random.nextInt(200));
            coverage.add(moment);
            there.add(moment);
        });

        List<LocalDateTime> missing = new ArrayList<>();
        for (LocalDateTime hour = there.first(); hour.isBefore(there.last()); hour = hour.plusHours(1)) {
            if (!there.contains(hour)) {
                missing.add(hour);
            }
        }
        assertThat(coverage.missing().count()).as("seed %s", seed).isEqualTo(missing.size());
        assertThat(coverage.missing().sample().stream()
                        .mapToLong(Stretch::count)
                        .sum())
                .as("seed %s", seed)
                .isEqualTo(missing.size());
        assertThat(coverage.firstMissing())
                .as("seed %s", seed)
                .isEqualTo(missing.stream().findFirst());
    }
}
