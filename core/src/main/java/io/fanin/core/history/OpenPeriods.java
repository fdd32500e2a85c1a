package io.fanin.core.history;

import io.fanin.core.history.Calendar.Open;
import io.fanin.core.history.Calendar.Stretch;
import io.fanin.model.partition.Periods;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The open periods of a calendar, without those before the years that it keeps.
 *
 * @param rows of the calendar
 * @param length of its periods
 */
record OpenPeriods(PeriodRows rows, Periods.Length length) {

    /**
     * The maximum number of entries: those of a gap in each night of the years that are kept, and as many as a scan
     * finds.
     */
    static final int MAX = 2_000;

    /** The newest of these, the missing ones as unbroken stretches without the periods that are registered. */
    List<Open> of(Collection<Open> found) {
        TreeSet<LocalDateTime> missing = found.stream()
                .filter(one -> one.state() == PeriodState.MISSING && rows.keeps(one.last()))
                .flatMap(one -> rows.upTo(one.first(), one.last()))
                .filter(this::isMissing)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Open> all = Stream.concat(
                        Stretch.of(missing, length).stream()
                                .map(one -> new Open(PeriodState.MISSING, one.first(), one.last(), "")),
                        found.stream().filter(one -> one.state() != PeriodState.MISSING && rows.keeps(one.last())))
                .sorted(Comparator.comparing(Open::first))
                .toList();
        return all.subList(Math.max(0, all.size() - MAX), all.size());
    }

    private boolean isMissing(LocalDateTime moment) {
        return rows.keeps(moment)
                && rows.at(moment).isEmpty()
                && length.begin(moment).equals(moment);
    }
}
