package io.fanin.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.json.Json;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.Inventory;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.S3ObjectStore;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import io.fanin.fakes.FakeAws;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A table as a run has left it that registered all there was: complete in Glue, recorded in the state bucket, and in S3
 * with what has arrived since.
 */
record Table(FakeAws aws) {

    static final TableName NAME = new TableName("lakehouse", "events");
    static final S3Location FOLDER = S3Location.of("s3://lake/events/");
    static final String STATE_BUCKET = "state";

    private static final List<String> KEYS = List.of("year", "month", "day", "hour");
    private static final int COLUMNS = 30;
    private static final String FILE = "{}";
    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");

    /**
     * A table in memory.
     *
     * @param registered what Glue has
     * @param arrived how many hours S3 has after these
     */
    static Table of(Hours registered, int arrived) {
        FakeAws aws = new FakeAws(Clock.fixed(WRITTEN, ZoneOffset.UTC));
        aws.s3().createBucket(STATE_BUCKET).createBucket(FOLDER.bucket(), registered.followedBy(arrived), FILE);
        S3Client s3 = aws.s3().client();
        GlueCatalog catalog = new GlueCatalog(aws.glue().client());

        catalog.createTableIfAbsent(definition(), Map.of());
        aws.glue()
                .computePartitions(
                        NAME.database(), NAME.table(), registered.registered(parameters(inventory(s3, registered))));

        aws.s3()
                .put(
                        STATE_BUCKET,
                        "tables/" + NAME.database() + "/" + NAME.table() + "/state.json",
                        record(registered));
        TableRecord record = new TableRecords(new S3ObjectStore(s3, STATE_BUCKET)).read(NAME);
        catalog.updateParameters(
                NAME,
                before -> PublishedParameters.applied(
                        record, PublishedParameters.status(record), definition().keys(), before));
        aws.log().reset();
        return new Table(aws);
    }

    private static TableDefinition definition() {
        List<Column> columns = IntStream.range(0, COLUMNS)
                .mapToObj(i -> new Column("column_" + i, "string"))
                .toList();
        List<PartitionKey> keys = KEYS.stream()
                .map(name -> new PartitionKey(name, KeyType.STRING, Optional.empty()))
                .toList();
        return new TableDefinition(
                NAME, FOLDER, DataFormat.JSON, CsvOptions.DEFAULT, columns, keys, "${year}/${month}/${day}/${hour}");
    }

    /** What any of its partitions holds: their files are the same, and an inventory does not depend on where they lie. */
    private static Inventory inventory(S3Client s3, Hours hours) {
        S3Location partition = new S3Location(FOLDER.bucket(), hours.prefix(hours.values(0)));
        return new Inventories(new S3Pages(s3))
                .inspect(partition, Optional.empty())
                .inventory()
                .orElseThrow();
    }

    private static Map<String, String> parameters(Inventory inventory) {
        return Map.of(
                "numFiles", Long.toString(inventory.files()),
                "totalSize", Long.toString(inventory.bytes()),
                "fanin.inventory", inventory.hash(),
                "fanin.newest", inventory.newest().orElseThrow().toString(),
                "fanin.run", "s3://" + STATE_BUCKET + "/runs/earlier/");
    }

    /** The table's record, written as the last run has left it. */
    private static String record(Hours registered) {
        String newest = registered.last().toString();
        ObjectNode record = Json.documents().createObjectNode();
        record.put("version", TableRecord.VERSION)
                .put("completeThrough", newest)
                .put("newest", newest);
        record.putArray("outstanding");
        record.putObject("lastRun")
                .put("run", "earlier")
                .put("folder", "s3://" + STATE_BUCKET + "/runs/earlier/")
                .put("registered", 1);
        ObjectNode basis = record.putObject("basis");
        basis.put("location", FOLDER.uri())
                .put("layout", definition().layout())
                .put("tableCreated", WRITTEN.toString());
        KEYS.forEach(name -> basis.withArray("keys").add(name + " string"));
        return Json.text(record);
    }
}
