package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.TableRecord;
import io.fanin.model.layout.Layout;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.KeyMapping;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folders of a table's partitions, in which their data lies or would lie.
 *
 * @param prefixes how runs read the table's prefixes; absent if that is not known
 * @param source of the run that changed the table's record last; empty if it had none, or has expired
 */
record PartitionFolders(CatalogTable table, Optional<Prefixes> prefixes, Optional<SourceDefinition> source) {

    /** The form of the table's prefixes: their layout, and the formats of the keys. */
    record Prefixes(String layout, List<PartitionKey> keys) {

        /** The prefix of values within the table's; empty if the layout cannot write them. */
        private Optional<String> path(PartitionValues values) {
            try {
                return Optional.of(Layout.of(layout, keys).path(values));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    static PartitionFolders of(CatalogTable table, TableRecord record, Deployment stack) {
        Optional<ResolvedSpec> last =
                record.changedBy().flatMap(run -> stack.run(run).findSpec());
        Optional<Prefixes> prefixes = table.layout()
                .or(() -> record.prefixesOf(table).map(known -> known.values().get(FaninNames.LAYOUT)))
                .map(layout -> new Prefixes(layout, record.restored(table).keys()))
                .or(() -> last.map(ResolvedSpec::definition)
                        .filter(read -> table.location().equals(Optional.of(read.location())))
                        .map(read -> new Prefixes(read.layout(), read.keys())));
        return new PartitionFolders(table, prefixes, last.flatMap(ResolvedSpec::source));
    }

    /**
     * The partition's own folder; absent if neither the catalog, nor a failure, nor the layout gives it. Prefers a
     * folder with data under another form of the values, such as {@code hour=07}.
     */
    Optional<S3Location> own(KnownPartition partition, FirstObjects objects) {
        return withData(partition, this::own, objects);
    }

    /**
     * The folder of the raw data that the partition is made from, found in the same way; empty if there is no such
     * data.
     */
    Optional<S3Location> raw(KnownPartition partition, FirstObjects objects) {
        return withData(partition, this::raw, objects);
    }

    private Optional<S3Location> withData(
            KnownPartition partition, Function<KnownPartition, Optional<S3Location>> folder, FirstObjects objects) {
        return new EquivalentValues(table.keys())
                .all(partition.values()).stream()
                        .map(form -> new KnownPartition(form, partition.registered(), partition.outstanding()))
                        .flatMap(form -> folder.apply(form).stream())
                        .filter(objects::isIn)
                        .findFirst()
                        .or(() -> folder.apply(partition));
    }

    private Optional<S3Location> own(KnownPartition partition) {
        Optional<S3Location> known = partition
                .registered()
                .flatMap(dated -> dated.partition().location())
                .flatMap(S3Location::find);
        if (known.isPresent() || table.location().isEmpty()) {
            return known;
        }
        S3Location root = table.location().get();
        return partition
                .outstanding()
                .map(failure -> failure.partition().prefix())
                .or(() -> prefixes.flatMap(one -> one.path(partition.values())).map(path -> root.prefix() + path))
                .map(prefix -> new S3Location(root.bucket(), prefix));
    }

    private Optional<S3Location> raw(KnownPartition partition) {
        Optional<S3Location> known = partition
                .registered()
                .flatMap(dated -> dated.partition().source())
                .flatMap(S3Location::find);
        if (known.isPresent() || source.isEmpty()) {
            return known;
        }
        S3Location root = source.get().location();
        return partition
                .outstanding()
                .flatMap(failure -> failure.partition().source())
                .or(() -> rawPath(source.get(), partition.values()).map(path -> root.prefix() + path))
                .map(prefix -> new S3Location(root.bucket(), prefix));
    }

    private Optional<String> rawPath(SourceDefinition from, PartitionValues values) {
        try {
            return switch (KeyMapping.of(from.keys(), table.keys()).inverse().map(values)) {
                case KeyMapping.Mapped.Values(PartitionValues mapped) ->
                    Optional.of(Layout.of(from.layout(), from.keys()).path(mapped));
                case KeyMapping.Mapped.Refused refused -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
