package io.fanin.core.catalog.partition;

import io.fanin.core.inventory.InventorySum;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/**
 * A partition as read from the catalog, with accessors for the parameters that runs have written.
 *
 * @param location the URI of its folder as registered; partitions of other tools may have none
 * @param storage how query engines read its objects
 */
public record RegisteredPartition(
        PartitionValues values, Optional<String> location, Map<String, String> parameters, PartitionStorage storage) {

    private static final List<String> OF_RUNS = List.of(
            FaninNames.INVENTORY,
            FaninNames.RUN,
            FaninNames.AS_OF,
            PartitionParameters.FILES,
            PartitionParameters.BYTES,
            FaninNames.SOURCE,
            FaninNames.SOURCE_FILES,
            FaninNames.SOURCE_OLDEST,
            FaninNames.NEWEST);

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    public static RegisteredPartition fromGlue(software.amazon.awssdk.services.glue.model.Partition partition) {
        return new RegisteredPartition(
                new PartitionValues(partition.values()),
                Optional.ofNullable(partition.storageDescriptor()).map(StorageDescriptor::location),
                Map.copyOf(partition.parameters()),
                PartitionStorage.of(partition.storageDescriptor()));
    }

    /** The hash over the partition's objects at registration; empty if another tool registered it. */
    public Optional<String> inventoryHash() {
        return parameter(FaninNames.INVENTORY);
    }

    /** The URI of the folder of the run that registered it last; empty if another tool did. */
    public Optional<String> run() {
        return parameter(FaninNames.RUN);
    }

    /**
     * Whether it has been registered since: for the first time, by another run, or by another tool elsewhere than what
     * failed.
     */
    public boolean isRegisteredSince(StandingRegistration before) {
        return before.registeredBy().filter(registeredBy()::equals).isEmpty()
                ? run().isPresent() || !before.exists()
                : before.registeredAt().filter(this::isElsewhere).isPresent();
    }

    /** Whether it has a location, and another one than the folder with this URI. */
    public boolean isElsewhere(String folder) {
        return location.filter(now -> !isSameFolder(folder, now)).isPresent();
    }

    /** Tools differ in whether they end a folder with a slash. */
    private static boolean isSameFolder(String one, String other) {
        return one.equals(other)
                || S3Location.find(one)
                        .filter(folder -> S3Location.find(other).equals(Optional.of(folder)))
                        .isPresent();
    }

    /** Whether its data was read after this time. */
    public boolean isSeenAfter(Instant moment) {
        return PartitionParameters.asOf(parameters).filter(moment::isBefore).isPresent();
    }

    /** Whether its data is known to have been read before this second. */
    public boolean isSeenBefore(Instant moment) {
        return PartitionParameters.asOf(parameters)
                .filter(seen -> seen.isBefore(moment.truncatedTo(ChronoUnit.SECONDS)))
                .isPresent();
    }

    /** The URI of the folder of the run that registered it last, or empty text for another tool. */
    public String registeredBy() {
        return run().orElse("");
    }

    /** The URI of its folder before the run that registered it last; empty if it had no other. */
    public Optional<String> replaced() {
        return parameter(FaninNames.REPLACED);
    }

    /** The URI of the folder with its raw data; empty if it was not converted. */
    public Optional<String> source() {
        return parameter(FaninNames.SOURCE);
    }

    /**
     * The partition to be processed, with the time of the oldest raw object behind this registration, if there is one.
     */
    public Partition madeAnew(Partition partition) {
        return source().flatMap(any -> PartitionParameters.madeOf(parameters))
                .map(partition::madeOf)
                .orElse(partition);
    }

    /** The number of objects in {@link #inventoryHash}: its own, or those of its raw data. Empty if not recorded. */
    public OptionalLong files() {
        return count(source().isPresent() ? FaninNames.SOURCE_FILES : PartitionParameters.FILES);
    }

    /** Whether it had data when a run registered it. */
    public boolean heldData() {
        return count(PartitionParameters.FILES).orElse(0) > 0 && !holdsNoBytes();
    }

    /** Whether a run has registered it without any objects, its own or of its raw data. */
    public boolean isEmpty() {
        return run().isPresent() && inventoryHash().equals(Optional.of(InventorySum.NOTHING));
    }

    /** Whether its objects, of which there were some when a run registered it, were all of zero bytes. */
    public boolean holdsNoBytes() {
        return count(PartitionParameters.BYTES).orElse(1) == 0;
    }

    private OptionalLong count(String name) {
        return parameter(name)
                .filter(text -> COUNT.matcher(text).matches())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /**
     * The same partition with only its values, its location, and the parameters that runs write: other tools may have
     * added much more.
     */
    public RegisteredPartition asRunsLeftIt() {
        Map<String, String> kept = new HashMap<>();
        OF_RUNS.forEach(name -> parameter(name).ifPresent(value -> kept.put(name, value)));
        return new RegisteredPartition(values, location, Map.copyOf(kept), PartitionStorage.AS_TABLE);
    }

    private Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
