package io.fanin.processor.validate;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.inventory.ObjectSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Reads the objects of one partition and says whether all of them are sound. Text is read to its end; of Parquet, the
 * two ends of each object. Stops at the first unsound object, in the order of the listing. Thread-safe if its source is.
 */
public final class PartitionValidation {
    private final ObjectSource source;
    private final ObjectFormat format;

    public PartitionValidation(ObjectSource source, ObjectFormat format) {
        this.source = Objects.requireNonNull(source, "source");
        this.format = Objects.requireNonNull(format, "format");
    }

    /**
     * Reads every data object below the prefix.
     *
     * @param prefix the partition's, raw, ending in {@code /}
     * @throws IOException when bytes could not be fetched. This, and what the source's client throws unchecked, says
     *     nothing about the data: the caller decides whether to try again
     */
    public PartitionReport validate(String prefix) throws IOException {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("partition prefix '%s': expected to end in /".formatted(prefix));
        }
        try {
            return read(prefix);
        } catch (UnsoundObjectException e) {
            return new PartitionReport.Unsound(e.defect(), e.getMessage(), e.objectKey());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private PartitionReport read(String prefix) throws IOException {
        InventorySum inventory = new InventorySum(prefix);
        Ignored ignored = new Ignored();
        OptionalLong rows = OptionalLong.of(0);
        for (Iterator<ObjectSummary> objects = source.list(prefix); objects.hasNext(); ) {
            ObjectSummary object = objects.next();
            if (DataObjects.isData(prefix, object)) {
                inventory.add(object);
                rows = sum(rows, rows(object));
            } else {
                ignored.add(object);
            }
        }
        if (inventory.isEmpty()) {
            throw new UnsoundObjectException(Defect.NO_OBJECTS, "", ignored.onlyThese(prefix));
        }
        return new PartitionReport.Sound(inventory.sum(), rows);
    }

    private OptionalLong rows(ObjectSummary object) throws IOException {
        boolean gzip = ObjectName.isGzip(object, format);
        return switch (format) {
            case ObjectFormat.JsonLines json ->
                TextRows.count(object, source, gzip, lines -> JsonLinesRows.count(object, lines));
            case ObjectFormat.Csv csv ->
                TextRows.count(object, source, gzip, lines -> CsvRows.count(object, csv, lines));
            case ObjectFormat.Parquet parquet -> {
                ParquetEnds.check(object, source);
                yield OptionalLong.empty();
            }
        };
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    /** The names that readers pass over: how many, and the first few. */
    private static final class Ignored {
        private static final int SAMPLE = 3;

        private final StringBuilder sample = new StringBuilder();
        private long count;

        void add(ObjectSummary object) {
            if (count < SAMPLE) {
                sample.append(count == 0 ? "" : ", ").append(Printable.key(object.key()));
            }
            count++;
        }

        String onlyThese(String prefix) {
            String partition = "partition " + Printable.key(prefix);
            return count == 0
                    ? partition + " holds no objects: expected data; write it, or wait for it"
                    : "%s holds no data objects: %d %s that readers ignore (e.g. %s); write its data under other names"
                            .formatted(partition, count, count == 1 ? "name" : "names", sample);
        }
    }
}
