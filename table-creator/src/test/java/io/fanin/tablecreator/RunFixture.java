package io.fanin.tablecreator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.lease.Leases;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.history.Overview;
import io.fanin.tablecreator.history.PassHistory;
import io.fanin.tablecreator.metrics.HeldMetric;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.HeldRuns;
import io.fanin.tablecreator.notices.NoticeEvents;
import io.fanin.tablecreator.notices.NoticeFormat;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.Topic;
import io.fanin.tablecreator.registration.Deregistration;
import io.fanin.tablecreator.summary.AllTablesSummarizer;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Run folders as the detector and the processors leave them, and the table-creator over S3 and Glue in memory. */
final class RunFixture {

    /** When partitions count again that are waived. */
    static final Optional<Instant> UNTIL = Optional.of(Instant.parse("2013-04-01T00:00:00Z"));

    static final String STATE = "state";
    static final TableName FLIGHTS = new TableName("analytics", "flights");
    static final RunId RUN = new RunId("nightly-1");
    static final RunId LATER_RUN = new RunId("nightly-2");

    static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:people";

    static final TableDefinition DEFINITION = new TableDefinition(
            FLIGHTS,
            S3Location.of("s3://lake/flights/"),
            DataFormat.JSON,
            CsvOptions.DEFAULT,
            List.of(new Column("carrier", "string"), new Column("delay", "int")),
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT)),
            TableDefinition.HIVE_LAYOUT);

    final ManualClock clock = new ManualClock(Instant.parse("2013-02-10T00:00:00Z"));
    final FakeAws aws = new FakeAws(clock);

    final RunningExecutions executions = new RunningExecutions();

    /** The executions that are running beside the one under test. */
    final Set<String> running = executions.running();

    /** The runs whose executions have ended, although invocations of them go on. */
    final Set<RunId> ended = executions.ended();

    /** The executions that Step Functions describes, by ARN. */
    final Map<String, ExecutionEnd> ends = new HashMap<>();

    final ObjectStore state;
    final GlueCatalog catalog;
    final TableRecords records;
    final Leases leases;
    TableCreator creator;
    Gate gate;
    final Announcements announcements;
    private final Notices people;

    /** The lines of figures. */
    final List<String> lines = new ArrayList<>();

    final TableMetrics figures = new TableMetrics(Optional.of("fanin"), TableSeries.ALL, clock, lines::add);

    final SentMessages sent = new SentMessages(aws);
    final OtherWriters others = new OtherWriters(this);
    final RunStarts starts = new RunStarts(this);

    RunFixture() {
        aws.s3().createBucket(STATE).createBucket("lake");
        state = new S3ObjectStore(aws.s3().client(), STATE);
        catalog = new GlueCatalog(aws.glue().client(), duration -> {});
        records = new TableRecords(state);
        leases = new Leases(state, executions);
        EventBus bus = new EventBus(() -> aws.events().client(), "default", new Backoff(duration -> {}));
        people = new Notices(
                List.of(new NoticeEvents(bus), new Topic(() -> aws.sns().client(), TOPIC, NoticeFormat.TEXT)), clock);
        newEnvironment();
        announcements = announcements(new Announcer(List.of(bus)), people, figures);
    }

    Announcements announcements(Announcer announcer, Notices notices, TableMetrics metrics) {
        return new Announcements(
                state,
                announcer,
                notices,
                metrics,
                new LaterSuccess(leases, arn -> Optional.ofNullable(ends.get(arn)), new RunFolders(state)));
    }

    /** Starts a new environment, without anything cached. */
    final void newEnvironment() {
        RunFolders runs = new RunFolders(state);
        TableLease lease = new TableLease(leases);
        OwnFolder folder = new OwnFolder(new FolderOwners(state), records);
        creator = new TableCreator(
                runs,
                records,
                folder,
                Workers.THREADS,
                new PassExecutor.Services(
                        catalog,
                        new Deregistration(
                                catalog, new Inventories(new S3Pages(aws.s3().client()))),
                        new VersionCleanup(
                                state,
                                catalog,
                                spec -> S3ObjectTarget.of(aws.s3().client(), spec),
                                clock),
                        lease,
                        new Inbox(state, Workers.THREADS),
                        new PassHistory(state, runs, figures.series(), clock)));
        gate = new Gate(catalog, runs, records, lease, folder, heldRuns(people));
    }

    /** Of runs of all tables, whose tables' executions have the ends of {@link #ends}. */
    AllTablesSummarizer summarizer(Notices notices) {
        return new AllTablesSummarizer(
                state,
                arn -> Optional.ofNullable(ends.get(arn)),
                clock::advance,
                new Announcer(List.of()),
                new Overview(state, catalog, clock, Workers.THREADS),
                figures,
                heldRuns(notices),
                notices);
    }

    /** Those of {@link #announcements}. */
    Notices people() {
        return people;
    }

    private HeldRuns heldRuns(Notices notices) {
        return new HeldRuns(records, notices, new HeldMetric(figures, clock, clock::advance));
    }

    /** The partition of an hour, counted from 2013-02-08T00:00. */
    static Partition hour(int hour) {
        LocalDateTime time = LocalDateTime.of(2013, 2, 8, 0, 0).plusHours(hour);
        String date = time.toLocalDate().toString();
        return new Partition(
                PartitionValues.of(date, String.valueOf(time.getHour())),
                "flights/dt=" + date + "/hour=" + time.getHour() + "/");
    }

    static List<Partition> hours(int count) {
        return IntStream.range(0, count).mapToObj(RunFixture::hour).toList();
    }

    RunFolder folder(RunId run) {
        return new RunFolder(state, run);
    }

    /** A pass with one batch for each partition. */
    Pass pass(RunId run, int number, Partition... partitions) {
        return pass(run, number, List.of(partitions));
    }

    Pass pass(RunId run, int number, List<Partition> partitions) {
        return pass(run, number, partitions, 1);
    }

    /** A pass whose partitions were all processed well, so far. */
    Pass pass(RunId run, int number, List<Partition> partitions, int batchSize) {
        writeSpec(run, OnPartial.FAIL);
        return new Pass(this, run, number, partitions, batchSize);
    }

    /** The first pass of a run whose spec sets a partition aside after two attempts. */
    Pass passOfTwoAttempts(RunId run, List<Partition> partitions) {
        Pass pass = pass(run, 0, partitions);
        writeSpec(
                run,
                OnPartial.FAIL,
                Json.read("{\"mode\":\"list\",\"maxAttempts\":2}", DetectionSpec.class, "detection"));
        return pass;
    }

    void writeSpec(RunId run, OnPartial onPartial) {
        writeSpec(run, onPartial, DetectionSpec.Listing.DEFAULT);
    }

    void writeSpec(RunId run, OnPartial onPartial, DetectionSpec detection) {
        writeSpec(
                run,
                Specs.of(FLIGHTS, Map.of("detection", detection, "onPartial", onPartial))
                        .resolved(DEFINITION));
    }

    /** The run's spec is this one, whatever it was before. */
    void writeSpec(RunId run, ResolvedSpec spec) {
        state.put("runs/" + run + "/spec.json", Json.text(spec));
    }

    TableCreatorAnswer register(RunId run, int pass, JsonNode receipts) {
        return executions.invoke(
                run,
                OptionalInt.of(0),
                execution -> creator.register(
                                new TableCreatorInput.Register(run, pass, receipts, execution),
                                Map::of,
                                (folder, answer, same, record) -> {})
                        .answer());
    }

    /** The function over these services, without listeners. */
    TableCreatorHandler handler(TableMetrics metrics) {
        return new TableCreatorHandler(
                state,
                aws.s3().client(),
                catalog,
                arn -> true,
                arn -> Optional.empty(),
                clock,
                Workers.THREADS,
                new Announcer(List.of()),
                Notices.NONE,
                metrics,
                new RequestCounter());
    }

    /** Registers, and notifies of the outcome, as the function does. */
    TableCreatorAnswer registerAndTell(RunId run, int pass, JsonNode receipts, Announcements announcements) {
        return executions.invoke(run, OptionalInt.of(0), execution -> {
            TableCreatorInput.Register request = new TableCreatorInput.Register(run, pass, receipts, execution);
            TableCreator.PassOutcome outcome = creator.register(request, Map::of, announcements::passEnded);
            announcements.announce(request, outcome);
            return outcome.answer();
        });
    }

    GateAnswer hold(RunId run, int pass, OptionalInt redriveCount) {
        return executions.invoke(
                run, redriveCount, execution -> gate.hold(new TableCreatorInput.Hold(run, pass, execution)));
    }

    /** The run's execution is started now. */
    void start(RunId run) {
        clock.advance(Duration.ofMinutes(1));
        executions.started().put(run, clock.instant());
        clock.advance(Duration.ofMinutes(1));
    }

    static Execution execution(RunId run, OptionalInt redriveCount) {
        return execution(run, redriveCount, Optional.empty());
    }

    static Execution execution(RunId run, OptionalInt redriveCount, Optional<Instant> started) {
        return new Execution(
                "arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:" + run,
                run.value(),
                Json.documents().createObjectNode(),
                started.map(Instant::toString),
                redriveCount);
    }

    static JsonNode json(String text) {
        try {
            return Json.documents().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table, created and without partitions. */
    Optional<Instant> created() {
        return catalog.table(FLIGHTS).flatMap(CatalogTable::created);
    }

    RunFixture createTable() {
        catalog.createTableIfAbsent(DEFINITION, Map.of());
        return this;
    }

    Map<String, String> parameters() {
        return aws.glue().parameters(FLIGHTS.database(), FLIGHTS.table());
    }

    Set<List<String>> registered() {
        return aws.glue().locations(FLIGHTS.database(), FLIGHTS.table()).keySet();
    }

    JsonNode partition(Partition partition) {
        return aws.glue()
                .partitions(FLIGHTS.database(), FLIGHTS.table())
                .get(partition.values().values());
    }

    /** The name of the run that has registered a partition last. */
    String registeredBy(Partition partition) {
        return partition(partition).at("/Parameters/fanin.run").asText().replaceAll(".*/runs/|/$", "");
    }

    TableRecord record() {
        return records.read(FLIGHTS);
    }

    RunReport report(RunId run) {
        return folder(run).report().orElseThrow();
    }

    /** A run as the last one of a record. */
    static RecordedRun lastRun(RunId run) {
        return new RecordedRun(run, "s3://state/runs/" + run + "/", 0);
    }

    static List<List<String>> valuesOf(Partition... partitions) {
        return valuesOf(List.of(partitions));
    }

    static List<List<String>> valuesOf(List<Partition> partitions) {
        List<List<String>> values = new ArrayList<>();
        partitions.forEach(partition -> values.add(partition.values().values()));
        return values;
    }
}
