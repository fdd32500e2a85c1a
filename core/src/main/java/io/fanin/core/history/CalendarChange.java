package io.fanin.core.history;

import io.fanin.core.history.Calendar.LastValue;
import io.fanin.core.history.Calendar.Open;
import io.fanin.core.history.Calendar.RunPeriods;
import io.fanin.core.history.Calendar.Stretch;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.spec.detection.NamedPartition;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The change of a table's calendar by a pass. */
final class CalendarChange {

    /** The maximum number of runs that are kept. */
    private static final int RUNS = 1_000;

    /** The maximum number of unbroken stretches of periods that are kept for a run. */
    private static final int STRETCHES = 100;

    /** The maximum number of partitions that are kept for a table without periods. */
    static final int VALUES = 500;

    private static final int MAX_WHY = 200;

    private final Calendar before;
    private final PassPeriods pass;
    private final PartitionTime time;
    private final Periods periods;

    CalendarChange(Calendar before, PassPeriods pass) {
        this.before = before;
        this.pass = pass;
        this.time = new PartitionTime(pass.keys());
        this.periods = new Periods(pass.keys());
    }

    Calendar calendar() {
        Optional<ChronoUnit> unit = periods.unit();
        Optional<PeriodRows> rows = unit.map(this::rows);
        return new Calendar(
                Calendar.VERSION,
                Optional.of(pass.scope()),
                unit,
                rows.map(PeriodRows::rows).orElseGet(TreeMap::new),
                periods.length()
                        .map(length -> new OpenPeriods(rows.orElseThrow(), length).of(open()))
                        .orElse(List.of()),
                runs(),
                unit.isPresent() ? List.of() : values());
    }

    private PeriodRows rows(ChronoUnit unit) {
        PeriodRows rows = new PeriodRows(unit, before.rows());
        for (PassPeriods.Registered one : pass.registered()) {
            moment(one.values()).ifPresent(moment -> {
                boolean isLate = one.isAgain() || rows.at(moment).equals(Optional.of(PeriodState.LATE));
                rows.set(moment, isLate ? PeriodState.LATE : PeriodState.REGISTERED);
            });
        }
        // Other partitions of the same period may still be registered.
        pass.gone()
                .forEach(values -> moment(values)
                        .filter(moment -> periods.valuesAt(moment).isPresent())
                        .ifPresent(rows::clear));
        rows.trim();
        return rows;
    }

    /**
     * The beginning of a partition's period; empty if it has none, or one so late that it is a producer's mistake: it
     * would count as the newest.
     */
    private Optional<LocalDateTime> moment(PartitionValues values) {
        return values.values().size() == pass.keys().size()
                ? time.of(values).filter(moment -> !moment.isAfter(LatestPeriod.at(pass.ended())))
                : Optional.empty();
    }

    /**
     * A scan replaces the findings of earlier ones within its window, but not a gap with which the window begins; what
     * the pass has registered is open no more.
     */
    private List<Open> open() {
        Optional<DetectionReport> detection =
                pass.detection().filter(one -> one.sawAnything() || one.sawThatNothingIsLeft());
        Optional<LocalDateTime> from = detection.flatMap(DetectionReport::from).map(LocalDateTime::parse);
        List<Open> seen = detection.stream().flatMap(this::seen).toList();
        Set<LocalDateTime> registered = pass.registered().stream()
                .flatMap(one -> moment(one.values()).stream())
                .collect(Collectors.toSet());
        Stream<Open> earlier = before.open().stream()
                .filter(one -> !isOnly(one, registered))
                .filter(one -> detection.isEmpty()
                        || from.filter(begin -> isUnseen(one, begin)).isPresent())
                .filter(one -> seen.stream().noneMatch(now -> isSame(one, now)));
        return Stream.concat(earlier, seen.stream()).toList();
    }

    private static boolean isSame(Open one, Open other) {
        return one.state() == other.state()
                && one.first().equals(other.first())
                && one.last().equals(other.last());
    }

    /** Whether an earlier finding is of one period alone, that begins at one of these times and has one partition. */
    private boolean isOnly(Open earlier, Set<LocalDateTime> registered) {
        return earlier.first().equals(earlier.last())
                && registered.contains(earlier.first())
                && periods.valuesAt(earlier.first()).isPresent();
    }

    /**
     * Whether a scan of the periods from this one cannot say that the earlier finding has ended: it did not see all of
     * its periods, or misses the first ones, which it can only count between two that are there.
     */
    private static boolean isUnseen(Open earlier, LocalDateTime from) {
        return earlier.last().isBefore(from)
                || (earlier.state() == PeriodState.MISSING && !earlier.first().isAfter(from));
    }

    private Stream<Open> seen(DetectionReport detection) {
        return Stream.of(
                        detection.counts().waiting().sample().stream().flatMap(this::waiting),
                        detection.counts().missing().sample().stream().map(CalendarChange::missing),
                        detection.counts().skips().sample().stream().flatMap(this::conflict))
                .flatMap(all -> all);
    }

    private Stream<Open> waiting(PartitionLabel named) {
        try {
            PartitionValues values = new NamedPartition.ByName(named.partition()).valuesFor(pass.keys());
            return open(PeriodState.WAITING, values, named.detail());
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static Open missing(MissingPeriods.Stretch stretch) {
        return new Open(
                PeriodState.MISSING, LocalDateTime.parse(stretch.first()), LocalDateTime.parse(stretch.last()), "");
    }

    private Stream<Open> conflict(Skip skip) {
        String folder = S3Location.of(pass.scope().location()).prefix();
        boolean isBelow = pass.scope().source().isEmpty() && skip.prefix().startsWith(folder);
        if (skip.reason() != SkipReason.CONFLICT || !isBelow) {
            return Stream.empty();
        }
        List<String> segments = List.of(skip.prefix().substring(folder.length()).split("/"));
        Layout layout = Layout.of(pass.scope().layout(), pass.keys());
        return segments.size() == layout.depth()
                        && layout.parse(segments) instanceof Layout.Parsed.Values(PartitionValues values)
                ? open(PeriodState.CONFLICT, values, skip.detail())
                : Stream.empty();
    }

    private Stream<Open> open(PeriodState state, PartitionValues values, String why) {
        String shortened = LogSafe.beginning(why, MAX_WHY);
        return moment(values).map(moment -> new Open(state, moment, moment, shortened)).stream();
    }

    private List<RunPeriods> runs() {
        Optional<Periods.Length> length = periods.length();
        Instant oldest = pass.ended().minus(RunFolder.KEPT_FOR);
        TreeSet<LocalDateTime> mine = pass.registered().stream()
                .flatMap(one -> moment(one.values()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<RunPeriods> all = new ArrayList<>();
        for (RunPeriods run : before.runs()) {
            if (run.run().equals(pass.run())) {
                length.ifPresent(one -> run.periods().forEach(stretch -> mine.addAll(each(stretch, one))));
            } else if (run.ended().isAfter(oldest)) {
                all.add(run);
            }
        }
        all.add(new RunPeriods(
                pass.run(),
                pass.pass(),
                pass.ended(),
                length.map(one -> stretches(mine, one)).orElse(List.of())));
        return all.subList(Math.max(0, all.size() - RUNS), all.size());
    }

    private static List<LocalDateTime> each(Stretch stretch, TemporalUnit unit) {
        return Stream.iterate(
                        stretch.first(), moment -> !moment.isAfter(stretch.last()), moment -> moment.plus(1, unit))
                .limit(PeriodRows.PERIODS)
                .toList();
    }

    private static List<Stretch> stretches(SortedSet<LocalDateTime> moments, TemporalUnit unit) {
        List<Stretch> stretches = Stretch.of(moments, unit);
        return stretches.subList(Math.max(0, stretches.size() - STRETCHES), stretches.size());
    }

    private List<LastValue> values() {
        List<LastValue> mine = pass.registered().stream()
                .map(one -> new LastValue(one.values().nameFor(pass.keys()), pass.run(), pass.ended(), one.rows()))
                .toList();
        Set<String> replaced = Stream.concat(
                        mine.stream().map(LastValue::partition),
                        pass.gone().stream().map(values -> values.nameFor(pass.keys())))
                .collect(Collectors.toSet());
        List<LastValue> all = Stream.concat(
                        before.values().stream().filter(one -> !replaced.contains(one.partition())), mine.stream())
                .toList();
        return all.subList(Math.max(0, all.size() - VALUES), all.size());
    }
}
