package io.fanin.core.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.RunId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The registered periods of a table, for people: of bounded size, and not deleted when runs expire. Outstanding and
 * waived partitions are only in the table's record.
 *
 * @param scope the table; empty if no run has changed it
 * @param unit the length of a period; empty if the table's keys do not define periods
 * @param rows of {@link PeriodRows}, with registered periods only
 * @param open the periods that scans of the table found and could not process, in their order: those of the last one,
 *     and of earlier ones those before its window
 * @param runs the last run that registered each period, as long as its folder is kept
 * @param values for a table without periods: the partitions that were registered last, the newest last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Calendar(
        int version,
        Optional<ProgressScope> scope,
        Optional<ChronoUnit> unit,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Open> open,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RunPeriods> runs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LastValue> values) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** The calendar of a table without runs. */
    public static final Calendar NEW =
            new Calendar(VERSION, Optional.empty(), Optional.empty(), new TreeMap<>(), List.of(), List.of(), List.of());

    /** Fields missing from a document have their defaults. */
    public Calendar {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows == null ? new TreeMap<>() : rows));
        open = open == null ? List.of() : List.copyOf(open);
        runs = runs == null ? List.of() : List.copyOf(runs);
        values = values == null ? List.of() : List.copyOf(values);
    }

    /**
     * Consecutive periods that were found and could not be processed.
     *
     * @param first when the first of them begins, in the table's own time
     * @param last when the last of them begins
     * @param why the reason; empty if there is none
     */
    public record Open(PeriodState state, LocalDateTime first, LocalDateTime last, String why) {}

    /**
     * The periods that a run has registered.
     *
     * @param pass the run's last pass that has ended
     */
    public record RunPeriods(RunId run, int pass, Instant ended, List<Stretch> periods) {
        public RunPeriods {
            periods = List.copyOf(periods);
        }
    }

    /** Consecutive periods, identified by the beginnings of the first and the last. */
    public record Stretch(LocalDateTime first, LocalDateTime last) {

        /** All of these periods, the earliest first. */
        static List<Stretch> of(SortedSet<LocalDateTime> moments, TemporalUnit unit) {
            List<Stretch> stretches = new ArrayList<>();
            for (LocalDateTime moment : moments) {
                boolean goesOn = !stretches.isEmpty()
                        && stretches.getLast().last().plus(1, unit).equals(moment);
                LocalDateTime first = goesOn ? stretches.removeLast().first() : moment;
                stretches.add(new Stretch(first, moment));
            }
            return stretches;
        }
    }

    /** A partition of a table without periods. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record LastValue(String partition, RunId run, Instant ended, OptionalLong rows) {}

    /** The calendar after a pass of a run; the same pass once more, or an earlier one of the run, changes nothing. */
    public Calendar after(PassPeriods pass) {
        if (runs.stream()
                .anyMatch(one -> one.run().equals(pass.run())
                        && one.pass() >= pass.pass()
                        && RunFolder.isKept(one.ended(), pass.ended()))) {
            return this;
        }
        return new CalendarChange(about(pass.scope()), pass).calendar();
    }

    /** The calendar, if it belongs to this table; otherwise an empty one. */
    Calendar about(ProgressScope now) {
        return scope.equals(Optional.of(now)) ? this : NEW;
    }
}
