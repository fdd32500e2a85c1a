package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.S3Location;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The folder in which a table's data arrives, and the mapping from its prefixes to the table's partitions. */
public sealed interface SourceMapping permits InPlaceSource, SeparateSource {

    static SourceMapping of(ResolvedSpec spec) {
        return spec.source()
                .<SourceMapping>map(source -> new SeparateSource(source, spec.definition()))
                .orElseGet(() -> new InPlaceSource(spec.definition()));
    }

    /** The folder whose prefixes are listed. */
    S3Location location();

    /** The layout of its prefixes. */
    Layout layout();

    /** The keys in its prefixes. */
    List<PartitionKey> keys();

    /** Whether the data that is listed is only raw data: what was made of it stays when it is removed. */
    boolean isOfRawData();

    /** Whether the time in a prefix is that of the table's partition, or a longer one around it. */
    boolean keepsTime();

    /**
     * The table's partition whose data a prefix holds.
     *
     * @param found with the values of {@link #keys}
     * @return empty, and one more skip, if the table's keys cannot express these values
     */
    Optional<Partition> taken(Partition found, Consumer<Skip> skips);

    /** The same partition with its values as spelled in the catalog. */
    Partition restated(Partition partition, PartitionValues values);

    /**
     * The partition of the table's values at the prefix that the layouts define.
     *
     * @throws IllegalArgumentException if they cannot write the values
     */
    Partition placed(PartitionValues values);

    /** A partition that has failed in an earlier run, with the prefix at which its data is expected now. */
    Partition recalled(OutstandingFailure failed);

    /** The URI of a registered partition's data folder; empty if it is not known, or outside of the source's folder. */
    Optional<String> uriOf(RegisteredPartition registered);

    /** Describes the data folder of what is registered, to people who see another one with the same values. */
    String described(String registered);

    /**
     * Whether a run has registered a partition at another prefix of the folder than the one that was seen, so that
     * readers do not get the data that was seen. What other tools have registered is left to them.
     */
    boolean isElsewhere(RegisteredPartition registered, Partition seen);

    /**
     * The location outside of the folder at which a run has registered a partition, as when the table's location has
     * changed since.
     */
    Optional<S3Location> outside(RegisteredPartition registered);

    /**
     * Whether a partition whose failure is retried at the prefix that it had then would be registered where the table
     * was before: outside of its location, or at a prefix of another layout.
     */
    boolean wouldStayOutside(Partition recalled);

    /** The partition with the data folder in the catalog; empty if its layout has no such place for the values. */
    Optional<Partition> registered(RegisteredPartition registered);
}
