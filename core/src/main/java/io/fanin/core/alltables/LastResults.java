package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What runs of all tables have last said of tables whose state no pass tells: those whose execution failed, and those
 * that are left out by mistake. A run of some tables says nothing about the others, and a run that ends late nothing
 * that a newer one has said otherwise.
 *
 * @param unfiltered when the newest run was started that looked at all tables; absent if there was none
 * @param leftOut tables, specs and databases
 * @param takenUp what was left out before, and of which it has yet to be told that it is over
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LastResults(
        int version,
        Optional<Instant> unfiltered,
        List<Failed> failed,
        List<LeftOut> leftOut,
        List<SkippedTable> takenUp) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** Before the first run. */
    public static final LastResults NONE = new LastResults(VERSION, Optional.empty(), List.of(), List.of(), List.of());

    /**
     * How long a result stands of which no run says anything: a table may be gone that only filtered runs looked at.
     */
    private static final Duration KEPT_FOR = Duration.ofDays(7);

    public LastResults {
        failed = List.copyOf(failed);
        leftOut = List.copyOf(leftOut);
        takenUp = List.copyOf(takenUp);
    }

    /**
     * A table whose execution failed.
     *
     * @param at when the run of all tables was started
     */
    public record Failed(@JsonUnwrapped TableResult result, Instant at) {}

    /**
     * What is left out by mistake.
     *
     * @param at when the run of all tables was started
     */
    public record LeftOut(@JsonUnwrapped SkippedTable skipped, Instant at) {}

    /**
     * A run of all tables that has ended.
     *
     * @param started when its execution was started, whenever it was redriven since
     * @param unfiltered whether it looked at all tables: what it does not name is no table any more
     */
    public record Ended(AllTablesReport report, Instant started, boolean unfiltered) {

        private Set<TableName> with(Predicate<TableOutcome> outcome) {
            return report.results().stream()
                    .filter(result -> outcome.test(result.outcome()))
                    .map(TableResult::table)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        private Set<TableName> skipped(Predicate<SkippedTable> which) {
            return report.leftOut().stream()
                    .filter(which)
                    .flatMap(one -> one.table().stream())
                    .collect(Collectors.toCollection(HashSet::new));
        }

        private Stream<Failed> failed() {
            return report.results().stream()
                    .filter(result -> result.outcome() == TableOutcome.FAILED)
                    .map(result -> new Failed(result, started));
        }
    }

    /** What is left out, without the runs that said so. */
    public List<SkippedTable> skipped() {
        return leftOut.stream().map(LeftOut::skipped).toList();
    }

    /** The results after a run. */
    public LastResults after(Ended run) {
        return unfiltered.filter(run.started::isBefore).isPresent() ? afterLate(run) : afterNewest(run);
    }

    /** A run that was started before the newest one over all tables ends what it has found wrong itself, or before. */
    private LastResults afterLate(Ended run) {
        Set<TableName> fine = run.with(outcome -> outcome != TableOutcome.FAILED && outcome != TableOutcome.BUSY);
        return new LastResults(
                VERSION,
                unfiltered,
                failed.stream()
                        .filter(one -> one.at.isAfter(run.started) || !fine.contains(one.result.table()))
                        .toList(),
                leftOut,
                takenUp);
    }

    private LastResults afterNewest(Ended run) {
        Set<TableName> tables = run.with(outcome -> true);
        Set<TableName> postponed = run.skipped(one -> one.reason() == SkippedTable.Reason.OVER_LIMIT);
        postponed.addAll(run.with(outcome -> outcome == TableOutcome.BUSY));
        Set<TableName> told = run.skipped(one -> true);
        told.addAll(tables);
        Set<String> named =
                run.report.leftOut().stream().map(SkippedTable::what).collect(Collectors.toSet());
        Instant oldest = run.started.minus(KEPT_FOR);
        Predicate<Failed> isFailed = one -> one.at.isAfter(oldest)
                && (one.at.isAfter(run.started)
                        || postponed.contains(one.result.table())
                        || !(run.unfiltered || told.contains(one.result.table())));
        Set<TableName> failedLater = failed.stream()
                .filter(one -> one.at.isAfter(run.started))
                .map(one -> one.result.table())
                .collect(Collectors.toSet());
        Predicate<LeftOut> isLeftOut = one -> !named.contains(one.skipped.what())
                && one.skipped.table().filter(tables::contains).isEmpty()
                && one.at.isAfter(oldest)
                && (!run.unfiltered || one.at.isAfter(run.started));
        List<LeftOut> leftOutNow = Stream.concat(
                        SkippedTable.mistaken(run.report.leftOut()).stream().map(one -> new LeftOut(one, run.started)),
                        leftOut.stream().filter(isLeftOut))
                .toList();
        return new LastResults(
                VERSION,
                run.unfiltered ? Optional.of(run.started) : unfiltered,
                Stream.concat(
                                run.failed().filter(one -> !failedLater.contains(one.result.table())),
                                failed.stream().filter(isFailed))
                        .toList(),
                leftOutNow,
                takenUp(leftOutNow, tables));
    }

    /** Of a table that was run, its execution tells it; one that has several specs is left out as long as any is. */
    private List<SkippedTable> takenUp(List<LeftOut> now, Set<TableName> run) {
        Set<String> still = now.stream().map(one -> one.skipped.what()).collect(Collectors.toSet());
        Set<TableName> tables = now.stream()
                .flatMap(one -> one.skipped.table().stream())
                .collect(Collectors.toCollection(HashSet::new));
        tables.addAll(run);
        return Stream.concat(takenUp.stream(), leftOut.stream().map(LeftOut::skipped))
                .filter(one -> !still.contains(one.what())
                        && one.table().filter(tables::contains).isEmpty())
                .distinct()
                .toList();
    }

    /** The same results once it was told of these that it is over. */
    public LastResults told(Collection<SkippedTable> over) {
        return new LastResults(
                VERSION,
                unfiltered,
                failed,
                leftOut,
                takenUp.stream().filter(one -> !over.contains(one)).toList());
    }
}
