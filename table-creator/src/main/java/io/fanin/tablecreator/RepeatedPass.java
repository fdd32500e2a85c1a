package io.fanin.tablecreator;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.history.PassPeriods;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import io.fanin.tablecreator.history.EndedPass;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pass that an earlier invocation has completed, perhaps without writing the table's calendar. The partitions that it
 * registered and deregistered are told by its manifest and its report, and, where these do not name all of them, by the
 * catalog.
 */
record RepeatedPass(PassDocuments documents, RunReport report, GlueCatalog catalog) {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedPass.class);

    /** Its changes to the catalog. They are only for the calendar: if the catalog does not answer, there are none. */
    EndedPass.Changes changes() {
        try {
            return new EndedPass.Changes(
                    registered().stream()
                            .map(values -> new PassPeriods.Registered(values, false, OptionalLong.empty()))
                            .toList(),
                    deregistered());
        } catch (RuntimeException e) {
            LOG.warn("the calendar may lack partitions that pass {} has changed", documents.pass(), e);
            return new EndedPass.Changes(List.of(), List.of());
        }
    }

    private List<PartitionValues> registered() {
        Set<PartitionValues> failed = new HashSet<>();
        report.failures().forEach(failure -> failed.add(failure.toPartition().values()));
        Set<String> skipped = new HashSet<>();
        report.skipped().sample().forEach(named -> skipped.add(named.prefix()));
        List<PartitionValues> values = documents.batches().stream()
                .flatMap(batch -> batch.partitions().stream())
                .filter(partition -> !skipped.contains(partition.dataPrefix()))
                .map(Partition::values)
                .filter(one -> !failed.contains(one))
                .toList();
        boolean areSkippedNamed =
                report.skipped().count() == report.skipped().sample().size();
        if (areSkippedNamed) {
            return values;
        }
        Map<PartitionValues, RegisteredPartition> found = find(values);
        Optional<String> run = Optional.of(documents.run().uri());
        return values.stream()
                .filter(one -> Optional.ofNullable(found.get(one))
                        .map(RegisteredPartition::run)
                        .filter(run::equals)
                        .isPresent())
                .toList();
    }

    /** One that was registered again since is in the calendar by the pass that has done so. */
    private Collection<PartitionValues> deregistered() {
        if (report.counts().gone().deregistered().isEmpty()) {
            return List.of();
        }
        List<PartitionValues> vanished = documents
                .detection()
                .flatMap(found -> found.counts().changes().vanished())
                .flatMap(Vanished::list)
                .flatMap(documents.run()::vanished)
                .map(VanishedList::partitions)
                .orElse(List.of())
                .stream()
                .map(VanishedList.Entry::values)
                .toList();
        Set<PartitionValues> gone = new HashSet<>(vanished);
        gone.removeAll(find(vanished).keySet());
        return gone;
    }

    private Map<PartitionValues, RegisteredPartition> find(List<PartitionValues> values) {
        return values.isEmpty() ? Map.of() : catalog.find(documents.spec().definition(), values);
    }
}
