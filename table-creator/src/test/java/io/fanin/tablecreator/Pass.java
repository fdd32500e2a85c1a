package io.fanin.tablecreator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.PassManifest;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Batch;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.RunId;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.tablecreator.results.FanIn;
import io.fanin.tablecreator.results.Receipts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One pass of a run: its manifest, the processors' results, and the receipts that the Map returned. */
final class Pass {

    private final RunFixture fixture;
    private final RunId run;
    private final int number;
    private final List<Batch> batches = new ArrayList<>();
    private final List<JsonNode> receipts = new ArrayList<>();
    private final List<Integer> failed = new ArrayList<>();

    Pass(RunFixture fixture, RunId run, int number, List<Partition> partitions, int batchSize) {
        this.fixture = fixture;
        this.run = run;
        this.number = number;
        for (int from = 0; from < partitions.size(); from += batchSize) {
            int to = Math.min(from + batchSize, partitions.size());
            batches.add(new Batch(batches.size(), partitions.subList(from, to)));
        }
        fixture.state.put(folder().manifestKey(number), Json.text(batches));
        for (Batch batch : batches) {
            receipts.add(null);
            result(new BatchResult(
                    batch.id(), batch.partitions().stream().map(Pass::sound).toList()));
        }
        if (number == 0 && !partitions.isEmpty()) {
            looked("", "");
        }
    }

    static PartitionResult sound(Partition partition) {
        return new PartitionResult.Processed(partition, inventory(), OptionalLong.of(60));
    }

    static PartitionResult uncounted(Partition partition) {
        return new PartitionResult.Processed(partition, inventory(), OptionalLong.empty());
    }

    /** Sound, but for this number of raw records. */
    static PartitionResult lacking(Partition partition, long badRecords) {
        return new PartitionResult.Processed(
                partition,
                inventory(),
                OptionalLong.of(60),
                Optional.of(inventory()),
                Map.of(),
                Optional.empty(),
                new PartitionResult.LeftOut(badRecords, UnmatchedNames.NONE),
                Optional.empty());
    }

    static PartitionResult failed(Partition partition, String error, String message) {
        return new PartitionResult.Failed(partition, Failure.ofPartition(error, message));
    }

    private static Inventory inventory() {
        return new Inventory(2, 2_048, Optional.of(Instant.parse("2013-02-09T00:00:00Z")), "abc");
    }

    /** The run's detection saw this as the newest registered period and this as the first open one; empty for none. */
    Pass looked(String newest, String open) {
        return saw("\"newest\":%s,\"open\":%s".formatted(quoted(newest), quoted(open)));
    }

    /** The run's detection saw the whole table as this run had left it. */
    Pass lookedAfter(RunId last) {
        return saw("\"tableRun\":" + Json.text(fixture.folder(last).uri()));
    }

    /** The run's detection found a number of periods without a prefix. */
    Pass missing(int periods) {
        return saw("\"missing\":{\"count\":%d,\"sample\":[]}".formatted(periods));
    }

    /** The run's detection found this period without a prefix. */
    Pass missing(String period) {
        return saw("\"missing\":{\"count\":1,\"sample\":[{\"first\":\"%s\",\"last\":\"%<s\",\"count\":1}]}"
                .formatted(period));
    }

    /** The run's detection has seen the present registrations of the table. */
    Pass sawTheTable() {
        return saw("\"tableCreated\":" + Json.text(fixture.created()));
    }

    /** The same, and asks for this beside registering partitions. */
    Pass sawTheTable(CatalogChanges changes) {
        String fields = Json.text(changes);
        return saw("\"tableCreated\":" + Json.text(fixture.created()) + "," + fields.substring(1, fields.length() - 1));
    }

    /** The run's detection asks for this beside registering partitions. */
    Pass asked(CatalogChanges changes) {
        String fields = Json.text(changes);
        return saw(fields.substring(1, fields.length() - 1));
    }

    /** The run's detection listed nothing: the run only processes failures again. */
    Pass lookedNowhere() {
        return saw(0, "\"newest\":null");
    }

    private Pass saw(String fields) {
        return saw(1, fields);
    }

    /** The run's detection came after every run that has come to an end. */
    private Pass saw(int found, String fields) {
        String after = fixture.record()
                .lastChange()
                .map(last -> ",\"after\":\"" + last + "\"")
                .orElse("");
        String report =
                "{\"found\":" + found + ",\"registered\":0,\"skipped\":{},\"skippedSample\":[]," + fields + after + "}";
        fixture.starts.begin(run, Json.read(report, DetectionReport.class, "detection"), TakenEntries.NONE);
        return this;
    }

    private static String quoted(String moment) {
        return moment.isEmpty() ? "null" : '"' + moment + '"';
    }

    /** All partitions of these batches failed. */
    Pass failing(int... ids) {
        return failing("Truncated", ids);
    }

    /** The same with another error. */
    Pass failing(String error, int... ids) {
        for (int id : ids) {
            failed.add(id);
            result(new BatchResult(
                    id,
                    batches.get(id).partitions().stream()
                            .map(partition -> failed(partition, error, "object a.json.gz is cut short"))
                            .toList()));
        }
        return this;
    }

    /** Writes a batch's result object, and takes the receipt that its processor gives for it. */
    Pass result(BatchResult result) {
        folder().writeResult(number, result);
        return receipt(result.batch(), Json.documents().valueToTree(result.receipt()));
    }

    Pass resultText(int batch, String text) {
        fixture.state.put(resultKey(batch), text);
        return this;
    }

    Pass withoutResult(int batch) {
        fixture.aws.s3().delete(RunFixture.STATE, resultKey(batch));
        return this;
    }

    Pass lost(int batch, String error) {
        return receipt(batch, Json.documents().valueToTree(new Receipt.Lost(batch, error)));
    }

    Pass receipt(int batch, JsonNode receipt) {
        receipts.set(batch, receipt);
        return this;
    }

    List<Partition> partitions() {
        return batches.stream().flatMap(batch -> batch.partitions().stream()).toList();
    }

    List<Partition> failedPartitions() {
        return failed.stream()
                .flatMap(id -> batches.get(id).partitions().stream())
                .toList();
    }

    ArrayNode receipts() {
        ArrayNode all = Json.documents().createArrayNode();
        receipts.forEach(all::add);
        return all;
    }

    TableCreatorAnswer register() {
        return fixture.register(run, number, receipts());
    }

    TableCreatorAnswer registerAndTell() {
        return registerAndTell(fixture.announcements);
    }

    TableCreatorAnswer registerAndTell(Announcements announcements) {
        return fixture.registerAndTell(run, number, receipts(), announcements);
    }

    List<PartitionResult> fanIn() {
        return fanIn(receipts());
    }

    List<PartitionResult> fanIn(JsonNode given) {
        List<Batch> manifest = new ArrayList<>();
        PassManifest read = folder().readManifest(number, manifest::add);
        return new FanIn(folder(), number, Workers.THREADS)
                .collect(manifest, Receipts.read(given), read.written())
                .results();
    }

    RunFolder folder() {
        return fixture.folder(run);
    }

    private String resultKey(int batch) {
        return "runs/" + run + "/pass-" + number + "/results/" + batch + ".json";
    }
}
