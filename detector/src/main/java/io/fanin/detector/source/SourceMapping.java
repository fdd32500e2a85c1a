package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.S3Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a table's data arrives, and which partition's data a prefix there holds. */
public sealed interface SourceMapping permits InPlaceSource, SeparateSource {

    /** Of a resolved spec. */
    static SourceMapping of(TableSpec spec) {
        return spec.sourceDefinition()
                .<SourceMapping>map(source -> new SeparateSource(source, spec.definition()))
                .orElseGet(() -> new InPlaceSource(spec.definition()));
    }

    /** The folder whose prefixes are listed. */
    S3Location location();

    /** How its prefixes are written. */
    Layout layout();

    /** The keys in its prefixes. */
    List<PartitionKey> keys();

    /**
     * The table's partition whose data a prefix holds.
     *
     * @param found with the values of {@link #keys}
     * @return empty, and one more skip, where the table's keys cannot express these values
     */
    Optional<Partition> taken(Partition found, Consumer<Skip> skips);

    /** The same partition with its values in another form: that in which the catalog has it. */
    Partition restated(Partition partition, PartitionValues values);

    /**
     * The partition of the table's values where the layouts write it.
     *
     * @throws IllegalArgumentException when they cannot
     */
    Partition placed(PartitionValues values);

    /** A partition recorded by an earlier run, with the prefix at which its data is expected now. */
    Partition recalled(Partition earlier);

    /** The URI of the folder in which the data of a registered partition was; empty if that is not known. */
    Optional<String> uriOf(RegisteredPartition registered);

    /** The partition with the data folder that the catalog records; empty if the layout decides. */
    Optional<Partition> registered(RegisteredPartition registered);
}
