package io.fanin.records.tables;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.spec.processor.RawRecords;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.DiskBudget;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Creates readers for every format.
 *
 * @param objectsOfBucket reads a bucket
 * @param settings of the conversion of text
 */
record FolderReaders(
        Function<String, ObjectSource> objectsOfBucket,
        ConversionSettings settings,
        Deadline deadline,
        Views views,
        DiskBudget room) {

    /** A reader for raw data, or for a table as its readers read it. */
    FolderReader of(SourceDefinition source, List<Column> columns, RawRecords rules, CsvReading reading) {
        ObjectSource objects = objectsOfBucket.apply(source.location().bucket());
        return source.format() == DataFormat.PARQUET
                ? new ParquetFolder(source.location(), columns, objects, room, settings.readers(), deadline, views)
                : ofText(
                        source.location(),
                        new LocalConversion(
                                source, columns, rules, reading, objects, settings, deadline, views.database()));
    }

    /**
     * Lists a folder.
     *
     * @param each called before each object; throws to end the listing
     */
    List<ObjectSummary> list(S3Location folder, Runnable each) {
        List<ObjectSummary> found = new ArrayList<>();
        objectsOfBucket.apply(folder.bucket()).list(folder.prefix()).forEachRemaining(object -> {
            each.run();
            found.add(object);
        });
        return found;
    }

    private FolderReader ofText(S3Location root, LocalConversion conversion) {
        return (prefix, own, files) -> conversion.convert(prefix, own, (file, rows) -> {
            String what = "rows of " + LogSafe.of(root.uriOf(prefix));
            room.take(Files.size(file), what + " as Parquet");
            files.accept(views.file(file, what));
        });
    }
}
