package io.fanin.records.tables;

import io.fanin.records.files.LocalReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Copies the rows of a folder in S3 to the function's disk, as Parquet. */
@FunctionalInterface
public interface FolderReader {

    /**
     * Copies a folder.
     *
     * @param prefix of the folder
     * @param own a folder of its own on the disk
     * @param files receives each file, for which disk space is reserved
     */
    LocalReport bring(String prefix, Path own, Consumer<LocalFile> files) throws IOException;
}
