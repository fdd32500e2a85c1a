package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.KeyMapping;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source for raw data that arrives in a folder of its own, and is converted into the table's. */
final class SeparateSource implements SourceMapping {

    private final S3Location location;
    private final List<PartitionKey> keys;
    private final Layout layout;
    private final S3Location tableLocation;
    private final Layout tableLayout;
    private final KeyMapping toTable;
    private final KeyMapping toSource;

    SeparateSource(SourceDefinition source, TableDefinition table) {
        this.location = source.location();
        this.keys = source.keys();
        this.layout = Layout.of(source.layout(), source.keys());
        this.tableLocation = table.location();
        this.tableLayout = Layout.of(table);
        this.toTable = KeyMapping.of(source.keys(), table.keys());
        this.toSource = toTable.inverse();
    }

    @Override
    public S3Location location() {
        return location;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public List<PartitionKey> keys() {
        return keys;
    }

    @Override
    public boolean isOfRawData() {
        return true;
    }

    @Override
    public boolean keepsTime() {
        return toTable.keepsTime();
    }

    @Override
    public Optional<Partition> taken(Partition found, Consumer<Skip> skips) {
        try {
            PartitionValues values = values(toTable.map(found.values()));
            return Optional.of(new Partition(values, tablePrefix(values), Optional.of(found.prefix())));
        } catch (IllegalArgumentException e) {
            skips.accept(new Skip(found.prefix(), SkipReason.BAD_VALUE, e.getMessage()));
            return Optional.empty();
        }
    }

    /** Another tool may have registered the partition in a form that the layout cannot write. */
    @Override
    public Partition restated(Partition partition, PartitionValues values) {
        return new Partition(values, written(values).orElse(partition.prefix()), partition.source());
    }

    @Override
    public Partition placed(PartitionValues values) {
        String path = layout.path(values(toSource.map(values)));
        return new Partition(values, tablePrefix(values), Optional.of(location.prefix() + path));
    }

    /**
     * The partition's data may not have been converted then, or may have come from elsewhere, or been made into another
     * location.
     */
    @Override
    public Partition recalled(OutstandingFailure failed) {
        Partition earlier = failed.partition();
        if (earlier.source().filter(this::isHere).isPresent()) {
            return restated(earlier, earlier.values());
        }
        try {
            return placed(earlier.values());
        } catch (IllegalArgumentException e) {
            return new Partition(earlier.values(), earlier.prefix(), Optional.of(earlier.dataPrefix()));
        }
    }

    /** It is made where the table is. */
    @Override
    public boolean wouldStayOutside(Partition recalled) {
        return false;
    }

    @Override
    public Optional<String> uriOf(RegisteredPartition registered) {
        return registered.source();
    }

    @Override
    public String described(String registered) {
        return "the source of the registered partition, " + registered;
    }

    /** Readers get the version that was made of the data, wherever that lies now. */
    @Override
    public boolean isElsewhere(RegisteredPartition registered, Partition seen) {
        return false;
    }

    @Override
    public Optional<S3Location> outside(RegisteredPartition registered) {
        return Optional.empty();
    }

    @Override
    public Optional<Partition> registered(RegisteredPartition registered) {
        return registered
                .source()
                .flatMap(S3Location::find)
                .filter(folder -> folder.bucket().equals(location.bucket()) && isHere(folder.prefix()))
                .flatMap(folder -> written(registered.values())
                        .map(prefix -> new Partition(registered.values(), prefix, Optional.of(folder.prefix()))));
    }

    private boolean isHere(String prefix) {
        return prefix.startsWith(location.prefix());
    }

    private String tablePrefix(PartitionValues values) {
        return tableLocation.prefix() + tableLayout.path(values);
    }

    private Optional<String> written(PartitionValues values) {
        try {
            return Optional.of(tablePrefix(values));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PartitionValues values(KeyMapping.Mapped mapped) {
        return switch (mapped) {
            case KeyMapping.Mapped.Values(PartitionValues values) -> values;
            case KeyMapping.Mapped.Refused(String why) -> throw new IllegalArgumentException(why);
        };
    }
}
