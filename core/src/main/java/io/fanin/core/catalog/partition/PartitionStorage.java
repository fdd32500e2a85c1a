package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.table.CatalogTable;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/**
 * How query engines read the objects of a partition or a table: input format, output format and SerDe, each absent if
 * the catalog has none.
 */
public record PartitionStorage(Optional<String> inputFormat, Optional<String> outputFormat, Optional<Serde> serde) {

    public record Serde(Optional<String> library, Map<String, String> settings) {

        private static Serde of(SerDeInfo info) {
            return new Serde(Optional.ofNullable(info.serializationLibrary()), Map.copyOf(info.parameters()));
        }
    }

    /** The storage of a partition that does not say how it is read. */
    public static final PartitionStorage AS_TABLE =
            new PartitionStorage(Optional.empty(), Optional.empty(), Optional.empty());

    static PartitionStorage of(StorageDescriptor storage) {
        return storage == null
                ? AS_TABLE
                : new PartitionStorage(
                        Optional.ofNullable(storage.inputFormat()),
                        Optional.ofNullable(storage.outputFormat()),
                        Optional.ofNullable(storage.serdeInfo()).map(Serde::of));
    }

    /** Whether registering the partition with the table's storage would not change how its objects are read. */
    public boolean isThatOf(CatalogTable table) {
        PartitionStorage other = of(table.raw().storageDescriptor());
        return equals(AS_TABLE) || equals(other);
    }

    /**
     * Whether readers, who read a partition by its own SerDe, find the same in its objects as by the table's. One
     * without a SerDe, which readers refuse, counts as one with the table's.
     */
    public boolean readsAs(CatalogTable table) {
        if (serde.flatMap(Serde::library).isEmpty() || isThatOf(table)) {
            return true;
        }
        CatalogTable own = new CatalogTable(
                table.name(),
                table.raw().toBuilder().storageDescriptor(descriptor()).build());
        return own.format() == table.format()
                && own.csv().readsAs(table.csv())
                && own.columnsElsewhere().equals(table.columnsElsewhere());
    }

    private StorageDescriptor descriptor() {
        return StorageDescriptor.builder()
                .inputFormat(inputFormat.orElse(null))
                .outputFormat(outputFormat.orElse(null))
                .serdeInfo(serde.map(own -> SerDeInfo.builder()
                                .serializationLibrary(own.library().orElse(null))
                                .parameters(own.settings())
                                .build())
                        .orElse(null))
                .build();
    }
}
