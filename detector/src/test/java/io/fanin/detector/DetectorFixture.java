package io.fanin.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.tables.UpToDateLookup;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/** A detector over S3 and Glue in memory. Quotes in JSON are written {@code '}. */
public final class DetectorFixture {

    public static final TableName FLIGHTS = new TableName("analytics", "flights");

    public static final String LEASE = "tables/analytics/flights/lease.json";

    public static final String NAMES = "'database': 'analytics', 'table': 'flights'";

    public static final String COMPLETE = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json',"
            + " 'columns': [{'name': 'carrier', 'type': 'string'}, {'name': 'delay', 'type': 'int'}],"
            + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]";

    /** The folder of raw data in the tests that convert it. */
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

    final InboxFixture inbox;
    final EarlierRuns earlier;

    public DetectorFixture() {
        this(StackBuckets.of("state", "lake,gone,landing", "lake", "lake,gone"));
    }

    public DetectorFixture(StackBuckets buckets) {
        List.of("state", "lake", "landing", "other").forEach(aws.s3()::createBucket);
        RequestCounter requests = new RequestCounter();
        S3Client s3 = aws.s3().client(requests);
        state = new S3ObjectStore(s3, "state");
        catalog = new GlueCatalog(aws.glue().client(requests), duration -> {});
        inbox = new InboxFixture(aws, state);
        earlier = new EarlierRuns(aws, state, catalog);
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

    /** What a run of all tables looks at tables by. */
    public UpToDateLookup upToDate() {
        return detector.upToDate();
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
        inbox.tell(clock.instant(), prefixes);
        return quiet();
    }

    /** The table that {@link #COMPLETE} describes, with what else the spec says, in Glue. */
    public DetectorFixture table(String more) {
        catalog.createTableIfAbsent(
                resolved(COMPLETE + ", 'layout': 'hive'" + more).definition(), Map.of());
        return quiet();
    }

    /** A table of these keys (a JSON array) and this layout, in Glue. */
    public DetectorFixture tableOf(String keys, String layout) {
        catalog.createTableIfAbsent(
                resolved(keyed(keys) + ", 'layout': '" + layout + "'").definition(), Map.of());
        return quiet();
    }

    /** A spec that says all but the layout. */
    public static String keyed(String keys) {
        return NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'carrier', 'type':"
                + " 'string'}], 'partitionKeys': " + keys;
    }

    /** Sets a parameter of the table, as another tool does. */
    public void alterParameter(String name, String value) {
        aws.glue()
                .alterTable(
                        FLIGHTS.database(),
                        FLIGHTS.table(),
                        input -> ((ObjectNode) input.get("Parameters")).put(name, value));
    }

    /** As another tool does. */
    public void dropTable() {
        aws.glue()
                .client()
                .deleteTable(request -> request.databaseName(FLIGHTS.database()).name(FLIGHTS.table()));
    }

    /** Registers a partition as a tool does that says no location. */
    public DetectorFixture registered(String... values) {
        return registeredAt("", values);
    }

    /** The same, at this location. */
    public DetectorFixture registeredAt(String location, String... values) {
        aws.glue().putPartition("analytics", "flights", List.of(values), location);
        return this;
    }

    /** An object in a prefix, registered there by another tool. */
    public DetectorFixture foreign(String path, String... values) {
        data(path);
        aws.glue().putPartition("analytics", "flights", List.of(values), "s3://lake/flights/" + path);
        return this;
    }

    /** Registers the objects of a prefix as a run does. */
    public DetectorFixture processed(String path, String... values) {
        earlier.register("earlier", partition("flights/" + path + "/", values));
        return quiet();
    }

    /** The raw data of a partition, registered as a run registers what it has converted into one file. */
    public DetectorFixture converted(Partition partition) {
        earlier.register("earlier", partition);
        return quiet();
    }

    public DetectorFixture outstanding(String prefix, String... values) {
        earlier.fail(partition(prefix, values));
        return quiet();
    }

    /** A table with two partitions, which have all been seen: hour 8 is registered, and hour 7 has failed. */
    public DetectorFixture oneOfTwoFailed() {
        table("")
                .data("dt=2026-11-18/hour=7", "dt=2026-11-18/hour=8")
                .processed("dt=2026-11-18/hour=8", "2026-11-18", "8");
        return settled()
                .outstanding("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7")
                .published();
    }

    /** A registered partition that was processed again, and failed. */
    public DetectorFixture failedStanding(String prefix, String... values) {
        earlier.failRegistered(partition(prefix, values));
        return quiet();
    }

    public DetectorFixture record(UnaryOperator<TableRecord> change) {
        earlier.record(change);
        return quiet();
    }

    /** The table's parameters say what its record says. */
    public DetectorFixture published() {
        earlier.publish();
        return quiet();
    }

    /** Records and publishes a detection that has seen all registered partitions. */
    public DetectorFixture settled() {
        return settledBy("");
    }

    /** The same, seen with what else the spec says. */
    public DetectorFixture settledBy(String more) {
        DetectorAnswer seen = detect("settling", json("{" + NAMES + more + ", 'dryRun': true}"));
        DetectionReport report = run(seen.run().value()).plan().orElseThrow().detection();
        earlier.settle(spec(NAMES + more), report);
        return published();
    }

    /**
     * Ends a run whose partitions are all valid: those in S3 are registered, and the others are removed from the
     * record.
     */
    public DetectorFixture concluded(String name) {
        List<Partition> work = run(name).begun().isPresent() ? work(name) : List.of();
        earlier.conclude(run(name), work, detection(name).orElseThrow());
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

    /** The findings of the run's detector, whether the run acts on them or there was nothing new. */
    public Optional<DetectionReport> detection(String run) {
        return new DetectedRun(aws.s3(), run(run)).detection();
    }

    /** The partitions that the run's Map would process. */
    public List<Partition> work() {
        return work("r1");
    }

    public List<Partition> work(String run) {
        return new DetectedRun(aws.s3(), run(run)).work();
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

    /** The spec of a run of a table with these fields, which define it. */
    public static ResolvedSpec resolved(String fields) {
        return new ResolvedSpec(spec(fields));
    }

    public static JsonNode json(String text) {
        try {
            return Json.input().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Partition partition(String prefix, String... values) {
        return new Partition(PartitionValues.of(values), prefix);
    }

    public Optional<String> stored(String key) {
        return aws.s3().text("state", key);
    }
}
