package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.RunId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the system believes of a table; the table's parameters in Glue are its published copy.
 *
 * @param outstanding partitions that failed and have not been registered since
 * @param completeThrough the newest period before which nothing detected is outstanding
 * @param newest the newest period that is registered, whatever is outstanding before it: where the former will be again
 *     when nothing is
 * @param lastRun the run that changed the record last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableRecord(
        int version,
        List<OutstandingFailure> outstanding,
        Optional<String> completeThrough,
        Optional<String> newest,
        Optional<LastRun> lastRun) {

    /**
     * The run that changed the record last.
     *
     * @param folder the URI of its run folder
     * @param registered the partitions that it registered
     */
    public record LastRun(RunId run, String folder, long registered) {}

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** Of a table that no run has touched. */
    public static final TableRecord NEW =
            new TableRecord(VERSION, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public TableRecord {
        outstanding = List.copyOf(outstanding);
    }

    /** The record with these failures added; a partition that failed before keeps its count of attempts. */
    public TableRecord withFailures(Collection<OutstandingFailure> failures) {
        Map<PartitionValues, OutstandingFailure> all = byValues();
        for (OutstandingFailure failure : failures) {
            all.merge(failure.partition().values(), failure, OutstandingFailure::followedBy);
        }
        return new TableRecord(version, List.copyOf(all.values()), completeThrough, newest, lastRun);
    }

    /** The record without the failures of these partitions. */
    public TableRecord without(Collection<PartitionValues> registered) {
        Map<PartitionValues, OutstandingFailure> all = byValues();
        registered.forEach(all::remove);
        return new TableRecord(version, List.copyOf(all.values()), completeThrough, newest, lastRun);
    }

    public TableRecord withProgress(Optional<String> newCompleteThrough, Optional<String> newNewest) {
        return new TableRecord(version, outstanding, newCompleteThrough, newNewest, lastRun);
    }

    public TableRecord with(LastRun run) {
        return new TableRecord(version, outstanding, completeThrough, newest, Optional.of(run));
    }

    private Map<PartitionValues, OutstandingFailure> byValues() {
        return outstanding.stream()
                .collect(Collectors.toMap(
                        failure -> failure.partition().values(),
                        Function.identity(),
                        (first, second) -> second,
                        LinkedHashMap::new));
    }
}
