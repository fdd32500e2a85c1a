package io.fanin.tablecreator.notices;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.SentNotice.FailedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.model.run.TableStatus;
import io.fanin.model.text.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The problem of a table: outstanding partitions, missing periods, or failing runs.
 *
 * @param record the table's
 * @param failure of the table's last run
 * @param failed the run that has failed last, if that is not over
 */
record TableProblem(TableRecord record, Optional<RunFailure> failure, Optional<FailedRun> failed) {

    private static final String MISSING = "missing";

    boolean isOver() {
        return PublishedParameters.status(record) == TableStatus.COMPLETE && failure.isEmpty();
    }

    List<OutstandingFailure> outstanding() {
        return record.outstanding();
    }

    /**
     * A hash that stays the same while the same partitions are outstanding, as many periods missing, and runs fail of
     * the same cause.
     */
    String state() {
        return Sha256.token(Stream.concat(
                        outstanding().stream()
                                .map(one -> one.values().values().toString())
                                .sorted(),
                        Stream.of(
                                "missing " + record.progress().missing().orElse(0),
                                failure.map(RunFailure::cause).orElse("")))
                .toList()
                .toString());
    }

    /** The names of the errors that are its causes: that of the failed run is the last one. */
    List<String> causes() {
        Stream<String> ofPartitions = Stream.concat(
                        outstanding().stream().map(one -> one.failure().error()),
                        record.progress().missing().isPresent() ? Stream.of(MISSING) : Stream.empty())
                .distinct()
                .sorted();
        return Stream.concat(ofPartitions, failure.stream().map(RunFailure::cause))
                .toList();
    }
}
