package io.fanin.core.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last runs of a table, for people: of bounded size, and not deleted when runs expire.
 *
 * @param subject the table as of the last run; empty if there is none
 * @param runs by the time of their end, the last one last
 * @param badRecords partitions that were registered without some of their raw records, the last ones last
 * @param unfit the names that do not fit the layout, as in the table's record
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableHistory(
        int version,
        Optional<Subject> subject,
        List<RunEntry> runs,
        List<BadRecords> badRecords,
        Optional<UnfitNames> unfit) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** The number of runs that are kept. */
    public static final int RUNS = 30;

    /** The number of partitions with bad records that are kept. */
    static final int BAD_RECORDS = 100;

    /** The history of a table without runs. */
    public static final TableHistory NEW =
            new TableHistory(VERSION, Optional.empty(), List.of(), List.of(), Optional.empty());

    public TableHistory {
        runs = List.copyOf(runs);
        badRecords = List.copyOf(badRecords);
        unfit = unfit == null ? Optional.empty() : unfit;
    }

    /**
     * The table's description, from its spec.
     *
     * @param location the URI of its folder
     * @param processor the processor's name in the spec
     */
    public record Subject(String location, String layout, String format, String processor, List<PartitionKey> keys) {

        public Subject {
            keys = List.copyOf(keys);
        }

        /** The description from a resolved spec. */
        public static Subject of(ResolvedSpec spec) {
            TableDefinition definition = spec.definition();
            return new Subject(
                    definition.location().uri(),
                    definition.layout(),
                    definition.format().name().toLowerCase(Locale.ROOT),
                    spec.processor().type(),
                    definition.keys());
        }
    }

    /** A partition that a run has registered without some of its raw records. */
    public record BadRecords(RunId run, String partition, long count) {}

    /**
     * The history after a pass of a run; the same pass once more, or an earlier one of the run, changes nothing.
     *
     * @param registered the partitions that the pass has registered, with all of their records unless the report says
     *     otherwise
     */
    public TableHistory after(RunReport report, RunEntry entry, Subject now, Collection<PartitionValues> registered) {
        boolean isKnown = runs.stream()
                .anyMatch(one -> one.run().equals(entry.run())
                        && one.pass() >= entry.pass()
                        && RunFolder.isKept(one.ended(), entry.ended()));
        if (isKnown) {
            return this;
        }
        Set<String> anew =
                registered.stream().map(values -> values.nameFor(now.keys())).collect(Collectors.toSet());
        Stream<BadRecords> earlier =
                without(badRecords, BadRecords::run, entry.run()).filter(one -> !anew.contains(one.partition()));
        Stream<BadRecords> lacking = report.details().badRecordsSample().stream()
                .map(one -> new BadRecords(entry.run(), one.partition(), one.count()));
        return new TableHistory(
                VERSION,
                Optional.of(now),
                last(
                        Stream.concat(without(runs, RunEntry::run, entry.run()), Stream.of(entry))
                                .sorted(Comparator.comparing(RunEntry::ended))
                                .toList(),
                        RUNS),
                last(Stream.concat(earlier, lacking).toList(), BAD_RECORDS),
                unfit);
    }

    /** The history with the record's names that do not fit the table's layout. */
    public TableHistory withUnfitOf(TableRecord record) {
        return new TableHistory(version, subject, runs, badRecords, record.unfit());
    }

    /**
     * Whether it tells only what was true while the table existed: its runs have created it. Names that do not fit its
     * layout may have kept it from being created.
     */
    public boolean isOfCreatedTable() {
        return lastRun().isPresent() && unfit.isEmpty();
    }

    /** The run that ended last; empty if there is none. */
    public Optional<RunEntry> lastRun() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.getLast());
    }

    /** The entry of a run; empty if it is not among the last runs. */
    public Optional<RunEntry> run(RunId run) {
        return runs.stream().filter(entry -> entry.run().equals(run)).findFirst();
    }

    private static <T> Stream<T> without(List<T> all, Function<T, RunId> run, RunId other) {
        return all.stream().filter(one -> !run.apply(one).equals(other));
    }

    private static <T> List<T> last(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
