package io.fanin.tablecreator.registration;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.DeregistrationOutcome;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Kept;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3AccessException;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import io.fanin.model.table.S3Location;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Deregisters the partitions whose data was gone in the run's detection, and no others: a partition whose prefix holds
 * objects again, or that was registered again, stays. A failure is reported for its partition, and affects neither the
 * others nor the pass. Readers see the same rows before and after, so the table is not marked partial meanwhile.
 */
public record Deregistration(GlueCatalog catalog, Inventories inventories) {

    private static final Logger LOG = LoggerFactory.getLogger(Deregistration.class);

    private static final Kept BACK = new Kept("holds data again", true);
    private static final Kept AGAIN = new Kept("was registered again meanwhile", true);

    /**
     * The outcome for the vanished partitions.
     *
     * @param gone those that were deregistered
     * @param left the number of registered partitions that still have no data
     * @param sample the first ones of the detection, each with its outcome
     * @param kept the reason why none was deregistered although the spec requires it
     */
    public record Result(Set<PartitionValues> gone, long left, List<PartitionLabel> sample, Optional<String> kept) {

        /** The outcome if no data has vanished, or none was searched for. */
        public static final Result NONE = new Result(Set.of(), 0, List.of(), Optional.empty());
    }

    public Result of(RunFolder run, CatalogTable table, List<PartitionKey> keys, Vanished found) {
        Optional<VanishedList> list = found.list().flatMap(run::vanished);
        if (list.isEmpty()) {
            return new Result(
                    Set.of(),
                    found.count(),
                    found.sample(),
                    found.kept().or(() -> found.list().map(token -> "the list of them has expired: run full again")));
        }
        Map<PartitionValues, VanishedList.Entry> entries = list.get().partitions().stream()
                .collect(Collectors.toMap(VanishedList.Entry::values, Function.identity(), (one, same) -> one));
        Map<PartitionValues, DeregistrationOutcome> outcomes =
                catalog.deregister(table, entries.keySet(), batch -> kept(table, keys, batch, entries));
        Set<PartitionValues> gone = outcomes.entrySet().stream()
                .filter(one -> one.getValue() instanceof DeregistrationOutcome.Deregistered)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        long back = outcomes.values().stream().filter(Deregistration::isBack).count();
        LOG.info(
                "{}: {} of {} partitions without data deregistered, {} stay",
                table.name(),
                gone.size(),
                entries.size(),
                entries.size() - gone.size());
        Map<String, String> details = new HashMap<>();
        outcomes.forEach((values, outcome) -> details.put(values.nameFor(keys), text(outcome)));
        return new Result(
                gone,
                found.count() - gone.size() - back,
                found.sample().stream()
                        .map(named -> new PartitionLabel(
                                named.partition(),
                                named.prefix(),
                                details.getOrDefault(named.partition(), named.detail())))
                        .toList(),
                Optional.empty());
    }

    /**
     * The partitions that stay. The catalog is asked last, to see registrations of partitions whose data is back. One
     * that is not registered is not deleted: somebody may register it now.
     */
    private Map<PartitionValues, Kept> kept(
            CatalogTable table,
            List<PartitionKey> keys,
            List<PartitionValues> batch,
            Map<PartitionValues, VanishedList.Entry> entries) {
        Map<PartitionValues, Kept> kept = new HashMap<>();
        batch.forEach(values -> whyHeld(entries.get(values)).ifPresent(why -> kept.put(values, why)));
        Map<PartitionValues, RegisteredPartition> registered = catalog.find(table, keys, batch);
        batch.forEach(values -> {
            RegisteredPartition now = registered.get(values);
            if (now == null || !isAsSeen(entries.get(values), now)) {
                kept.putIfAbsent(values, AGAIN);
            }
        });
        return kept;
    }

    private Optional<Kept> whyHeld(VanishedList.Entry entry) {
        try {
            S3Location place = S3Location.find(entry.location()).orElseThrow();
            return inventories.holdsAnything(place) ? Optional.of(BACK) : Optional.empty();
        } catch (S3AccessException | SdkException | UncheckedIOException e) {
            return Optional.of(new Kept("could not be looked at: " + e.getMessage(), false));
        }
    }

    private static boolean isAsSeen(VanishedList.Entry entry, RegisteredPartition now) {
        return now.values().equals(entry.values())
                && now.run().equals(Optional.of(entry.registeredBy()))
                && now.location().flatMap(S3Location::find).map(S3Location::uri).equals(Optional.of(entry.location()));
    }

    private static boolean isBack(DeregistrationOutcome outcome) {
        return outcome instanceof Kept kept && kept.isBack();
    }

    private static String text(DeregistrationOutcome outcome) {
        return switch (outcome) {
            case DeregistrationOutcome.Deregistered gone -> "deregistered";
            case Kept kept -> "stays: it " + kept.why();
            case DeregistrationOutcome.Refused(String code, String message) -> "stays: " + code + ": " + message;
        };
    }
}
