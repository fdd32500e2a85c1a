package io.fanin.detector.catalog;

import io.fanin.core.catalog.partition.PartitionStorage;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.detector.source.FolderValues;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions that other tools have registered in a table whose data is read in place. A table whose partitions are
 * made has them in folders that nobody else writes.
 */
public final class ForeignPartitions {

    /** The maximum number that is remembered: as many as a sort keeps in memory. */
    private static final int MAX = 40_000;

    private static final String READ_OTHERWISE = "is registered by another tool with a SerDe of its own, which a run"
            + " would replace with the table's: if that is wanted, drop the partition in the catalog first";

    private final TableSnapshot snapshot;
    private final FolderValues folders;
    private final PartitionTime time;
    private final boolean isReadInPlace;
    private final Map<String, PartitionValues> taken = new ConcurrentHashMap<>();
    private volatile boolean areTooMany;

    private ForeignPartitions(TableSnapshot snapshot) {
        this.snapshot = snapshot;
        this.folders = FolderValues.of(snapshot.spec().definition());
        this.time = new PartitionTime(snapshot.spec().definition().keys());
        this.isReadInPlace = snapshot.spec().source().isEmpty();
    }

    /** None yet, of a table. */
    public static ForeignPartitions of(TableSnapshot snapshot) {
        return new ForeignPartitions(snapshot);
    }

    /**
     * Remembers the place of a partition, if the layout has other values for it, and the partition is no alias of
     * these: that is the other tool's affair. Called by several threads.
     */
    void take(RegisteredPartition partition) {
        if (!isReadInPlace || partition.run().isPresent()) {
            return;
        }
        place(partition)
                .filter(place -> folders.at(place)
                        .filter(values -> !values.equals(folders.forms().canonical(partition.values())))
                        .filter(values -> !time.isAlias(partition.values(), values))
                        .isPresent())
                .ifPresent(place -> remember(place.prefix(), partition.values()));
    }

    private void remember(String prefix, PartitionValues values) {
        if (taken.size() < MAX) {
            taken.put(prefix, values);
        } else if (!taken.containsKey(prefix)) {
            areTooMany = true;
        }
    }

    /**
     * Requires that all places were remembered: the folders of others would be registered a second time.
     *
     * @throws SpecException if not
     */
    public void requireFew() {
        if (areTooMany) {
            String prefix = taken.keySet().iterator().next();
            throw SpecException.at(
                    "$.layout",
                    "more than " + MAX + " partitions are registered under other values than the layout reads, such as "
                            + LogSafe.of(prefix) + " as "
                            + LogSafe.of(taken.get(prefix).values().toString()) + TakenFolders.REMEDY);
        }
    }

    private static Optional<S3Location> place(RegisteredPartition partition) {
        return partition.location().flatMap(S3Location::find);
    }

    /**
     * The values under which a prefix is registered that the layout reads as others, such as {@code dt=20261118/} as
     * {@code 2026-11-18}: who registers those has the rows twice. Of too many the first are known.
     */
    public Optional<PartitionValues> takenAt(String prefix) {
        return Optional.ofNullable(taken.get(prefix));
    }

    /** Whether another tool has a partition, and readers its rows, at another place than a prefix. */
    public boolean isElsewhere(RegisteredPartition partition, String prefix) {
        return placeBeside(partition, prefix).isPresent();
    }

    /** The skip of a prefix that readers do not read, because another tool has registered the partition elsewhere. */
    public Optional<Skip> apart(RegisteredPartition partition, String prefix) {
        return placeBeside(partition, prefix)
                .filter(place -> !place.overlaps(folder(prefix)))
                .map(place -> apart(place, prefix));
    }

    private static Skip apart(S3Location place, String prefix) {
        return new Skip(prefix, SkipReason.CONFLICT, Skip.APART + place.uri() + ", which is what readers read");
    }

    private Optional<S3Location> placeBeside(RegisteredPartition partition, String prefix) {
        return isForeign(partition)
                ? place(partition).filter(place -> !place.equals(folder(prefix)))
                : Optional.empty();
    }

    private S3Location folder(String prefix) {
        return new S3Location(folders.location().bucket(), prefix);
    }

    /**
     * Whether readers read the objects of another tool's partition in another way than the table's. Where nobody here
     * knows the format, any difference counts.
     */
    public boolean isReadInItsOwnWay(RegisteredPartition partition) {
        PartitionStorage storage = partition.storage();
        return isForeign(partition)
                && snapshot.table()
                        .filter(table ->
                                table.format() == DataFormat.OTHER ? !storage.isThatOf(table) : !storage.readsAs(table))
                        .isPresent();
    }

    /** The skip of a named partition that is left to the tool that registered it; empty if a run may replace it. */
    public Optional<Skip> whyLeft(RegisteredPartition partition, String prefix) {
        return placeBeside(partition, prefix)
                .map(place -> apart(place, prefix))
                .or(() -> isReadInItsOwnWay(partition)
                        ? Optional.of(new Skip(prefix, SkipReason.FOREIGN, READ_OTHERWISE))
                        : Optional.empty());
    }

    private boolean isForeign(RegisteredPartition partition) {
        return isReadInPlace
                && partition.run().isEmpty()
                && partition.inventoryHash().isEmpty();
    }
}
