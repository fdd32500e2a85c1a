package io.fanin.processor.custom;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.ObjectWriter;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Inventory;
import io.fanin.model.text.LogSafe;
import io.fanin.processor.api.TargetFolder;
import io.fanin.processor.validate.ListedNames;
import io.fanin.processor.validate.VersionsElsewhere;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A partition's folder in the table. Names cannot lead outside of it. Replaces and deletes only the table's own objects
 * in the version that existed when the partition was begun: an invocation that continues after its execution was
 * stopped cannot overwrite what a later one has written.
 */
public final class Target implements TargetFolder {

    /** Path segments that query engines resolve, while S3 takes them literally. */
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    private final ObjectTarget objects;
    private final String prefix;

    /** The ETags by key: of the objects that existed at the beginning, and of those put since. */
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    private volatile boolean isWritten;

    /** @param prefix ends in {@code /} */
    public Target(ObjectTarget objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    @Override
    public List<String> list() {
        List<String> names = new ArrayList<>();
        for (Iterator<ObjectSummary> listed = objects.list(prefix); listed.hasNext(); ) {
            ObjectSummary object = listed.next();
            if (!DataObjects.isFolderMarker(object)) {
                names.add(object.key().substring(prefix.length()));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public void put(String name, Path file) throws IOException {
        if (ListedNames.problem(name).isPresent()) {
            throw noName(name);
        }
        String key = key(name);
        seen.put(key, objects.put(key, file, own(key)));
        isWritten = true;
    }

    @Override
    public void delete(String name) throws IOException {
        String key = key(name);
        if (!seen.containsKey(key) && present(key) instanceof Version.Tagged) {
            throw new IOException(LogSafe.of(key) + " was written since the partition was begun");
        }
        if (own(key) instanceof Version.Tagged(String etag) && !objects.delete(Map.of(key, etag))) {
            throw new IOException(LogSafe.of(key) + " was written again while it was to be deleted");
        }
        seen.remove(key);
    }

    /**
     * The version of this table's object at a key, as it was first seen or last put; none if it was not seen, or no
     * longer exists.
     *
     * @throws ConversionException {@code ForeignObjects} if it is another writer's
     */
    private Version own(String key) {
        String etag = seen.get(key);
        return etag != null && present(key) instanceof Version.Tagged ? new Version.Tagged(etag) : Version.NONE;
    }

    /**
     * The version of this table's object that is at a key now.
     *
     * @throws ConversionException {@code ForeignObjects} if it is another writer's
     */
    private Version present(String key) {
        return switch (objects.writer(key)) {
            case ObjectWriter.Nobody nobody -> Version.NONE;
            case ObjectWriter.ThisTable table -> new Version.Tagged(table.etag());
            case ObjectWriter.Another another ->
                throw new ConversionException(
                        FailureCode.FOREIGN_OBJECTS,
                        LogSafe.beginning(key, 300) + " was not written by this table's processor (" + another
                                + "), which may neither replace nor delete it: move it away, or choose another location");
        };
    }

    private String key(String name) {
        if (Stream.of(name.split("/", -1)).anyMatch(NO_NAMES::contains)) {
            throw noName(name);
        }
        return prefix + name;
    }

    private static IllegalArgumentException noName(String name) {
        return new IllegalArgumentException("'" + LogSafe.of(name)
                + "' is not the name of an object in the partition's folder, expected one such as part-0.json");
    }

    /** Whether an object was put. */
    public boolean isWritten() {
        return isWritten;
    }

    /**
     * The data objects of the folder before anything is written. Objects that others write later are neither replaced
     * nor deleted.
     */
    public Inventory begin() {
        return inventory(object -> seen.put(object.key(), object.etag()));
    }

    /** The present data objects of the folder. */
    public Inventory inventory() {
        return inventory(object -> {});
    }

    private Inventory inventory(Consumer<ObjectSummary> each) {
        InventorySum inventory = new InventorySum(prefix);
        for (Iterator<ObjectSummary> listed = objects.list(prefix); listed.hasNext(); ) {
            ObjectSummary object = listed.next();
            each.accept(object);
            if (DataObjects.isData(prefix, object)) {
                VersionsElsewhere.requireNone(prefix, object);
                inventory.add(object);
            }
        }
        return inventory.sum();
    }
}
