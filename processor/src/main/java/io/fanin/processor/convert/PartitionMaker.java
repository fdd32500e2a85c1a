package io.fanin.processor.convert;

import io.fanin.model.partition.Partition;
import io.fanin.processor.parquet.RowRules;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.scratch.ConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes the partitions of one table from raw data, one after the other. */
public interface PartitionMaker extends Closeable {

    /**
     * Makes one partition. It becomes visible in the table only when it is complete and checked.
     *
     * @param from the prefix of its raw data in the source
     * @param quarantine receives the file of bad records, if there is one to keep, after the rest is published
     * @param check of the files before any is published
     * @throws ConversionException if it cannot be made
     * @throws io.fanin.records.objects.ObjectDefectException if an object cannot be read
     * @throws IOException if a transfer failed: a retry may succeed
     */
    ConversionReport make(Partition partition, String from, Consumer<Path> quarantine, RowRules check)
            throws IOException;
}
