package io.fanin.core.redrive;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.spec.ResolvedSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the runs whose failures a redrive leaves to them: they began after the redriven run, with a spec that makes
 * partitions in another way. A redrive keeps the spec of its run, and would replace the newer one.
 *
 * @param folders of runs
 */
public record LaterRuns(Function<RunId, RunFolder> folders) {

    /**
     * The later runs among those in which the table's outstanding partitions failed last. A run whose beginning or spec
     * is no longer known is not among them.
     *
     * @param report the run's, which is to be redriven
     * @param record the table's
     */
    public Set<RunId> of(RunFolder run, RunReport report, TableRecord record) {
        return later(run, report.header()::begun, record);
    }

    /** The same for a redriven run, or one that processes the failures of an earlier one again, in its execution. */
    public Set<RunId> of(RunFolder run, Execution execution, TableRecord record) {
        return later(run, execution::started, record);
    }

    /** The same for a run that has no report. */
    public Set<RunId> of(RunFolder run, TableRecord record) {
        return later(run, Optional::empty, record);
    }

    private Set<RunId> later(RunFolder run, Supplier<Optional<Instant>> started, TableRecord record) {
        if (record.outstanding().stream().allMatch(failure -> failure.run().equals(run.run()))) {
            return Set.of();
        }
        SequencedMap<RunId, RunFolder> own = origins(run);
        RunFolder origin = own.lastEntry().getValue();
        Optional<Instant> known = own.size() == 1 ? started.get() : Optional.empty();
        return known.or(() -> begun(origin)).stream()
                .flatMap(moment -> record.outstanding().stream()
                        .filter(failure -> failure.at().filter(moment::isBefore).isPresent())
                        .map(OutstandingFailure::run)
                        .distinct()
                        .filter(other -> !own.containsKey(other))
                        .filter(other -> isLater(other, origin.run(), moment, run.spec())))
                .collect(Collectors.toSet());
    }

    private boolean isLater(RunId other, RunId own, Instant begun, ResolvedSpec spec) {
        RunFolder origin = origins(folders.apply(other)).lastEntry().getValue();
        return !origin.run().equals(own)
                && begun(origin).filter(begun::isBefore).isPresent()
                && origin.findSpec()
                        .filter(another -> !another.makesPartitionsLike(spec))
                        .isPresent();
    }

    /** When its execution was started, or its work was known, which comes soon after. */
    private static Optional<Instant> begun(RunFolder run) {
        return run.report()
                .map(RunReport::header)
                .flatMap(RunReport.Header::begun)
                .or(() -> run.written(0));
    }

    /** The run, and the earlier ones whose failures it processes again with their spec; the first of these is last. */
    private SequencedMap<RunId, RunFolder> origins(RunFolder run) {
        SequencedMap<RunId, RunFolder> all = new LinkedHashMap<>();
        Optional<RunFolder> next = Optional.of(run);
        while (next.filter(one -> !all.containsKey(one.run())).isPresent()) {
            all.put(next.get().run(), next.get());
            next = next.get().redriveOf().map(folders);
        }
        return all;
    }
}
