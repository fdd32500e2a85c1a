package io.fanin.detector.source;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source for data that arrives in the table's own folder, and stays as it is. */
record InPlaceSource(TableDefinition table, Layout layout) implements SourceMapping {

    InPlaceSource(TableDefinition table) {
        this(table, Layout.of(table));
    }

    @Override
    public S3Location location() {
        return table.location();
    }

    @Override
    public List<PartitionKey> keys() {
        return table.keys();
    }

    @Override
    public boolean isOfRawData() {
        return false;
    }

    @Override
    public boolean keepsTime() {
        return true;
    }

    @Override
    public Optional<Partition> taken(Partition found, Consumer<Skip> skips) {
        return Optional.of(found);
    }

    @Override
    public Partition restated(Partition partition, PartitionValues values) {
        return new Partition(values, partition.prefix());
    }

    @Override
    public Partition placed(PartitionValues values) {
        return new Partition(values, location().prefix() + layout.path(values));
    }

    /**
     * The partition may have been converted then. Where the table was in another bucket, its prefix may be that of
     * another table's data here.
     */
    @Override
    public Partition recalled(OutstandingFailure failed) {
        Partition there = new Partition(failed.values(), failed.partition().prefix());
        return failed.isOfTableOutside(location().bucket()) && wouldStayOutside(there) ? placedOr(there) : there;
    }

    private Partition placedOr(Partition otherwise) {
        try {
            return placed(otherwise.values());
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    @Override
    public Optional<String> uriOf(RegisteredPartition registered) {
        return at(registered).filter(location()::holds).map(S3Location::uri);
    }

    @Override
    public String described(String registered) {
        return "the registered location " + registered + ", which is what readers read";
    }

    @Override
    public boolean isElsewhere(RegisteredPartition registered, Partition seen) {
        return registered.run().isPresent()
                && at(registered)
                        .filter(at -> location().holds(at) && !at.prefix().equals(seen.prefix()))
                        .isPresent();
    }

    @Override
    public Optional<S3Location> outside(RegisteredPartition registered) {
        return registered
                .run()
                .flatMap(run -> at(registered))
                .filter(at -> !location().overlaps(at));
    }

    @Override
    public boolean wouldStayOutside(Partition recalled) {
        String own = location().prefix();
        return !recalled.prefix().startsWith(own)
                || layout.valuesOf(recalled.prefix().substring(own.length())).isEmpty();
    }

    private static Optional<S3Location> at(RegisteredPartition registered) {
        return registered.location().flatMap(S3Location::find);
    }

    /** Its names may differ from the layout's in the case of letters: {@code Year=2026/}. */
    @Override
    public Optional<Partition> registered(RegisteredPartition registered) {
        FolderValues folders = new FolderValues(location(), layout, new EquivalentValues(keys()));
        return at(registered)
                .filter(folder -> folders.areAt(folder, registered.values()))
                .map(folder -> new Partition(registered.values(), folder.prefix()));
    }
}
