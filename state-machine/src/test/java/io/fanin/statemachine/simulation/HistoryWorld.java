package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.execution.ExecutionStatus;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.StartAfterInside;
import io.fanin.model.run.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state of one history. */
final class HistoryWorld implements AutoCloseable {

    static final String STATE_BUCKET = "state";
    static final String SPEC_BUCKET = "config";
    static final String DATABASE = "lake";
    static final String TABLE = "events";

    /** The length of any pause, since chance decides about time elsewhere. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The share of histories in which partitions are made as versions. */
    private static final double CONVERTED = Double.parseDouble(System.getProperty("simulation.converted", "0.12"));

    /**
     * The share of histories in which periods are registered before they have data, if keys and processing allow it.
     */
    private static final double REGISTERED_AHEAD = Double.parseDouble(System.getProperty("simulation.ahead", "0.2"));

    /** The share of histories, among those of data in place, in which another tool registers copies of its own. */
    private static final double KEPT_ELSEWHERE = Double.parseDouble(System.getProperty("simulation.elsewhere", "0.15"));

    /** The number of periods that may be registered before they have data. */
    static final int AHEAD = 3;

    /** The number of entries in the longest pages of S3 and Glue. */
    private static final int LONG_PAGE = 1000;

    private final SeededRandom random;
    private final ManualClock clock = new ManualClock(Instant.parse("2013-02-10T00:00:00Z"));
    private final FakeAws aws = new FakeAws(clock);
    private final Trace trace = new Trace();
    private final Scheduler scheduler;
    private final FaultInjector faults;
    private final Engine engine;
    private final SimulatedLake lake;
    private final ProcessingMode mode;
    private final Oracle oracle;
    private final ObjectEventQueue events;
    private final boolean tellsEvents;
    private final boolean vanishes;
    private final int verify;
    private final boolean hasLongPages;
    private final boolean mayDeregister;
    private final boolean countsGaps;
    private final boolean registersAhead;
    private final boolean keepsElsewhere;
    private final LakeReadiness readiness;
    private final Mutant mutant;
    private final List<SimulatedExecution> rivals = new ArrayList<>();
    private final Set<String> lookedDead = new HashSet<>();
    private final SimulatedClients clients;
    private final Functions functions;

    HistoryWorld(SeededRandom random, FaultRates rates, Mutant mutant) {
        this.random = random;
        this.mutant = mutant;
        this.scheduler = new Scheduler(random, random.one(0.0, 0.5, 0.9));
        this.engine = new Engine(this, random.chance(0.7));
        if (!engine.knowsRedrive()) {
            trace.count(FaultKind.ENGINE_KNOWS_NO_REDRIVE);
        }
        this.faults = new FaultInjector(this, rates, mutant);
        int namesInPage = random.one(LONG_PAGE, LONG_PAGE, 3, 1);
        aws.s3()
                .createBucket(STATE_BUCKET)
                .createBucket(SPEC_BUCKET)
                .createBucket(AllTablesRun.BUCKET)
                .pageSize(namesInPage)
                .emptyPages(random.one(0, 0, 1))
                .startAfterInside(random.one(StartAfterInside.RETURNS_PREFIX, StartAfterInside.SKIPS_PREFIX));
        putJob();
        int scanned = random.one(LONG_PAGE, LONG_PAGE, 2);
        aws.glue().scanAtMost(scanned);
        this.hasLongPages = namesInPage == LONG_PAGE && scanned == LONG_PAGE;
        aws.faults().hook(faults);
        this.mode = mode(random, mutant);
        Layouts layout = random.one(Layouts.ALL);
        this.lake = new SimulatedLake(
                aws.s3(),
                layout,
                random.chance(0.5) ? layout : layout.renamed(),
                random.chance(0.5),
                random.one("json", "csv"),
                mode,
                mutant != Mutant.READS_NOTHING);
        this.events = new ObjectEventQueue(this);
        this.tellsEvents = mutant.needsEvents() || random.chance(0.5);
        tellEvents();
        this.vanishes = mutant.needsVanishedData() || random.chance(0.2);
        this.mayDeregister = mutant.needsVanishedData() || random.chance(0.9);
        boolean mayVerify = mode == ProcessingMode.AS_IT_IS && !vanishes && !mutant.needsMarkers();
        this.verify = mayVerify && (mutant.needsOldPartitions() || random.chance(0.4)) ? random.between(1, 4) : 0;
        // Missing periods are excluded if runs verify: another tool may register one, which then fails verification for
        // good.
        boolean mayLackPeriods = lake.layout().fillsPeriods() && verify == 0;
        this.countsGaps = mayLackPeriods && (mutant.needsGaps() || random.chance(0.2));
        this.registersAhead = mayLackPeriods && !countsGaps && mutant == Mutant.NONE && random.chance(REGISTERED_AHEAD);
        this.keepsElsewhere =
                !mode.hasSource() && verify == 0 && mutant == Mutant.NONE && random.chance(KEPT_ELSEWHERE);
        this.readiness = new LakeReadiness(this, readiness(random));
        this.oracle = new Oracle(this);
        this.clients = SimulatedClients.of(aws, mutant);
        this.functions =
                Functions.over(clients, new Statuses(), clock, pause -> clock.advance(PAUSE), mutant, mayDeregister);
    }

    private static ProcessingMode mode(SeededRandom random, Mutant mutant) {
        if (mutant.needsOldPartitions() || mutant.needsMarkers()) {
            return ProcessingMode.AS_IT_IS;
        }
        if (mutant.needsVersions() || (!mutant.needsAJob() && random.chance(CONVERTED))) {
            return ProcessingMode.CONVERTED;
        }
        return !mutant.needsAJob() && random.chance(0.6)
                ? ProcessingMode.AS_IT_IS
                : random.one(
                        ProcessingMode.JOB_FROM_SOURCE, ProcessingMode.JOB_FROM_SOURCE, ProcessingMode.JOB_IN_PLACE);
    }

    private LakeReadiness.Kind readiness(SeededRandom random) {
        if (mutant.needsMarkers()) {
            return LakeReadiness.Kind.MARKER;
        }
        if (mutant != Mutant.NONE || verify > 0 || mode == ProcessingMode.JOB_IN_PLACE || random.chance(0.8)) {
            return LakeReadiness.Kind.NOTHING;
        }
        // A job copies existing markers, but none that arrive later.
        return mode == ProcessingMode.JOB_FROM_SOURCE || random.chance(0.4)
                ? LakeReadiness.Kind.QUIET
                : LakeReadiness.Kind.MARKER;
    }

    /** Creates the job, which may have been deleted. */
    void putJob() {
        aws.glue().putJob(SimulatedSpecs.JOB_NAME, Map.of(), Map.of());
    }

    /** Stores the spec with which S3's events are processed. */
    void putEventSpec(ObjectNode spec) {
        aws.s3().put(SPEC_BUCKET, "events.json", spec.toString());
    }

    /**
     * DescribeExecution, which is eventually consistent. The product knows better if it receives its own execution's
     * number of redrives.
     */
    private final class Statuses implements ExecutionStatus {

        @Override
        public boolean isAlive(String arn) {
            return isRunning(arn) && !isOutdated(arn);
        }

        private boolean isOutdated(String arn) {
            boolean isOutdated =
                    engine.hasJustBegun(arn) && random.chance(faults.rates().outdated());
            if (isOutdated) {
                trace.add(FaultKind.STATUS_OUTDATED, scheduler.current(), "  is told that " + arn + " is not running");
                lookedDead.add(arn);
            }
            return isOutdated;
        }

        @Override
        public boolean isAlive(Execution execution) {
            return isRunning(execution.id()) && (execution.redriveCount().isPresent() || !isOutdated(execution.id()));
        }

        private boolean isRunning(String arn) {
            faults.begin("DescribeExecution " + arn);
            return engine.isAlive(arn)
                    || rivals.stream().anyMatch(one -> one.arn().equals(arn) && one.isRunning());
        }
    }

    /** Whether the product was told that it is not running when it had just begun. */
    boolean hasLookedDead(SimulatedExecution execution) {
        return lookedDead.contains(execution.arn());
    }

    /** The current invocation; absent if the actor is not a function. */
    Optional<FunctionRun> invocation() {
        return engine.invocationOf(scheduler.current());
    }

    Mutant mutant() {
        return mutant;
    }

    /** Makes S3 send events about the lake's objects to the queue, if this history has them. */
    void tellEvents() {
        if (tellsEvents) {
            lake.onChange(events::tell);
        }
    }

    /** Whether S3 sends all events about the lake's objects to the queue. */
    boolean tellsEvents() {
        return tellsEvents;
    }

    /** Whether all data of partitions often vanishes, and runs often look for that. */
    boolean vanishes() {
        return vanishes;
    }

    /** Whether the stack allows functions to deregister partitions. */
    boolean mayDeregister() {
        return mayDeregister;
    }

    /** The number of old partitions that each run verifies; 0 for none. */
    int verify() {
        return verify;
    }

    /** Whether periods without a prefix count as outstanding, and some exist. */
    boolean countsGaps() {
        return countsGaps;
    }

    /** Whether periods are registered before they have data. */
    boolean registersAhead() {
        return registersAhead;
    }

    /** Whether another tool registers its own copies of partitions. */
    boolean keepsElsewhere() {
        return keepsElsewhere;
    }

    /** When the data of partitions is ready. */
    LakeReadiness readiness() {
        return readiness;
    }

    /**
     * Whether there may be more partitions than Glue accepts in one request: with short pages, listing them takes most
     * of the time of all histories.
     */
    boolean mayHaveMany() {
        return hasLongPages && !countsGaps;
    }

    ObjectEventQueue events() {
        return events;
    }

    /** The executions of another table that claims the folder. */
    List<SimulatedExecution> rivals() {
        return rivals;
    }

    SeededRandom random() {
        return random;
    }

    ManualClock clock() {
        return clock;
    }

    FakeAws aws() {
        return aws;
    }

    Trace trace() {
        return trace;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    FaultInjector faults() {
        return faults;
    }

    Engine engine() {
        return engine;
    }

    SimulatedLake lake() {
        return lake;
    }

    ProcessingMode mode() {
        return mode;
    }

    Oracle oracle() {
        return oracle;
    }

    Functions functions() {
        return functions;
    }

    @Override
    public void close() {
        clients.close();
    }
}
