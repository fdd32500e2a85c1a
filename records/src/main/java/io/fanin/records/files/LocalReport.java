package io.fanin.records.files;

import io.fanin.core.run.Inventory;
import java.nio.file.Path;
import java.util.Optional;

/** What was made of one partition's raw data on the function's disk. */
public sealed interface LocalReport permits LocalReport.Local, ConversionReport.NoData {

    /**
     * It is in files.
     *
     * @param read the source's objects
     * @param rows in the files; bad ones are not among them
     * @param bad records that are in no file
     * @param files 0 where there are no rows
     * @param badRecords a file with them, where there are any and they are to be kept
     */
    record Local(Inventory read, long rows, long bad, int files, Optional<Path> badRecords) implements LocalReport {}
}
