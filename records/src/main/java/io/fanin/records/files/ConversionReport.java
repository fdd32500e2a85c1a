package io.fanin.records.files;

import io.fanin.core.inventory.Emptiness;
import io.fanin.core.run.Inventory;

/** What became of one partition's raw data. */
public sealed interface ConversionReport {

    /**
     * It is in the table's files.
     *
     * @param read the source's objects
     * @param written the table's files
     * @param rows in the table
     * @param bad records that are not in the table
     */
    record Converted(Inventory read, Inventory written, long rows, long bad) implements ConversionReport {}

    /**
     * The source has no data objects.
     *
     * @param what lies there instead
     */
    record NoData(Emptiness what, String message) implements ConversionReport, LocalReport {}
}
