package io.fanin.core.history;

import io.fanin.core.record.ProgressScope;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The periods of all partitions of a table in the catalog, from which its calendar is rebuilt. Thread-safe. */
public final class RegisteredPeriods {

    private final PartitionTime time;
    private final Optional<ChronoUnit> unit;
    private final Optional<PeriodRows> rows;

    /** Without partitions, for a table with these keys. */
    public RegisteredPeriods(List<PartitionKey> keys) {
        this.time = new PartitionTime(keys);
        this.unit = new Periods(keys).unit();
        this.rows = unit.map(one -> new PeriodRows(one, new TreeMap<>()));
    }

    /** Adds the period of a registered partition; values without one are ignored. */
    public synchronized void add(PartitionValues values) {
        rows.ifPresent(all -> time.of(values).ifPresent(moment -> all.set(moment, PeriodState.REGISTERED)));
    }

    /**
     * A calendar in which exactly these periods are registered; unchanged for a table without periods.
     *
     * @param latest the latest time at which a period can have begun: later ones are a producer's mistake
     */
    public synchronized Calendar rebuilt(Calendar before, ProgressScope scope, LocalDateTime latest) {
        if (rows.isEmpty()) {
            return before;
        }
        PeriodRows all = new PeriodRows(unit.orElseThrow(), rows.get().rows());
        all.all(PeriodState.REGISTERED)
                .filter(moment -> moment.isAfter(latest))
                .toList()
                .forEach(all::clear);
        all.trim();
        Calendar known = before.about(scope);
        new PeriodRows(unit.get(), known.rows())
                .all(PeriodState.LATE)
                .filter(moment -> all.at(moment).isPresent())
                .forEach(moment -> all.set(moment, PeriodState.LATE));
        return new Calendar(
                Calendar.VERSION, Optional.of(scope), unit, all.rows(), known.open(), known.runs(), List.of());
    }
}
