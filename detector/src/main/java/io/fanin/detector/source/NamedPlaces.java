package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.SpecException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The place of a partition that a user names: its prefix in S3 in any spelling of its values, otherwise the prefix at
 * which it failed or was registered, otherwise the one that the layout defines.
 */
public record NamedPlaces(SourceMapping mapping, NamedPrefixes prefixes, Consumer<Skip> skips) {

    public static NamedPlaces of(S3Pages pages, SourceMapping mapping, Consumer<Skip> skips) {
        return new NamedPlaces(mapping, new NamedPrefixes(pages, mapping), skips);
    }

    /** The bucket of their data. */
    public String bucket() {
        return mapping.location().bucket();
    }

    /**
     * The prefixes in S3 with other spellings of the values, also for names that the layout cannot write. Those with
     * other spellings of the keys are looked for only if the partition is not known.
     */
    public List<Partition> there(PartitionValues values, KnownPartitions known) {
        try {
            String prefix = mapping.placed(values).dataPrefix();
            List<Partition> there = prefixes.meaning(prefix);
            boolean isKnown = known.failureOf(values).isPresent()
                    || known.registrationOf(values).isPresent();
            return there.isEmpty() && !isKnown ? prefixes.renamedKeys(prefix) : there;
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * The table's partitions at all prefixes with the values, for data that may have moved to another one.
     *
     * @return empty if there are too many prefixes to look for them
     */
    public Optional<List<Partition>> renamed(PartitionValues values) {
        try {
            return prefixes.renamed(mapping.placed(values).dataPrefix())
                    .map(there -> there.stream()
                            .flatMap(one -> mapping.taken(one, skips).stream())
                            .toList());
        } catch (IllegalArgumentException e) {
            return Optional.of(List.of());
        }
    }

    /**
     * The partition, with its values as spelled in the catalog, or in S3.
     *
     * @param there the result of {@link #there}, one prefix at most
     * @param earlier the partitions in the record and in the catalog
     * @param path at which the run's input names it
     * @throws SpecException if it is unknown, and the layout cannot write it
     */
    public Partition place(PartitionValues values, List<Partition> there, KnownPartitions earlier, String path) {
        try {
            return place(values, there, earlier);
        } catch (IllegalArgumentException e) {
            throw SpecException.at(path, e.getMessage(), e);
        }
    }

    private Partition place(PartitionValues values, List<Partition> there, KnownPartitions earlier) {
        Optional<OutstandingFailure> failed = earlier.failureOf(values);
        Optional<RegisteredPartition> known = earlier.registrationOf(values);
        Optional<Partition> found = there.stream().findFirst().flatMap(one -> mapping.taken(one, skips));
        Partition partition = found.or(() -> failed.map(mapping::recalled))
                .or(() -> known.flatMap(mapping::registered))
                .orElseGet(() -> mapping.placed(values));
        return mapping.restated(
                partition,
                known.map(RegisteredPartition::values)
                        .or(() -> found.map(Partition::values))
                        .or(() -> failed.map(OutstandingFailure::values))
                        .orElse(values));
    }
}
