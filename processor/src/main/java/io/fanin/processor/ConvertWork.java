package io.fanin.processor;

import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.processor.RawRecords;
import io.fanin.model.table.SourceDefinition;
import io.fanin.processor.convert.PartitionMaker;
import io.fanin.processor.parquet.Lazy;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.Uploads;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.processor.sql.PartitionQuery;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.TableCopies;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The processors {@code convert} and {@code sql}: write a partition of the table as Parquet from the source's raw data.
 */
record ConvertWork(
        ResolvedSpec spec,
        RawRecords reading,
        RunFolder run,
        VersionTarget target,
        Deadline deadline,
        Lazy<PartitionMaker> open)
        implements PartitionWork {

    /** The processor {@code convert}. */
    static PartitionWork convert(
            ResolvedSpec spec,
            ProcessorSpec.Convert convert,
            RunFolder run,
            int pass,
            ProcessorServices services,
            Deadline deadline) {
        SourceDefinition source = spec.source().orElseThrow();
        VersionTarget target = VersionTarget.of(services.targets().apply(spec), run.run(), pass, services.workers());
        return new ConvertWork(
                spec,
                convert,
                run,
                target,
                deadline,
                new Lazy<>(() -> services.conversions()
                        .open(
                                spec,
                                convert,
                                services.objectsOfBucket()
                                        .apply(source.location().bucket()),
                                target,
                                deadline)));
    }

    /** The processor {@code sql}, with copies of the tables that the query joins. */
    static PartitionWork sql(
            ResolvedSpec spec,
            ProcessorSpec.Sql sql,
            RunFolder run,
            int pass,
            TableCopies.Pass copies,
            ProcessorServices services,
            Deadline deadline) {
        VersionTarget target = VersionTarget.of(services.targets().apply(spec), run.run(), pass, services.workers());
        return new ConvertWork(
                spec,
                sql,
                run,
                target,
                deadline,
                new Lazy<>(() -> new PartitionQuery(
                        spec,
                        sql,
                        services.objectsOfBucket(),
                        target,
                        services.tables(),
                        copies,
                        copies.without(services.settings().get()),
                        deadline)));
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        return switch (make(partition)) {
            case ConversionReport.Converted made ->
                new PartitionResult.Processed(
                        partition,
                        made.read(),
                        OptionalLong.of(made.rows()),
                        Optional.of(made.written()),
                        Map.of(),
                        Optional.of(made.version()),
                        new PartitionResult.LeftOut(made.bad(), fields(made.names())),
                        Optional.empty());
            case ConversionReport.NoData none -> {
                PartitionResult result = new EmptyPartition(spec).result(partition, none.what(), none.message());
                yield result instanceof PartitionResult.Processed empty ? empty.in(emptyVersion(partition)) : result;
            }
        };
    }

    /** The names without a match, except those of keys, whose values always come from the partition's prefix. */
    private UnmatchedNames fields(UnmatchedNames names) {
        List<PartitionKey> keys = Stream.concat(
                        spec.definition().keys().stream(),
                        spec.source().stream().flatMap(source -> source.keys().stream()))
                .toList();
        return names.without(name -> keys.stream().anyMatch(key -> key.name().equalsIgnoreCase(name)));
    }

    /** A version without files, if one that was made from earlier data has to be replaced. */
    private PartitionVersion emptyVersion(Partition partition) {
        try (Uploads nothing = target.uploads(partition.prefix(), deadline)) {
            return nothing.version();
        }
    }

    private ConversionReport make(Partition partition) throws IOException {
        String name = partition.values().nameFor(spec.definition().keys());
        ConversionReport report = open.use(maker -> maker.make(
                partition,
                RawFolder.prefix(partition),
                badRecords -> run.writeBadRecords(name, badRecords),
                RowRules.of(reading.expectOrNone(), spec.definition(), partition.values(), deadline)));
        if (reading.onBadRecordOrDefault() == OnBadRecord.QUARANTINE && hasNoBadRecords(report)) {
            run.emptyBadRecords(name);
        }
        return report;
    }

    private static boolean hasNoBadRecords(ConversionReport report) {
        return switch (report) {
            case ConversionReport.Converted made -> made.bad() == 0;
            case ConversionReport.NoData none -> true;
        };
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
