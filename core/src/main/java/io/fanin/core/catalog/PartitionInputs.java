package io.fanin.core.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * The PartitionInput that makes a partition readable. Each repeats the table's whole storage descriptor: readers take
 * SerDe, delimiter and columns from the partition, and one without a SerDe breaks every query of its table.
 */
final class PartitionInputs {

    /** Hive's statistics of a partition's data and where it came from, which are wrong once the data has changed. */
    private static final Set<String> OF_THE_DATA = Set.of(
            PartitionParameters.SOURCE,
            PartitionParameters.SOURCE_FILES,
            PartitionParameters.ROWS,
            PartitionParameters.FILES,
            PartitionParameters.BYTES,
            "rawDataSize",
            "COLUMN_STATS_ACCURATE");

    private PartitionInputs() {}

    static PartitionInput of(Table table, PartitionRegistration wanted) {
        return input(table, wanted, wanted.parameters());
    }

    /** What replaces a partition that is there: parameters of others are kept, but for statistics of the old data. */
    static PartitionInput replacing(Partition present, Table table, PartitionRegistration wanted) {
        Map<String, String> parameters = new HashMap<>(present.parameters());
        parameters.keySet().removeAll(OF_THE_DATA);
        parameters.putAll(wanted.parameters());
        return input(table, wanted, parameters).toBuilder()
                .lastAccessTime(present.lastAccessTime())
                .build();
    }

    /** Whether nothing is left to do: location, parameters, columns and SerDe are as they would be written. */
    static boolean isAsMeant(Partition present, Table table, PartitionRegistration wanted) {
        return isWhereMeant(present, wanted)
                && present.parameters()
                        .entrySet()
                        .containsAll(wanted.parameters().entrySet())
                && isReadLike(present.storageDescriptor(), table.storageDescriptor());
    }

    /** A location with and without its last slash is the same folder. */
    static boolean isWhereMeant(Partition present, PartitionRegistration wanted) {
        String location = locationOf(present).orElse("");
        return withoutSlash(location).equals(withoutSlash(wanted.locationUri()));
    }

    static Optional<String> locationOf(Partition partition) {
        return Optional.ofNullable(partition.storageDescriptor()).map(StorageDescriptor::location);
    }

    private static PartitionInput input(Table table, PartitionRegistration wanted, Map<String, String> parameters) {
        StorageDescriptor storage = table.storageDescriptor().toBuilder()
                .location(wanted.locationUri())
                .build();
        return PartitionInput.builder()
                .values(wanted.values().values())
                .storageDescriptor(storage)
                .parameters(parameters)
                .build();
    }

    private static boolean isReadLike(StorageDescriptor partition, StorageDescriptor table) {
        return Objects.equals(partition.inputFormat(), table.inputFormat())
                && Objects.equals(partition.outputFormat(), table.outputFormat())
                && columns(partition).equals(columns(table))
                && serde(partition).equals(serde(table));
    }

    private static List<List<String>> columns(StorageDescriptor storage) {
        return storage.columns().stream()
                .map((Column column) -> List.of(column.name(), String.valueOf(column.type())))
                .toList();
    }

    private static List<Object> serde(StorageDescriptor storage) {
        SerDeInfo serde = storage.serdeInfo();
        return serde == null
                ? List.of()
                : List.of(String.valueOf(serde.serializationLibrary()), Map.copyOf(serde.parameters()));
    }

    private static String withoutSlash(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }
}
