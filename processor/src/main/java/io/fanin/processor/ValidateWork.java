package io.fanin.processor;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.Inventory;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.TableDefinition;
import io.fanin.processor.validate.ObjectFormat;
import io.fanin.processor.validate.ObjectSource;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.processor.validate.PartitionValidation;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The processor {@code validate}: the data stays as it is, and every object of the partition is read.
 *
 * @param mayBeEmpty whether a partition without data is sound, because its producer fills it later
 */
record ValidateWork(PartitionValidation validation, boolean mayBeEmpty) implements PartitionWork {

    static ValidateWork of(TableSpec spec, ObjectSource source) {
        boolean mayBeEmpty = spec.detectionOrDefault() instanceof DetectionSpec.Calendar;
        return new ValidateWork(new PartitionValidation(source, format(spec.definition())), mayBeEmpty);
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        PartitionReport report = validation.validate(partition.prefix());
        if (mayBeEmpty && report.saysEmpty()) {
            Inventory nothing = new InventorySum(partition.prefix()).sum();
            return new PartitionResult.Processed(partition, nothing, OptionalLong.empty());
        }
        return switch (report) {
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
