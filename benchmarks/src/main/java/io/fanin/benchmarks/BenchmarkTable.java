package io.fanin.benchmarks;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionParameters;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.inventory.Marker;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.names.FaninNames;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A table after a run that registered everything: complete in Glue, recorded in the state bucket, and with objects in
 * S3 that have arrived since.
 */
record BenchmarkTable(FakeAws aws) {

    static final TableName NAME = new TableName("lakehouse", "events");
    static final S3Location FOLDER = S3Location.of("s3://lake/events/");
    static final String STATE_BUCKET = "state";

    /** The run that is measured. */
    static final RunId RUN = new RunId("measured");

    private static final int COLUMNS = 30;
    private static final String FILE = "{}";
    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");

    /** The inventory hashes in the partitions' parameters. */
    enum Hashes {
        /** The true hashes, so that a comparison finds nothing late. */
        TRUE,
        /** Different hashes for each partition, as in reality; they are not compared with S3. */
        DIFFERENT
    }

    /**
     * A table in memory.
     *
     * @param registered hours in Glue; with none the table has had no run yet
     * @param arrived further hours in S3
     */
    static BenchmarkTable of(Hours registered, int arrived, Hashes hashes) {
        FakeAws aws = new FakeAws(Clock.fixed(WRITTEN, ZoneOffset.UTC));
        aws.s3()
                .drain(StateKeys.run(RUN).pass(0).manifest())
                .createBucket(STATE_BUCKET)
                .createBucket(FOLDER.bucket(), registered.followedBy(arrived), FILE);
        TableDefinition definition = definition(registered.naming());
        GlueCatalog catalog = new GlueCatalog(aws.glue().client());
        catalog.createTableIfAbsent(definition, Map.of());
        if (registered.count() > 0) {
            register(registered, hashes, aws, catalog);
        }
        aws.log().reset();
        return new BenchmarkTable(aws);
    }

    private static void register(Hours registered, Hashes hashes, FakeAws aws, GlueCatalog catalog) {
        S3Client s3 = aws.s3().client();
        ObjectStore state = new S3ObjectStore(s3, STATE_BUCKET);
        RunFolder run = new RunFolder(state, new RunId("earlier"));
        Map<String, String> parameters = parameters(s3, registered, run);
        aws.glue()
                .computePartitions(
                        NAME.database(),
                        NAME.table(),
                        registered.registered(
                                switch (hashes) {
                                    case TRUE -> values -> parameters;
                                    case DIFFERENT -> values -> different(parameters, values);
                                }));

        CatalogTable table = catalog.table(NAME).orElseThrow();
        TableRecord record = new TableRecords(state)
                .update(
                        NAME,
                        unknown -> record(
                                registered, ProgressScope.of(definition(registered.naming()), table.created()), run));
        catalog.updateParameters(
                table,
                before ->
                        PublishedParameters.applied(record, PublishedParameters.status(record), table.keys(), before));
    }

    private static TableDefinition definition(Naming naming) {
        List<Column> columns = IntStream.range(0, COLUMNS)
                .mapToObj(i -> new Column("column_" + i, "string"))
                .toList();
        List<PartitionKey> keys = Naming.KEYS.stream()
                .map(name -> new PartitionKey(name, KeyType.STRING))
                .toList();
        return new TableDefinition(NAME, FOLDER, DataFormat.JSON, CsvOptions.DEFAULT, columns, keys, naming.layout());
    }

    /** The parameters of any partition: all have the same files, and an inventory does not depend on the prefix. */
    private static Map<String, String> parameters(S3Client s3, Hours hours, RunFolder run) {
        PartitionValues values = new PartitionValues(hours.values(0));
        Partition partition = new Partition(values, hours.prefix(values.values()));
        Inventory inventory = new Inventories(new S3Pages(s3))
                .inspect(FOLDER.bucket(), Map.of(partition.prefix(), Long.MAX_VALUE), Marker.NONE)
                .get(partition.prefix())
                .inventory()
                .orElseThrow();
        return PartitionParameters.of(
                new PartitionResult.Processed(partition, inventory, OptionalLong.of(inventory.files())), run);
    }

    /** The same parameters with another hash of the same length, which compresses as badly as the true one. */
    private static Map<String, String> different(Map<String, String> parameters, List<String> values) {
        String hash = parameters.get(FaninNames.INVENTORY);
        byte[] bytes = new byte[hash.length() / 2];
        new SplittableRandom(Long.parseLong(String.join("", values))).nextBytes(bytes);
        Map<String, String> others = new HashMap<>(parameters);
        others.put(FaninNames.INVENTORY, HexFormat.of().formatHex(bytes));
        return others;
    }

    private static TableRecord record(Hours registered, ProgressScope basis, RunFolder run) {
        String newest = registered.last().toString();
        Map<String, Object> fields = Map.of(
                "version",
                TableRecord.VERSION,
                "outstanding",
                List.of(),
                "completeThrough",
                newest,
                "newest",
                newest,
                "basis",
                basis,
                "lastRun",
                new RecordedRun(run.run(), run.uri(), 1),
                "tableCreated",
                basis.tableCreated());
        return Json.documents().convertValue(fields, TableRecord.class);
    }
}
