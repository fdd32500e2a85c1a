package io.fanin.records.files;

import io.fanin.model.run.Inventory;
import io.fanin.model.run.UnmatchedNames;
import java.nio.file.Path;
import java.util.Optional;

/** The result of converting one partition to the function's disk. */
public sealed interface LocalReport permits LocalReport.Local, ConversionReport.NoData {

    /**
     * The records are in files.
     *
     * @param read the source's objects
     * @param rows in the files, without bad records
     * @param bad records that were left out
     * @param files their number; 0 if there are no rows
     * @param badRecords a file with them, if there are any and they are kept
     */
    record Local(Inventory read, long rows, long bad, int files, Optional<Path> badRecords, UnmatchedNames names)
            implements LocalReport {}
}
