package io.fanin.processor;

import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.table.TableDefinition;
import io.fanin.processor.validate.ObjectFormat;
import io.fanin.processor.validate.ObjectSource;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import java.io.IOException;

/** The processor {@code validate}: the data stays as it is, and every object of the partition is read. */
record ValidateWork(PartitionValidation validation) implements PartitionWork {

    static ValidateWork of(TableDefinition table, ObjectSource source) {
        return new ValidateWork(new PartitionValidation(source, format(table)));
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        return switch (validation.validate(partition.prefix())) {
            case PartitionReport.Sound sound ->
                new PartitionResult.Processed(partition, sound.inventory(), sound.rows());
            case PartitionReport.NoPartition none -> new PartitionResult.Skipped(partition, none.message());
            case PartitionReport.Unsound unsound ->
                new PartitionResult.Failed(partition, new Failure(unsound.errorType(), unsound.message()));
        };
    }

    private static ObjectFormat format(TableDefinition table) {
        return switch (table.format()) {
            case JSON -> new ObjectFormat.JsonLines();
            case CSV ->
                new ObjectFormat.Csv(
                        table.csv().delimiter(),
                        table.csv().quoted(),
                        table.csv().header());
            case PARQUET -> new ObjectFormat.Parquet();
        };
    }
}
