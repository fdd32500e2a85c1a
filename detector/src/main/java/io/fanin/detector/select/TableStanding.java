package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.partition.EquivalentValues;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.Next;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.detection.DetectionReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said of a table before a run.
 *
 * @param parameters the table's in Glue; empty where the table is absent
 */
public record TableStanding(TableRecord record, List<PartitionKey> keys, Map<String, String> parameters) {

    /** The forms in which the table's values may be written. */
    public EquivalentValues forms() {
        return new EquivalentValues(keys);
    }

    /** Where each outstanding partition lay when it failed, by the form in which values are compared. */
    public Map<PartitionValues, Partition> failed() {
        EquivalentValues forms = forms();
        Map<PartitionValues, Partition> failed = new HashMap<>();
        record.outstanding().stream()
                .map(OutstandingFailure::partition)
                .forEach(partition -> failed.putIfAbsent(forms.canonical(partition.values()), partition));
        return failed;
    }

    /** The partitions that held no data when they were last processed, by the form in which values are compared. */
    Set<PartitionValues> empty() {
        return record.empty().stream().map(forms()::canonical).collect(Collectors.toSet());
    }

    /** Whether something outstanding has been registered since, or the parameters do not say what the record says. */
    public boolean isStale(Map<PartitionValues, RegisteredPartition> registered) {
        boolean isHealed = record.outstanding().stream()
                .anyMatch(failure -> Optional.ofNullable(
                                registered.get(failure.partition().values()))
                        .filter(failure::healedBy)
                        .isPresent());
        return isHealed || !parametersAgree();
    }

    /** Where a run goes that has nothing to process. */
    public Next withoutWork(boolean isStale) {
        if (isStale) {
            return Next.REGISTER;
        }
        return PublishedParameters.status(record) == TableStatus.PARTIAL ? Next.PARTIAL : Next.NOTHING_NEW;
    }

    /** Whether the table says that it is partial and no run is recorded that left it so: its record was in another bucket. */
    public boolean isPartialWithoutRecord() {
        return record.lastRun().isEmpty()
                && record.outstanding().isEmpty()
                && TableStatus.PARTIAL.name().equals(parameters.get(PublishedParameters.STATUS));
    }

    /** Whether the record says that the data of another number of registered partitions is gone than was seen. */
    public boolean differsInVanished(DetectionReport seen) {
        return seen.counts()
                .changes()
                .vanished()
                .filter(found -> found.count() != record.vanished().orElse(0))
                .isPresent();
    }

    /** Whether the parameters say what the record says; nothing is to be said of a table that no run has touched. */
    boolean parametersAgree() {
        return record.lastRun().isEmpty() || PublishedParameters.agree(record, keys, parameters);
    }
}
