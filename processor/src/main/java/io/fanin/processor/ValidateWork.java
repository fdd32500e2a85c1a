package io.fanin.processor;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.text.LogSafe;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The processor {@code validate}: checks every object of the partition and changes none. */
final class ValidateWork implements PartitionWork {

    private static final int MESSAGE = 400;

    /** Defects of an object that has changed since it was listed. */
    private static final Set<FailureCode> CHANGED = Set.of(FailureCode.VANISHED, FailureCode.REPLACED);

    private final List<String> prefixes;
    private final FormatValidation format;
    private final List<Expectation> expectations;
    private final EmptyPartition empty;

    /** @param prefixes of the partitions, in the order in which they are processed */
    ValidateWork(
            ResolvedSpec spec,
            ProcessorSpec.Validate validate,
            List<String> prefixes,
            ProcessorServices services,
            Deadline deadline) {
        this.prefixes = List.copyOf(prefixes);
        ObjectSource source = TableObjects.of(spec, prefixes, services);
        this.format = FormatValidation.of(spec, validate, source, services, deadline);
        this.expectations = validate.expectOrNone();
        this.empty = new EmptyPartition(spec);
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        try {
            return switch (report(partition)) {
                case PartitionReport.Sound sound -> sound(partition, sound);
                case PartitionReport.Empty none -> empty.result(partition, none.what(), none.message());
            };
        } catch (DuckDbException e) {
            return new PartitionResult.Failed(partition, failure(e));
        }
    }

    /**
     * Objects that were listed together with the previous partition may have changed: then they are listed and read
     * again.
     */
    private PartitionReport report(Partition partition) throws IOException {
        try {
            return format.of(partition).validate(partition.prefix());
        } catch (ObjectDefectException e) {
            if (partition.prefix().equals(prefixes.getFirst()) || !CHANGED.contains(e.code())) {
                throw e;
            }
            return format.of(partition).validate(partition.prefix());
        }
    }

    private PartitionResult sound(Partition partition, PartitionReport.Sound sound) throws IOException {
        Optional<String> tooFew = sound.rows().isPresent()
                ? RowRules.tooFew(expectations, sound.rows().getAsLong())
                : RowRules.uncounted(expectations);
        if (tooFew.isPresent()) {
            return new PartitionResult.Failed(partition, new Failure(FailureCode.EXPECTATION_FAILED, tooFew.get()));
        }
        format.checkValues(partition, sound.inventory());
        return new PartitionResult.Processed(partition, sound.inventory(), sound.rows()).with(sound.parameters());
    }

    private static Failure failure(DuckDbException e) {
        String message = LogSafe.ofLines(e.getMessage(), MESSAGE);
        return switch (e.kind()) {
            case OUT_OF_MEMORY ->
                new Failure(FailureCode.OUT_OF_MEMORY, message + ": raise the stack's parameter ProcessorMemory");
            case NO_SPACE ->
                new Failure(FailureCode.NO_SPACE, message + ": raise the stack's parameter ProcessorStorage");
            case INTERRUPTED ->
                new Failure(
                        FailureCode.DEADLINE_EXCEEDED,
                        "the function's time was over while rules were held against the data: write smaller objects, or raise the"
                                + " stack's parameter ProcessorMemory, with which the CPU grows");
            case OTHER -> new Failure(FailureCode.DUCKDB_ERROR, message);
        };
    }

    @Override
    public void close() throws IOException {
        format.close();
    }
}
