package io.fanin.records.tables;

import io.fanin.core.table.S3Location;
import io.fanin.core.text.LogSafe;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.files.LocalReport;
import io.fanin.records.scratch.DiskBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A folder of JSON or CSV, read as in a conversion.
 *
 * @param root of all folders
 */
record TextFolder(S3Location root, LocalConversion conversion, DiskBudget room, Descriptions descriptions)
        implements FolderReader {

    @Override
    public LocalReport bring(String prefix, Path own, Consumer<LocalFile> files) throws IOException {
        return conversion.convert(prefix, own, (file, rows) -> {
            room.take(Files.size(file), "rows of " + LogSafe.of(root.uriOf(prefix)) + " as Parquet");
            files.accept(descriptions.file(file));
        });
    }
}
