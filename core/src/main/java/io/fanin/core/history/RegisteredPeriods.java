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
    private final ChronoUnit unit;
    private final PeriodRows rows;

    private RegisteredPeriods(PartitionTime time, ChronoUnit unit) {
        this.time = time;
        this.unit = unit;
        this.rows = new PeriodRows(unit, new TreeMap<>());
    }

    /** Without partitions, for a table with these keys; empty if they do not define periods. */
    public static Optional<RegisteredPeriods> of(List<PartitionKey> keys) {
        return new Periods(keys).unit().map(unit -> new RegisteredPeriods(new PartitionTime(keys), unit));
    }

    /** Adds the period of a registered partition; values without one are ignored. */
    public synchronized void add(PartitionValues values) {
        time.of(values).ifPresent(moment -> rows.set(moment, PeriodState.REGISTERED));
    }

    /**
     * A calendar in which exactly these periods are registered.
     *
     * @param latest the latest time at which a period can have begun: later ones are a producer's mistake
     */
    public synchronized Calendar rebuilt(Calendar before, ProgressScope scope, LocalDateTime latest) {
        PeriodRows all = new PeriodRows(unit, rows.rows());
        all.all(PeriodState.REGISTERED)
                .filter(moment -> moment.isAfter(latest))
                .toList()
                .forEach(all::clear);
        all.trim();
        Calendar known = before.about(scope);
        new PeriodRows(unit, known.rows())
                .all(PeriodState.LATE)
                .filter(moment -> all.at(moment).isPresent())
                .forEach(moment -> all.set(moment, PeriodState.LATE));
        return new Calendar(
                Calendar.VERSION,
                Optional.of(scope),
                Optional.of(unit),
                all.rows(),
                known.open(),
                known.runs(),
                List.of());
    }
}
