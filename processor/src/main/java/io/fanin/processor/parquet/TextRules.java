package io.fanin.processor.parquet;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.Inventory;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.files.LocalReport;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.scratch.ScratchDatabase;
import io.fanin.records.tables.RegisteredTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Checks the expectations about values of JSON or CSV partitions. Their records are read again, with the table's column
 * types except those that no query reads, such as {@code binary}, into files on the function's disk. Each file is
 * deleted after its check.
 *
 * @param open the database, which is opened with the first partition
 */
public record TextRules(
        ObjectSource source,
        TableDefinition table,
        List<Expectation> expectations,
        Deadline deadline,
        Lazy<ScratchDatabase> open)
        implements AutoCloseable {

    /** Whether any expectation requires the values. */
    private boolean areNeeded() {
        return expectations.stream()
                .anyMatch(one -> one.sql().isPresent() || one.notNull().isPresent());
    }

    /**
     * Checks a partition; reads nothing if no expectation is about values.
     *
     * @param seen the objects that were validated
     * @throws io.fanin.records.objects.ObjectDefectException if an expectation is not satisfied
     * @throws ConversionException if a record cannot be read as the columns
     * @throws IOException if a transfer failed, or the objects have changed since: a retry may succeed
     */
    public void check(Partition partition, Inventory seen) throws IOException {
        if (areNeeded()) {
            open.use(scratch -> {
                check(scratch, partition, seen);
                return seen;
            });
        }
    }

    private void check(ScratchDatabase scratch, Partition partition, Inventory seen) throws IOException {
        try (Scratch own = Scratch.in(scratch.folder())) {
            SourceDefinition objects =
                    new SourceDefinition(table.location(), table.format(), table.csv(), table.keys(), table.layout());
            RowRules rules = RowRules.of(expectations, table, partition.values(), deadline);
            LocalReport report = new LocalConversion(
                            objects,
                            RegisteredTable.inObjects(table.format(), table.columns()),
                            LocalConversion.NO_BAD_RECORDS,
                            CsvReading.BY_PLACE,
                            source,
                            scratch.settings(),
                            deadline,
                            scratch.database())
                    .convert(partition.prefix(), own.folder(), (file, rows) -> {
                        rules.add(scratch.database(), file);
                        Files.delete(file);
                    });
            switch (report) {
                case LocalReport.Local local -> {
                    requireSame(partition, seen, local.read());
                    rules.end(local.rows());
                }
                case ConversionReport.NoData none -> throw changed(partition);
            }
        }
    }

    private static void requireSame(Partition partition, Inventory seen, Inventory read) throws IOException {
        if (!seen.equals(read)) {
            throw changed(partition);
        }
    }

    private static IOException changed(Partition partition) {
        return new IOException(
                "the objects of " + LogSafe.of(partition.prefix()) + " were changed while they were looked at");
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
