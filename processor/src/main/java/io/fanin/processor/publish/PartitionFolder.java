package io.fanin.processor.publish;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.ObjectWriter;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A partition's folder in the table, with the folder of the version that is being made, to which only one invocation
 * writes: two that choose the same name find out when they write their first file. Nothing is written beside data of
 * other writers.
 */
final class PartitionFolder {

    /**
     * The number of other writers' data objects after which the listing stops, since it is already certain that the
     * folder holds foreign data.
     */
    private static final int MANY_FOREIGN = 10;

    private final ObjectTarget target;
    private final String prefix;
    private final PartitionVersion version;

    private PartitionFolder(ObjectTarget target, String prefix, PartitionVersion version) {
        this.target = target;
        this.prefix = prefix;
        this.version = version;
    }

    /**
     * Chooses the folder for a new version.
     *
     * @param token of the pass that makes it
     * @throws ConversionException {@code ForeignObjects} if the partition's folder holds data that is not the table's;
     *     {@code InvalidLocation} if the names of the files in it would be too long
     */
    static PartitionFolder open(ObjectTarget target, String prefix, String token) {
        Content content = new Content(target, prefix);
        Iterator<ObjectSummary> all = target.list(prefix);
        while (content.foreign < MANY_FOREIGN && all.hasNext()) {
            content.add(all.next());
        }
        content.requireOurs();
        PartitionFolder folder = new PartitionFolder(target, prefix, content.next(token));
        folder.requireRoom();
        return folder;
    }

    private void requireRoom() {
        int bytes = key(0).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > S3Location.MAX_KEY_BYTES) {
            throw new ConversionException(
                    FailureCode.INVALID_LOCATION,
                    "the files below %s would have keys of %d bytes, and S3 takes %d at most"
                            .formatted(LogSafe.beginning(prefix, 300), bytes, S3Location.MAX_KEY_BYTES));
        }
    }

    PartitionVersion version() {
        return version;
    }

    String key(int part) {
        return folder() + PartitionVersion.file(part);
    }

    private String folder() {
        return prefix + version.folder() + "/";
    }

    /**
     * Verifies that the version consists of the written files.
     *
     * @param written their ETags by their keys
     * @return their inventory
     * @throws IOException if it does not, since another invocation has chosen the same folder: this version has to be
     *     made again
     */
    Inventory verified(Map<String, String> written) throws IOException {
        InventorySum sum = new InventorySum(folder());
        long others = 0;
        for (Iterator<ObjectSummary> all = target.list(folder()); all.hasNext(); ) {
            ObjectSummary object = all.next();
            if (object.etag().equals(written.get(object.key()))) {
                sum.add(object);
            } else if (DataObjects.isData(folder(), object)) {
                others++;
            }
        }
        if (others > 0 || sum.files() != written.size()) {
            throw new IOException(LogSafe.of(folder())
                    + " was changed while it was written: the partition is made by somebody else at the same time");
        }
        return sum.sum();
    }

    private static final class Content {

        private final ObjectTarget target;
        private final String prefix;

        /** The writers of the files in the versions' folders, by folder name; only one file of each is looked up. */
        private final Map<String, ObjectWriter> writers = new HashMap<>();

        private final TreeSet<String> versions = new TreeSet<>();
        private int foreign;
        private String firstForeign = "";

        Content(ObjectTarget target, String prefix) {
            this.target = target;
            this.prefix = prefix;
        }

        void add(ObjectSummary object) {
            String name = object.key().substring(prefix.length());
            String folder = name.substring(0, Math.max(0, name.indexOf('/')));
            String file = folder.isEmpty() ? name : name.substring(folder.length() + 1);
            if (!PartitionVersion.isFile(file) || !(folder.isEmpty() || PartitionVersion.isFolder(folder))) {
                if (DataObjects.isData(prefix, object)) {
                    addForeign(object, "");
                }
                return;
            }
            ObjectWriter writer = folder.isEmpty()
                    ? target.writer(object.key())
                    : writers.computeIfAbsent(folder, same -> target.writer(object.key()));
            switch (writer) {
                case ObjectWriter.Nobody nobody -> {}
                case ObjectWriter.ThisTable table -> versions.add(folder);
                case ObjectWriter.Another another -> addForeign(object, ", " + another);
            }
        }

        private void addForeign(ObjectSummary object, String writer) {
            firstForeign = foreign == 0 ? LogSafe.beginning(object.key(), 300) + writer : firstForeign;
            foreign++;
        }

        void requireOurs() {
            if (foreign > 0) {
                throw new ConversionException(
                        FailureCode.FOREIGN_OBJECTS,
                        "%s holds %s%s that this did not write (%s): who reads the folder reads them beside what is made."
                                        .formatted(
                                                LogSafe.of(prefix),
                                                foreign < MANY_FOREIGN ? "" : "at least ",
                                                Counted.of(foreign, "data object"),
                                                firstForeign)
                                + " Move them away, or choose another location");
            }
        }

        PartitionVersion next(String token) {
            int number = 1;
            while (versions.contains(PartitionVersion.folder(token, number))) {
                number++;
            }
            return new PartitionVersion(PartitionVersion.folder(token, number), List.copyOf(versions));
        }
    }
}
