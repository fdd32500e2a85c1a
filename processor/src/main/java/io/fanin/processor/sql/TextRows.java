package io.fanin.processor.sql;

import io.fanin.core.table.S3Location;
import io.fanin.core.text.OneLine;
import io.fanin.processor.convert.LocalConversion;
import io.fanin.processor.convert.LocalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * JSON or CSV, which is read as a conversion reads it.
 *
 * @param root of all folders
 */
record TextRows(S3Location root, LocalConversion conversion, Room room, Descriptions descriptions) implements RowFiles {

    @Override
    public LocalReport bring(String prefix, Path own, Consumer<LocalFile> files) throws IOException {
        return conversion.convert(prefix, own, (file, rows) -> {
            room.take(Files.size(file), "rows of " + OneLine.of(root.uriOf(prefix)) + " as Parquet");
            files.accept(descriptions.file(file));
        });
    }
}
