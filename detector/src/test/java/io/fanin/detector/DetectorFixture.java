package io.fanin.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionParameters;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.json.Json;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.EquivalentValues;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.Watermark;
import io.fanin.core.run.Execution;
import io.fanin.core.run.Failure;
import io.fanin.core.run.Inventory;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunId;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.Vanished;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.spec.rules.SpecReader;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.SpecResolution;
import io.fanin.core.tables.StackBuckets;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** A detector over S3 and Glue in memory. Quotes in JSON are written {@code '}. */
public final class DetectorFixture {

    public static final TableName FLIGHTS = new TableName("analytics", "flights");

    public static final String LEASE = "tables/analytics/flights/lease.json";

    public static final String NAMES = "'database': 'analytics', 'table': 'flights'";

    public static final String COMPLETE = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json',"
            + " 'columns': [{'name': 'carrier', 'type': 'string'}, {'name': 'delay', 'type': 'int'}],"
            + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]";

    /** Where raw data lies in the tests that convert it. */
    public static final S3Location RAW = S3Location.of("s3://landing/raw/");

    private static final Pattern WRITE =
            Pattern.compile("(Put|Delete|Create|Update|BatchCreate|BatchUpdate|BatchDelete).*");

    /** When anything is written into S3 and Glue: an hour before the executions were started, unless a test says so. */
    public final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T09:00:00Z"));

    public final FakeAws aws = new FakeAws(clock);

    /** The executions that are running beside the one under test. */
    public final Set<String> running = new HashSet<>();

    public final S3ObjectStore state;
    public final GlueCatalog catalog;
    public final Leases leases;
    public final Detector detector;

    public DetectorFixture() {
        this(StackBuckets.of("state", "lake,gone,landing", "lake", "lake,gone"));
    }

    public DetectorFixture(StackBuckets buckets) {
        aws.s3()
                .createBucket("state")
                .createBucket("lake")
                .createBucket("landing")
                .createBucket("other");
        RequestCounter requests = new RequestCounter();
        S3Client s3 = aws.s3().client(requests);
        state = new S3ObjectStore(s3, "state");
        catalog = new GlueCatalog(aws.glue().client(requests), duration -> {});
        leases = new Leases(state, running::contains);
        detector = new Detector(
                state,
                leases,
                catalog,
                new S3Pages(s3),
                new S3Texts(bucket -> new BucketReader(s3, bucket), buckets),
                buckets,
                requests,
                Workers.THREADS);
    }

    /** An object in each of these prefixes below the table's location. */
    public DetectorFixture data(String... paths) {
        for (String path : paths) {
            aws.s3().put("lake", "flights/" + path + "/part-0.json", "{}");
        }
        return this;
    }

    /** An object in each of these prefixes of the raw data. */
    public DetectorFixture raw(String... paths) {
        for (String path : paths) {
            aws.s3().put(RAW.bucket(), RAW.prefix() + path + "/part-0.json", "{}");
        }
        return this;
    }

    /** An entry of the table's inbox that names these prefixes; the later ones come after the earlier ones. */
    public DetectorFixture told(String... prefixes) {
        inbox().put(new InboxEntry(
                FLIGHTS,
                Optional.of("s3://config/flights.json"),
                clock.instant().plusMillis(inboxKeys().size()),
                Stream.of(prefixes)
                        .map(prefix -> partition(prefix, "as", "told"))
                        .toList()));
        return quiet();
    }

    public Inbox inbox() {
        return new Inbox(state, Workers.CALLER);
    }

    public List<String> inboxKeys() {
        return aws.s3().keys("state", "inbox/");
    }

    /** The prefixes that each entry of the inbox names. */
    public List<List<String>> inboxPrefixes() {
        return inbox().of(FLIGHTS).entries().stream()
                .map(delivered -> delivered.entry().partitions().stream()
                        .map(Partition::prefix)
                        .toList())
                .toList();
    }

    /** The table that {@link #COMPLETE} describes, with what else the spec says, in Glue. */
    public DetectorFixture table(String more) {
        catalog.createTableIfAbsent(spec(COMPLETE + ", 'layout': 'hive'" + more).definition(), Map.of());
        return quiet();
    }

    /** A table of these keys (a JSON array) and this layout, in Glue. */
    public DetectorFixture tableOf(String keys, String layout) {
        catalog.createTableIfAbsent(
                spec(keyed(keys) + ", 'layout': '" + layout + "'").definition(), Map.of());
        return quiet();
    }

    /** A spec that says all but the layout. */
    public static String keyed(String keys) {
        return NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'carrier', 'type':"
                + " 'string'}], 'partitionKeys': " + keys;
    }

    /** As another tool does. */
    public void dropTable() {
        aws.glue()
                .client()
                .deleteTable(request -> request.databaseName(FLIGHTS.database()).name(FLIGHTS.table()));
    }

    public DetectorFixture registered(String... values) {
        aws.glue().putPartition("analytics", "flights", List.of(values), "s3://lake/flights/somewhere/");
        return this;
    }

    /** Registers a partition as a run would. */
    public DetectorFixture registered(String run, Partition partition) {
        catalog.register(
                catalog.table(FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(
                        partition.values(), "s3://lake/" + partition.prefix(), Map.of("fanin.run", run))));
        return this;
    }

    /** What S3 has in this prefix, registered as a run registers it. */
    public DetectorFixture processed(String path, String... values) {
        register("earlier", partition("flights/" + path + "/", values));
        return quiet();
    }

    /** The raw data of a partition, registered as a run registers what it has converted into one file. */
    public DetectorFixture converted(Partition partition) {
        register("earlier", partition);
        return quiet();
    }

    private void register(String run, Partition partition) {
        Inventory inventory = new Inventories(new S3Pages(aws.s3().client()))
                .inspect(dataOf(partition), Optional.empty())
                .inventory()
                .orElseThrow();
        Optional<Inventory> written = partition.source().map(raw -> new Inventory(1, 9, Optional.empty(), "one"));
        Map<String, String> parameters = PartitionParameters.of(
                new PartitionResult.Processed(partition, inventory, OptionalLong.empty(), written, Map.of()),
                run(run),
                Optional.of(RAW));
        catalog.register(
                catalog.table(FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(partition.values(), "s3://lake/" + partition.prefix(), parameters)));
    }

    public DetectorFixture outstanding(String prefix, String... values) {
        return record(record -> record.withFailures(List.of(OutstandingFailure.first(
                new Partition(PartitionValues.of(values), prefix),
                new Failure("Truncated", "cut"),
                new RunId("earlier"),
                0))));
    }

    /** A registered partition that was processed again, and failed. */
    public DetectorFixture failedStanding(String prefix, String... values) {
        PartitionValues key = PartitionValues.of(values);
        RegisteredPartition standing = catalog.find(
                        FLIGHTS, catalog.table(FLIGHTS).orElseThrow().keys(), List.of(key))
                .get(key);
        return record(record -> record.withFailures(List.of(OutstandingFailure.first(
                        new Partition(key, prefix), new Failure("Truncated", "cut"), new RunId("earlier"), 0)
                .of(standing))));
    }

    public DetectorFixture record(UnaryOperator<TableRecord> change) {
        new TableRecords(state).update(FLIGHTS, change);
        return quiet();
    }

    /** The table's parameters say what its record says. */
    public DetectorFixture published() {
        TableRecord record = new TableRecords(state).read(FLIGHTS);
        CatalogTable table = catalog.table(FLIGHTS).orElseThrow();
        catalog.updateParameters(
                table,
                before ->
                        PublishedParameters.applied(record, PublishedParameters.status(record), table.keys(), before));
        return quiet();
    }

    /** What is registered has been seen, and the table says so. */
    public DetectorFixture settled() {
        return settledBy("");
    }

    /** The same, seen with what else the spec says. */
    public DetectorFixture settledBy(String more) {
        DetectorAnswer seen = detect("settling", json("{" + NAMES + more + ", 'dryRun': true}"));
        DetectionReport report = run(seen.run().value()).plan().orElseThrow().detection();
        CatalogTable table = catalog.table(FLIGHTS).orElseThrow();
        TableSpec spec = SpecResolution.resolve(spec(NAMES + more), Optional.of(table));
        Watermark progress = Watermark.of(spec, ProgressScope.of(spec, table.created()));
        record(record -> progress.advanced(record, Set.of(), report)
                .with(new TableRecord.LastRun(new RunId("earlier"), "s3://state/runs/earlier/", 1)));
        return published();
    }

    /** What becomes of a run whose partitions are all in order: those that S3 has are registered, and nothing is left of others. */
    public DetectorFixture concluded(String name) {
        RunFolder run = run(name);
        TableSpec spec = run.spec();
        CatalogTable table = catalog.table(FLIGHTS).orElseThrow();
        List<Partition> work = run.begun(batch -> {}).isPresent() ? work(name) : List.of();
        List<PartitionValues> all = work.stream().map(Partition::values).toList();
        List<Partition> there = work.stream()
                .filter(partition -> !aws.s3()
                        .keys(dataOf(partition).bucket(), partition.dataPrefix())
                        .isEmpty())
                .toList();
        there.forEach(partition -> register(name, partition));
        Watermark progress = Watermark.of(spec, ProgressScope.of(spec, table.created()));
        EquivalentValues forms = new EquivalentValues(table.keys());
        record(record -> {
            List<PartitionValues> failed = record.outstanding().stream()
                    .map(failure -> failure.partition().values())
                    .toList();
            Set<PartitionValues> healed =
                    OutstandingFailure.healed(record.outstanding(), catalog.find(FLIGHTS, table.keys(), failed));
            return progress.advanced(
                            record.without(all, forms).without(healed, forms),
                            there.stream().map(Partition::values).toList(),
                            detection(name).orElseThrow())
                    .withVanished(detection(name)
                            .flatMap(report -> report.counts().changes().vanished())
                            .map(Vanished::count)
                            .orElse(0L))
                    .with(new TableRecord.LastRun(run.run(), run.uri(), there.size()));
        });
        return published();
    }

    /** The table's folder is known to be its own. */
    public DetectorFixture owning() {
        return record(record -> record.owning(S3Location.of("s3://lake/flights/")));
    }

    public DetectorFixture quiet() {
        aws.log().reset();
        return this;
    }

    public DetectorAnswer detect(String fields) {
        return detect("r1", json("{" + fields + "}"));
    }

    public DetectorAnswer detect(String run, JsonNode input) {
        return detector.detect(execution(run, input));
    }

    public static Execution execution(String run, JsonNode input) {
        return new Execution("arn:" + run, run, input, Optional.of("2026-11-20T10:00:00Z"), OptionalInt.of(0));
    }

    public RunFolder run() {
        return run("r1");
    }

    public RunFolder run(String name) {
        return new RunFolder(state, new RunId(name));
    }

    public Optional<DetectionReport> detection() {
        return detection("r1");
    }

    /** What the run's detector saw, whether the run acts on it or there was nothing new. */
    public Optional<DetectionReport> detection(String run) {
        return run(run).detection().map(DetectionFiles::report).or(() -> onlyDetection(run));
    }

    private Optional<DetectionReport> onlyDetection(String run) {
        List<String> others = aws.s3().keys("state", "runs/" + run + "/detection-");
        if (!others.isEmpty()) {
            throw new AssertionError("no manifest says whether the detection of spec.json counts, or " + others);
        }
        return stored("runs/" + run + "/spec.json")
                .flatMap(text -> Json.read(text, RunStart.class, run).detected());
    }

    /** What the run's Map would process. */
    public List<Partition> work() {
        return work("r1");
    }

    public List<Partition> work(String run) {
        List<Partition> work = new ArrayList<>();
        run(run).readManifest(0, batch -> work.addAll(batch.partitions()));
        return work;
    }

    public List<String> prefixes() {
        return work().stream().map(Partition::prefix).toList();
    }

    public List<String> writes() {
        return aws.log().calls().stream()
                .filter(call -> WRITE.matcher(call.operation()).matches())
                .map(call -> call.operation() + " " + call.target())
                .toList();
    }

    public List<String> listed() {
        return aws.log().calls("ListObjectsV2").stream().map(Call::target).toList();
    }

    long glueRequests() {
        return aws.log().calls().stream()
                .filter(call -> call.service().equals("glue"))
                .count();
    }

    public static TableSpec spec(String fields) {
        return new SpecReader().read(json("{" + fields + "}"));
    }

    public static JsonNode json(String text) {
        try {
            return Json.input().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static S3Location dataOf(Partition partition) {
        return new S3Location(partition.source().isPresent() ? RAW.bucket() : "lake", partition.dataPrefix());
    }

    public static Partition partition(String prefix, String... values) {
        return new Partition(PartitionValues.of(values), prefix);
    }

    public Optional<String> stored(String key) {
        return aws.s3().text("state", key);
    }
}
