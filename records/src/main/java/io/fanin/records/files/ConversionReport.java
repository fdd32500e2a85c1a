package io.fanin.records.files;

import io.fanin.core.inventory.Emptiness;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.run.UnmatchedNames;

/** The result of converting one partition. */
public sealed interface ConversionReport {

    /**
     * The raw data was converted.
     *
     * @param read the source's objects
     * @param written the table's files
     * @param version the version of the partition that consists of these files
     * @param rows in the table
     * @param bad records that were left out
     */
    record Converted(
            Inventory read, Inventory written, PartitionVersion version, long rows, long bad, UnmatchedNames names)
            implements ConversionReport {}

    /**
     * The source has no data objects.
     *
     * @param what the kind of content that the prefix has instead
     */
    record NoData(Emptiness what, String message) implements ConversionReport, LocalReport {}
}
