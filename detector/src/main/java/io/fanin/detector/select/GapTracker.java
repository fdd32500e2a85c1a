package io.fanin.detector.select;

import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.table.KeyZone;
import java.time.LocalDateTime;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The periods for which a table has a prefix, as unbroken stretches: those between two stretches are missing. */
final class GapTracker {

    private static final LocalDateTime ORIGIN = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final TemporalUnit unit;

    /** The last period of each stretch by its first, counted from the origin. */
    private final TreeMap<Long, Long> stretches = new TreeMap<>();

    GapTracker(TemporalUnit unit) {
        this.unit = unit;
    }

    void add(LocalDateTime moment) {
        if (has(moment)) {
            return;
        }
        long period = unit.between(ORIGIN, moment);
        Map.Entry<Long, Long> before = stretches.floorEntry(period);
        long first = before != null && before.getValue() == period - 1 ? before.getKey() : period;
        Long last = stretches.remove(period + 1);
        stretches.put(first, last == null ? period : last);
    }

    /**
     * Takes a period for missing until it is added or filled, if a later one was observed: an earlier run has seen that
     * one was there before it, which may be gone.
     *
     * @return whether nothing was observed up to it
     */
    boolean expectFrom(LocalDateTime moment) {
        boolean isExpected = !stretches.isEmpty() && stretches.firstKey() > unit.between(ORIGIN, moment);
        if (isExpected) {
            add(moment.minus(1, unit));
        }
        return isExpected;
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    boolean has(LocalDateTime moment) {
        long period = unit.between(ORIGIN, moment);
        Map.Entry<Long, Long> stretch = stretches.floorEntry(period);
        return stretch != null && stretch.getValue() >= period;
    }

    /** Excludes a period from the missing ones; periods outside the observed ones are never missing. */
    void fill(LocalDateTime moment) {
        long period = unit.between(ORIGIN, moment);
        if (!stretches.isEmpty()
                && stretches.firstKey() <= period
                && period <= stretches.lastEntry().getValue()) {
            add(moment);
        }
    }

    /** Excludes the periods of another tracker from the missing ones. */
    void fill(GapTracker others) {
        if (!stretches.isEmpty()) {
            long begin = stretches.firstKey();
            long end = stretches.lastEntry().getValue();
            others.stretches.forEach(
                    (first, last) -> LongStream.rangeClosed(Math.max(first, begin), Math.min(last, end))
                            .mapToObj(this::moment)
                            .forEach(this::add));
        }
    }

    /** Excludes the periods that clocks in a zone skip from the missing ones. */
    void fillSkipped(KeyZone zone) {
        if (!stretches.isEmpty()) {
            zone.skippedBetween(
                            moment(stretches.firstKey()),
                            moment(stretches.lastEntry().getValue()),
                            unit)
                    .forEach(this::fill);
        }
    }

    MissingPeriods missing() {
        List<MissingPeriods.Stretch> sample = new ArrayList<>();
        long count = 0;
        Optional<Long> end = Optional.empty();
        for (Map.Entry<Long, Long> stretch : stretches.entrySet()) {
            if (end.isPresent()) {
                long first = end.get() + 1;
                long missing = stretch.getKey() - first;
                count += missing;
                if (sample.size() < MissingPeriods.SAMPLE) {
                    sample.add(new MissingPeriods.Stretch(text(first), text(stretch.getKey() - 1), missing));
                }
            }
            end = Optional.of(stretch.getValue());
        }
        return new MissingPeriods(count, sample);
    }

    /** The beginning of the first missing period. */
    Optional<LocalDateTime> firstMissing() {
        return stretches.size() < 2
                ? Optional.empty()
                : Optional.of(moment(stretches.firstEntry().getValue() + 1));
    }

    private String text(long period) {
        return moment(period).toString();
    }

    private LocalDateTime moment(long period) {
        return ORIGIN.plus(period, unit);
    }
}
