package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The place of a partition that a user names: its prefix in S3, whatever form its values have there, else the prefix at
 * which it failed or was registered, else the one that the layout defines.
 */
public record NamedPlaces(SourceMapping mapping, NamedPrefixes prefixes, Consumer<Skip> skips) {

    public static NamedPlaces of(S3Pages pages, SourceMapping mapping, Consumer<Skip> skips) {
        return new NamedPlaces(mapping, new NamedPrefixes(pages, mapping), skips);
    }

    /** The bucket in which their data lies. */
    public String bucket() {
        return mapping.location().bucket();
    }

    /** The prefixes in which S3 has the values in another form; names that the layout cannot write may still be known. */
    public List<Partition> there(PartitionValues values) {
        try {
            return prefixes.meaning(mapping.placed(values).dataPrefix());
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * The partition, with its values in the form in which the catalog has them, or S3.
     *
     * @param there the result of {@link #there}, one prefix at most
     * @param earlier the partitions as earlier runs recorded them, and as the catalog has them
     * @throws IllegalArgumentException when it is unknown, and the layout cannot write it
     */
    public Partition place(PartitionValues values, List<Partition> there, KnownPartitions earlier) {
        Optional<Partition> failed = earlier.failureOf(values).map(OutstandingFailure::partition);
        Optional<RegisteredPartition> known = earlier.registrationOf(values);
        Optional<Partition> found = there.stream().findFirst().flatMap(one -> mapping.taken(one, skips));
        Partition partition = found.or(() -> failed.map(mapping::recalled))
                .or(() -> known.flatMap(mapping::registered))
                .orElseGet(() -> mapping.placed(values));
        return mapping.restated(
                partition,
                known.map(RegisteredPartition::values)
                        .or(() -> found.or(() -> failed).map(Partition::values))
                        .orElse(values));
    }
}
