package io.fanin.detector;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionParameters;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.Marker;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.Watermark;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SpecResolution;
import io.fanin.fakes.FakeAws;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.S3Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The partitions and failures of earlier runs in the table of {@link DetectorFixture}. */
final class EarlierRuns {

    private static final RunId EARLIER = new RunId("earlier");

    private final FakeAws aws;
    private final S3ObjectStore state;
    private final GlueCatalog catalog;

    EarlierRuns(FakeAws aws, S3ObjectStore state, GlueCatalog catalog) {
        this.aws = aws;
        this.state = state;
        this.catalog = catalog;
    }

    /** Registers what S3 has of a partition, as a run of this name registers it. */
    void register(String run, Partition partition) {
        S3Location data = dataOf(partition);
        Inventory inventory = new Inventories(new S3Pages(aws.s3().client()))
                .inspect(data.bucket(), Map.of(data.prefix(), Long.MAX_VALUE), Marker.NONE)
                .get(data.prefix())
                .inventory()
                .orElseThrow();
        PartitionResult.Processed result = new PartitionResult.Processed(partition, inventory, OptionalLong.empty());
        Map<String, String> parameters = PartitionParameters.of(
                partition.source().isPresent() ? result.writing(new Inventory(1, 9, Optional.empty(), "one")) : result,
                new RunFolder(state, new RunId(run)),
                DetectorFixture.RAW);
        register(partition, parameters);
    }

    /** Registers a partition as a run would, and says nothing of its data. */
    void registerBare(String run, Partition partition) {
        register(partition, Map.of("fanin.run", run));
    }

    private void register(Partition partition, Map<String, String> parameters) {
        catalog.register(
                table(),
                List.of(new PartitionRegistration(partition.values(), "s3://lake/" + partition.prefix(), parameters)));
    }

    /** A partition that is not registered has failed. */
    void fail(Partition partition) {
        record(record -> record.withFailures(List.of(failure(partition)), TestForms.AS_WRITTEN));
    }

    /** A registered partition was processed again, and failed. */
    void failRegistered(Partition partition) {
        PartitionValues key = partition.values();
        RegisteredPartition standing =
                catalog.find(table(), table().keys(), List.of(key)).get(key);
        record(record ->
                record.withFailures(List.of(failure(partition).whileRegisteredAs(standing)), TestForms.AS_WRITTEN));
    }

    private static OutstandingFailure failure(Partition partition) {
        return OutstandingFailure.first(partition, new Failure(FailureCode.TRUNCATED, "cut"), EARLIER, 0)
                .ofTableIn("lake");
    }

    void record(UnaryOperator<TableRecord> change) {
        new TableRecords(state).update(DetectorFixture.FLIGHTS, change);
    }

    /** Writes into the table's parameters what its record says. */
    void publish() {
        TableRecord record = new TableRecords(state).read(DetectorFixture.FLIGHTS);
        CatalogTable table = table();
        catalog.updateParameters(
                table,
                before ->
                        PublishedParameters.applied(record, PublishedParameters.status(record), table.keys(), before));
    }

    /** Records that a run with this spec has seen what is registered. */
    void settle(TableSpec said, DetectionReport report) {
        CatalogTable table = table();
        ResolvedSpec spec = SpecResolution.resolve(said, table);
        Watermark progress = Watermark.of(spec, ProgressScope.of(spec, table.created()));
        record(record -> progress.advanced(record, Set.of(), report)
                .with(new RecordedRun(EARLIER, "s3://state/runs/earlier/", 1)));
    }

    /** Registers what S3 has of a run's work, and records that nothing of it is left. */
    void conclude(RunFolder run, List<Partition> work, DetectionReport report) {
        ResolvedSpec spec = run.spec();
        CatalogTable table = table();
        List<PartitionValues> all = work.stream().map(Partition::values).toList();
        List<Partition> there = work.stream()
                .filter(partition -> !aws.s3()
                        .keys(dataOf(partition).bucket(), partition.dataPrefix())
                        .isEmpty())
                .toList();
        there.forEach(partition -> register(run.run().value(), partition));
        Watermark progress = Watermark.of(spec, ProgressScope.of(spec, table.created()));
        EquivalentValues forms = new EquivalentValues(table.keys());
        record(record -> {
            List<PartitionValues> failed = record.outstanding().stream()
                    .map(failure -> failure.partition().values())
                    .toList();
            Set<PartitionValues> healed =
                    OutstandingFailure.healed(record.outstanding(), catalog.find(table, table.keys(), failed));
            return progress.advanced(
                            record.without(all, forms).without(healed, forms),
                            there.stream().map(Partition::values).toList(),
                            report)
                    .withVanished(report.counts()
                            .changes()
                            .vanished()
                            .map(Vanished::count)
                            .orElse(0L))
                    .with(new RecordedRun(run.run(), run.uri(), there.size()));
        });
    }

    private CatalogTable table() {
        return catalog.table(DetectorFixture.FLIGHTS).orElseThrow();
    }

    private static S3Location dataOf(Partition partition) {
        return new S3Location(
                partition.source().isPresent() ? DetectorFixture.RAW.bucket() : "lake", partition.dataPrefix());
    }
}
