package io.fanin.records.tables;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.table.Column;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.files.LocalReport;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.SourceObjects;
import io.fanin.records.parquet.ParquetField;
import io.fanin.records.parquet.ParquetFooter;
import io.fanin.records.parquet.ParquetHeaders;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.DiskBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * A folder of Parquet, copied unchanged.
 *
 * @param root of all folders
 * @param columns that are read
 * @param readers objects that are copied at a time
 */
record ParquetFolder(
        S3Location root,
        List<Column> columns,
        ObjectSource objects,
        DiskBudget room,
        int readers,
        Deadline deadline,
        Views views)
        implements FolderReader {

    /** The maximum digits of the database's decimals. */
    private static final int MAX_DIGITS = 38;

    @Override
    public LocalReport bring(String prefix, Path own, Consumer<LocalFile> files) throws IOException {
        SourceObjects raw = SourceObjects.of(objects, prefix);
        String folder = LogSafe.of(root.uriOf(prefix));
        if (raw.objects().isEmpty()) {
            return new ConversionReport.NoData(
                    raw.empty(), folder + " holds no data objects: expected Parquet; write it, or wait for it");
        }
        room.take(
                raw.objects().stream().mapToLong(ObjectSummary::size).sum(),
                raw.objects().size() + " objects of " + folder);
        List<Path> copies = new ArrayList<>();
        try (ExecutorService workers =
                Workers.THREADS.open(Math.min(readers, raw.objects().size()))) {
            List<Future<?>> copying = new ArrayList<>();
            for (ObjectSummary object : raw.objects()) {
                Path copy = own.resolve("object-" + copies.size() + ".parquet");
                copies.add(copy);
                copying.add(workers.submit(() -> copy(prefix, object, copy)));
            }
            try {
                copying.forEach(Workers::await);
            } finally {
                workers.shutdownNow();
            }
        }
        for (int i = 0; i < copies.size(); i++) {
            files.accept(described(raw.objects().get(i).key(), copies.get(i)));
        }
        return new LocalReport.Local(raw.inventory(), 0, 0, copies.size(), Optional.empty(), UnmatchedNames.NONE);
    }

    private void copy(String prefix, ObjectSummary object, Path copy) {
        try {
            Runnable inTime =
                    () -> deadline.check(() -> "objects of " + LogSafe.of(prefix) + " were copied to the disk");
            objects.copy(object, copy, inTime);
            ParquetHeaders.requireParquet(object.key(), copy);
            ParquetField file =
                    ParquetHeaders.prepare(object.key(), copy, inTime).root();
            requireNames(object.key(), file);
            requireDigits(object.key(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Requires names that differ in more than case: the database numbers such names, and would read any one of the
     * columns.
     */
    private void requireNames(String key, ParquetField file) {
        List<String> same = file.sameNames(
                name -> columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name)));
        if (!same.isEmpty()) {
            throw mismatch(key, same.getFirst());
        }
    }

    /**
     * Requires decimals with no more digits than the database's: it would read others as floating-point numbers, with
     * wrong values.
     */
    private void requireDigits(String key, ParquetField file) {
        columns.stream()
                .flatMap(column -> file.child(column.name()).stream())
                .flatMap(column -> column.decimals(MAX_DIGITS + 1).findFirst().stream())
                .findFirst()
                .ifPresent(decimal -> {
                    throw mismatch(
                            key,
                            "'%s' is %s, and decimals of up to %d digits can be read"
                                    .formatted(Printable.detail(decimal.path()), decimal.type(), MAX_DIGITS));
                });
    }

    private static ObjectDefectException mismatch(String key, String problem) {
        return ObjectDefectException.ofObject(
                key,
                FailureCode.SCHEMA_MISMATCH,
                " does not have the table's columns: " + problem + "; write it again");
    }

    /**
     * Reads the columns of one copy: a failure in a view of several files would name no file, or the copy instead of
     * the object. Columns that are declared as always null are left out, since they have any type.
     */
    private LocalFile described(String key, Path copy) throws IOException {
        try {
            return views.file(copy, "object " + Printable.key(key))
                    .without(ParquetFooter.read(key, copy).root().nullColumns());
        } catch (DuckDbException e) {
            if (e.kind() != DuckDbException.Kind.OTHER) {
                throw e;
            }
            throw ParquetFooter.unreadable(
                    key, Printable.prose(e.getMessage().replace(copy.toString(), "the object")), e);
        }
    }
}
