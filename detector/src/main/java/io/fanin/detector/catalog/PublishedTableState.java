package io.fanin.detector.catalog;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table's record and its published copy, the parameters in Glue, before a run.
 *
 * @param record as it is at the run's reference time
 * @param parameters the table's in Glue; empty if the table is absent
 * @param expected the parameters that the run would publish if it changed nothing else
 */
public record PublishedTableState(
        TableRecord record, List<PartitionKey> keys, Map<String, String> parameters, Map<String, String> expected) {

    /** The spellings of the table's values. */
    public EquivalentValues forms() {
        return new EquivalentValues(keys);
    }

    /** The failures of the outstanding and waived partitions, by the form in which values are compared. */
    public Map<PartitionValues, OutstandingFailure> failures() {
        EquivalentValues forms = forms();
        Map<PartitionValues, OutstandingFailure> failures = new HashMap<>();
        Stream.concat(
                        record.outstanding().stream(),
                        record.waived().stream().flatMap(waived -> waived.failure().stream()))
                .forEach(failure -> failures.putIfAbsent(forms.canonical(failure.values()), failure));
        return failures;
    }

    /** The partitions that held no data when they were last processed, by the form in which values are compared. */
    public Set<PartitionValues> empty() {
        return record.empty().stream().map(forms()::canonical).collect(Collectors.toSet());
    }

    /** The empty partitions that had objects: their periods are not missing. */
    public Set<PartitionValues> written() {
        Set<PartitionValues> written = new HashSet<>(empty());
        record.notBegun().stream().map(forms()::canonical).forEach(written::remove);
        return written;
    }

    /** Whether an outstanding partition has been registered since, or the parameters differ from the record. */
    public boolean isStale(Map<PartitionValues, RegisteredPartition> registered) {
        return !OutstandingFailure.healed(record.outstanding(), registered).isEmpty() || !parametersAgree();
    }

    /** The next step of a run with nothing to process. */
    public NextStep withoutWork(boolean isStale) {
        if (isStale) {
            return NextStep.REGISTER;
        }
        return PublishedParameters.status(record) == TableStatus.PARTIAL ? NextStep.PARTIAL : NextStep.NOTHING_NEW;
    }

    /** Whether the number of vanished partitions differs from that in the record. */
    public boolean differsInVanished(DetectionReport seen) {
        return seen.counts()
                .changes()
                .vanished()
                .filter(found -> found.count() != record.vanished().orElse(0))
                .isPresent();
    }

    /** Whether the parameters match the record; a table without runs has nothing to publish. */
    public boolean parametersAgree() {
        return record.lastRun().isEmpty() || expected.equals(parameters);
    }
}
