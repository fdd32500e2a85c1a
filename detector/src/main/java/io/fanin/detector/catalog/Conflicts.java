package io.fanin.detector.catalog;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.detector.source.SourceMapping;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.table.S3Location;
import java.util.List;
import java.util.Optional;

/**
 * Reports conflicting prefixes, which have the same values: without the one that is registered, whose data is in the
 * table.
 *
 * @param mapping the location of partitions' data
 */
public record Conflicts(SourceMapping mapping) {

    /** A skip for each of several partitions of which none is registered. */
    public List<Skip> unregistered(List<Partition> all) {
        return all.stream().map(partition -> of(partition, all)).toList();
    }

    /** A skip for each of several partitions whose data is not what is registered. */
    public List<Skip> besides(RegisteredPartition registered, List<Partition> all) {
        Optional<S3Location> place = mapping.uriOf(registered)
                .flatMap(S3Location::find)
                .filter(at -> at.bucket().equals(mapping.location().bucket()));
        return place.map(at -> all.stream()
                        .map(Partition::dataPrefix)
                        .filter(prefix -> !at.prefix().startsWith(prefix))
                        .map(prefix -> besides(at.prefix(), prefix))
                        .toList())
                .orElseGet(() -> unregistered(all));
    }

    /** A skip for a prefix, given the one that is registered. */
    public Skip besides(String registered, String prefix) {
        return skip(prefix, mapping.described(registered));
    }

    private static Skip skip(String prefix, String other) {
        return new Skip(prefix, SkipReason.CONFLICT, Skip.SAME_VALUES + other);
    }

    private static Skip of(Partition partition, List<Partition> all) {
        String other = all.getFirst().equals(partition)
                ? all.get(1).dataPrefix()
                : all.getFirst().dataPrefix();
        return skip(partition.dataPrefix(), other + (all.size() > 2 ? " and " + (all.size() - 2) + " more" : ""));
    }
}
