package io.fanin.core.catalog.partition;

import io.fanin.model.names.FaninNames;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * The properties of an existing partition that are needed to register it. Its columns are not kept: those of thousands
 * of partitions of a wide table would not fit into memory.
 *
 * @param isReadable whether it has the table's storage format, and columns
 */
record PresentPartition(
        Optional<String> location, Map<String, String> parameters, Optional<Instant> lastAccess, boolean isReadable) {

    static PresentPartition of(Partition partition, Table table) {
        Optional<StorageDescriptor> storage = Optional.ofNullable(partition.storageDescriptor());
        return new PresentPartition(
                storage.map(StorageDescriptor::location),
                Map.copyOf(partition.parameters()),
                Optional.ofNullable(partition.lastAccessTime()),
                storage.filter(own -> isReadable(own, table.storageDescriptor()))
                        .isPresent());
    }

    /** Whether nothing is left to do, because the partition is as intended, or newer, or is left to another tool. */
    boolean isSettled(PartitionRegistration wanted) {
        return isAsMeant(wanted) || isNewerThan(wanted) || isLeftToOthers(wanted);
    }

    /** Whether another tool has registered it, with data that is not to be replaced. */
    boolean isLeftToOthers(PartitionRegistration wanted) {
        return wanted.leavesOthers()
                && !isOfRun()
                && !parameters.containsKey(FaninNames.INVENTORY)
                && isInAnotherFolder(wanted.locationUri());
    }

    /** Tools differ in how they write the same folder; a location that names none is nobody's. */
    private boolean isInAnotherFolder(String uri) {
        return location.flatMap(S3Location::find)
                .filter(folder -> S3Location.find(uri).filter(folder::equals).isEmpty())
                .isPresent();
    }

    /**
     * Whether it is as intended. Columns that differ from the table's are kept: the table had those when the data was
     * written.
     */
    boolean isAsMeant(PartitionRegistration wanted) {
        return isReadable
                && isWhereMeant(wanted)
                && parameters.entrySet().containsAll(wanted.parameters().entrySet());
    }

    /** Whether its data was read later than the data to be registered. */
    boolean isNewerThan(PartitionRegistration wanted) {
        Optional<Instant> moment = PartitionParameters.asOf(wanted.parameters());
        return moment.isPresent()
                && PartitionParameters.asOf(parameters)
                        .filter(moment.get()::isBefore)
                        .isPresent();
    }

    /** Whether a run has registered it, and not only another tool. */
    boolean isOfRun() {
        return parameters.containsKey(FaninNames.RUN);
    }

    /** A location with and without its last slash is the same folder. */
    boolean isWhereMeant(PartitionRegistration wanted) {
        return withoutSlash(location.orElse("")).equals(withoutSlash(wanted.locationUri()));
    }

    private static boolean isReadable(StorageDescriptor partition, StorageDescriptor table) {
        return PartitionStorage.of(partition).equals(PartitionStorage.of(table))
                && partition.columns().isEmpty() == table.columns().isEmpty();
    }

    private static String withoutSlash(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }
}
