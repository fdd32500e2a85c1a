package io.fanin.core.catalog.partition;

import io.fanin.model.names.FaninNames;
import io.fanin.model.run.PartitionVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SchemaReference;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Builds the PartitionInput of a readable partition. Each repeats the table's whole storage descriptor: readers take
 * SerDe, delimiter and columns from the partition, and a partition without a SerDe breaks every query of its table.
 */
final class PartitionInputs {

    /** Statistics by which Glue's crawlers describe data, of a table or of a partition. */
    private static final Set<String> STATISTICS_OF_CRAWLERS =
            Set.of("recordCount", "objectCount", "sizeKey", "averageRecordSize");

    /** Parameters with Hive's statistics of a partition's data, which are wrong once the data has changed. */
    private static final Set<String> STATISTICS = Set.of(
            PartitionParameters.ROWS,
            PartitionParameters.FILES,
            PartitionParameters.BYTES,
            "rawDataSize",
            "COLUMN_STATS_ACCURATE");

    /** Spark prefers its own statistics to those of Hive. */
    private static final String STATISTICS_OF_SPARK = "spark.sql.statistics.";

    private PartitionInputs() {}

    static PartitionInput of(Table table, PartitionRegistration wanted) {
        return input(table, wanted, wanted.parameters());
    }

    /**
     * The replacement of an existing partition. Parameters of other tools are kept, except statistics of the old data;
     * those of earlier runs are replaced. The former location is noted, unless the same pass has set it: then the one
     * before the pass stays noted.
     */
    static PartitionInput replacing(PresentPartition present, Table table, PartitionRegistration wanted) {
        Map<String, String> parameters = new HashMap<>(present.parameters());
        parameters.keySet().removeAll(PartitionParameters.namesOfProcessor(present.parameters()));
        parameters.keySet().removeIf(PartitionInputs::isOfTheData);
        parameters.putAll(wanted.parameters());
        present.location()
                .filter(location ->
                        !present.isWhereMeant(wanted) && !PartitionVersion.areOfOnePass(location, wanted.locationUri()))
                .ifPresent(location -> parameters.put(FaninNames.REPLACED, location));
        return input(table, wanted, parameters).toBuilder()
                .lastAccessTime(present.lastAccess().orElse(null))
                .build();
    }

    private static boolean isOfTheData(String parameter) {
        return STATISTICS.contains(parameter)
                || STATISTICS_OF_CRAWLERS.contains(parameter)
                || parameter.startsWith(STATISTICS_OF_SPARK)
                || (parameter.startsWith(FaninNames.PREFIX) && !parameter.equals(FaninNames.REPLACED));
    }

    /** A crawler's totals for the whole table do not apply to a partition. */
    private static StorageDescriptor withoutTotals(StorageDescriptor storage) {
        Map<String, String> parameters = new HashMap<>(storage.parameters());
        return parameters.keySet().removeAll(STATISTICS_OF_CRAWLERS)
                ? storage.toBuilder().parameters(parameters).build()
                : storage;
    }

    private static PartitionInput input(Table table, PartitionRegistration wanted, Map<String, String> parameters) {
        StorageDescriptor storage = withoutTotals(table.storageDescriptor()).toBuilder()
                .location(wanted.locationUri())
                .schemaReference((SchemaReference) null) // beside columns Glue refuses it
                .build();
        return PartitionInput.builder()
                .values(wanted.values().values())
                .storageDescriptor(storage)
                .parameters(parameters)
                .build();
    }
}
