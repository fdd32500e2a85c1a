package io.fanin.processor.validate;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.table.DataFormat;
import io.fanin.model.type.HiveType.Field;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.raw.CsvRows;
import io.fanin.records.raw.CsvTable;
import io.fanin.records.raw.JsonLinesRows;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Validates the objects of one partition in listing order, and stops at the first invalid one.
 *
 * @param checks creates the check of one partition
 */
public record PartitionValidation(ObjectSource source, DataFormat format, Supplier<ObjectsCheck> checks) {

    /**
     * Validates JSON lines.
     *
     * @param columns whose values are checked against their types; if empty, only the records' form is checked
     * @param deadline after which reading stops
     */
    public static PartitionValidation ofJson(
            ObjectSource source, List<Field> columns, RowSamples samples, Deadline deadline) {
        return new PartitionValidation(
                source,
                DataFormat.JSON,
                () -> new TextObjects(
                        source, deadline, (object, lines) -> JsonLinesRows.count(object, columns, lines, samples)));
    }

    /** Validates CSV until the deadline. */
    public static PartitionValidation ofCsv(
            ObjectSource source, CsvTable table, RowSamples samples, Deadline deadline) {
        return new PartitionValidation(
                source,
                DataFormat.CSV,
                () -> new TextObjects(
                        source, deadline, (object, lines) -> CsvRows.count(object, table, lines, samples)));
    }

    /** Lists objects of any format without reading them. */
    public static PartitionValidation ofAnyFormat(ObjectSource source) {
        return new PartitionValidation(source, DataFormat.OTHER, () -> UnreadObjectsCheck.CHECK);
    }

    /**
     * Reads every data object below the prefix.
     *
     * @param prefix the partition's, raw, ending in {@code /}
     * @throws ObjectDefectException for the first defect that makes the partition unreadable
     * @throws IOException if a transfer failed. This, and the unchecked exceptions of the source's client, are
     *     independent of the data: the caller decides about a retry
     */
    public PartitionReport validate(String prefix) throws IOException {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("partition prefix '%s': expected to end in /".formatted(prefix));
        }
        try (ObjectsCheck check = checks.get()) {
            return read(prefix, check);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private PartitionReport read(String prefix, ObjectsCheck check) throws IOException {
        InventorySum inventory = new InventorySum(prefix);
        Ignored ignored = new Ignored();
        for (Iterator<ObjectSummary> objects = source.list(prefix); objects.hasNext(); ) {
            ObjectSummary object = objects.next();
            if (DataObjects.isData(prefix, object)) {
                VersionsElsewhere.requireNone(prefix, object);
                ObjectName.requireListed(object);
                inventory.add(object);
                check.add(object, ObjectName.compression(object, format));
            } else {
                ignored.add(object);
            }
        }
        if (inventory.isEmpty()) {
            return ignored.alone(prefix);
        }
        ObjectsCheck.Found found = check.end();
        return new PartitionReport.Sound(inventory.sum(), found.rows(), found.parameters());
    }

    /** Counts the objects that query engines ignore, and keeps the first names. */
    private static final class Ignored {
        private static final int SAMPLE = 3;

        private final StringBuilder sample = new StringBuilder();
        private long count;
        private long folderMarkers;

        void add(ObjectSummary object) {
            if (count < SAMPLE) {
                sample.append(count == 0 ? "" : ", ").append(Printable.key(object.key()));
            }
            count++;
            folderMarkers += DataObjects.isFolderMarker(object) ? 1 : 0;
        }

        PartitionReport alone(String prefix) {
            Emptiness what = Emptiness.of(count, folderMarkers);
            return new PartitionReport.Empty(
                    what, what == Emptiness.FOLDER_MARKERS ? onlyFolderMarkers(prefix) : onlyThese(prefix));
        }

        private String onlyFolderMarkers(String prefix) {
            return "%s is not a partition yet: it holds nothing but %d %s (e.g. %s)"
                    .formatted(
                            Printable.key(prefix),
                            count,
                            count == 1 ? "marker of a folder" : "markers of folders",
                            sample);
        }

        private String onlyThese(String prefix) {
            String partition = "partition " + Printable.key(prefix);
            return count == 0
                    ? partition + " holds no objects: expected data; write it, or wait for it"
                    : "%s holds no data objects: %d %s that readers ignore (e.g. %s); write its data under other names"
                            .formatted(partition, count, count == 1 ? "name" : "names", sample);
        }
    }
}
