package io.fanin.processor;

import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.processor.convert.ConversionException;
import io.fanin.processor.convert.ConversionReport;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.sql.PartitionQuery;
import io.fanin.processor.validate.UnsoundObjectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The processor {@code sql}: what a query says of a partition's raw data is written as Parquet into the table. */
final class SqlWork implements PartitionWork {

    private final TableSpec spec;
    private final ProcessorSpec.Sql sql;
    private final RunFolder run;
    private final ConversionTools tools;
    private final Deadline deadline;
    private Optional<PartitionQuery> open = Optional.empty();

    SqlWork(TableSpec spec, ProcessorSpec.Sql sql, RunFolder run, ConversionTools tools, Deadline deadline) {
        this.spec = spec;
        this.sql = sql;
        this.run = run;
        this.tools = tools;
        this.deadline = deadline;
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        try {
            String name = partition.values().nameFor(spec.definition().keys());
            return switch (query().make(
                            partition,
                            ConvertWork.source(partition),
                            badRecords -> run.writeBadRecords(name, badRecords),
                            RowRules.of(sql.expectOrNone(), spec.definition(), partition.values(), deadline))) {
                case ConversionReport.Converted made -> ConvertWork.processed(partition, made);
                case ConversionReport.NoData none -> ConvertWork.without(spec, partition, none);
            };
        } catch (ConversionException e) {
            close();
            return new PartitionResult.Failed(partition, new Failure(e.errorType(), e.getMessage()));
        } catch (UnsoundObjectException e) {
            return new PartitionResult.Failed(partition, new Failure(e.defect().errorType(), e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Opened with the first partition, so that what keeps it from opening is that partition's failure. */
    private PartitionQuery query() throws IOException {
        if (open.isEmpty()) {
            open = Optional.of(new PartitionQuery(
                    spec,
                    sql,
                    tools.objectsOfBucket(),
                    tools.targetsOfBucket().apply(spec.definition().location().bucket()),
                    tools.tables(),
                    tools.settings().get(),
                    deadline));
        }
        return open.get();
    }

    /** A database that has failed may not be fit for another partition: the next one opens another. */
    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            PartitionQuery query = open.get();
            open = Optional.empty();
            query.close();
        }
    }
}
