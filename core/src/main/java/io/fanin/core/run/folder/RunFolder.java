package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.RunKeys;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Batch;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.RecordChange;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.detection.VanishedList;
import io.fanin.model.spec.ResolvedSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run's own folder in the state bucket.
 *
 * <p>Documents with decisions are written once and never replaced (the spec, a pass's manifest, the marker of the
 * gate): a Lambda that is invoked twice finds the decisions of its first invocation.
 */
public final class RunFolder {

    /** How long the state bucket keeps a run's documents: its lifecycle rule says so, too. */
    public static final Duration KEPT_FOR = Duration.ofDays(30);

    /** Writers of one report are few: more than this number indicate a defect. */
    private static final int MAX_TRIES = 20;

    /** Metadata of the first pass's manifest: the token of the detection on which it is based. */
    private static final String DETECTION = "detection";

    /** Metadata of a pass's manifest: the acquisition of the table's lease by its writer. */
    private static final String LEASE = "lease";

    private static final String AFTER = "after";

    private final ObjectStore store;
    private final RunId run;
    private final RunKeys keys;
    private volatile RunStart start;

    public RunFolder(ObjectStore store, RunId run) {
        this.store = store;
        this.run = run;
        this.keys = StateKeys.run(run);
    }

    public RunId run() {
        return run;
    }

    public String uri() {
        return store.uriOf(keys.folder());
    }

    public String reportUri() {
        return store.uriOf(keys.report());
    }

    /** The URI of the folder with the quarantined bad records. */
    public String quarantineUri() {
        return store.uriOf(keys.quarantine());
    }

    /**
     * Writes the run's spec and the findings of an invocation of the detector, unless an earlier invocation did.
     *
     * @return the spec that applies
     */
    public ResolvedSpec writeStart(RunStart mine) {
        if (store.putIfAbsent(keys.spec(), Json.text(mine))) {
            start = mine;
        }
        return spec();
    }

    /** The run's start, which never changes and is read once; empty if there is no such run, or it has expired. */
    public Optional<RunStart> start() {
        if (start == null) {
            store.document(keys.spec(), RunStart.class).ifPresent(found -> start = found);
        }
        return Optional.ofNullable(start);
    }

    /** Whether the folder of a run that ended then is still there; later, its name may be that of another run. */
    public static boolean isKept(Instant ended, Instant now) {
        return ended.plus(KEPT_FOR).isAfter(now);
    }

    /** Whether the run only changes waivers. */
    public boolean changesWaivers() {
        return start().flatMap(RunStart::waivers).isPresent();
    }

    /** The run's resolved spec; empty if there is no such run, or its folder has expired. */
    public Optional<ResolvedSpec> findSpec() {
        return start().map(RunStart::spec);
    }

    /**
     * The earlier run whose failures it processes again, with that run's spec; empty if it is none, or it is not known.
     */
    public Optional<RunId> redriveOf() {
        return start().flatMap(RunStart::redriveOf);
    }

    /**
     * The run's resolved spec.
     *
     * @throws RunFolderException if there is no such run, or its folder has expired
     */
    public ResolvedSpec spec() {
        return findSpec().orElseThrow(() -> missing(keys.spec()));
    }

    /**
     * Writes the findings of an invocation of the detector, unless {@link #writeStart} has written them. The run acts
     * on them if {@link #begin} is called with them, and no other invocation has begun the run before.
     */
    public DetectionFiles writeDetection(DetectionReport report, TakenEntries taken) {
        DetectionFiles files = new DetectionFiles(store, this, DetectionFiles.token(report, taken));
        files.write(report, taken);
        return files;
    }

    /** Writes the list of partitions that an invocation of the detector wants to have deregistered. */
    public void writeVanished(VanishedList list) {
        store.put(keys.vanished(list.token()), Json.text(list));
    }

    /** The list with this token of the partitions to deregister; empty if it has expired. */
    public Optional<VanishedList> vanished(String token) {
        return store.document(keys.vanished(token), VanishedList.class);
    }

    /** The detection on which the run acts; empty if it has not begun. */
    public Optional<DetectionFiles> detection() {
        return store.notes(manifestKey(0)).flatMap(this::detection);
    }

    private Optional<DetectionFiles> detection(Map<String, String> notes) {
        return Optional.ofNullable(notes.get(DETECTION)).map(token -> new DetectionFiles(store, this, token));
    }

    /** The key of the plan, the only result of a dry run. */
    public String planKey() {
        return keys.plan();
    }

    public void writePlan(Plan plan) {
        store.put(planKey(), Json.text(plan));
    }

    /** The plan; empty if the run was not a dry run. */
    public Optional<Plan> plan() {
        return store.document(keys.plan(), Plan.class);
    }

    public String manifestKey(int pass) {
        return keys.pass(pass).manifest();
    }

    /**
     * Writes the manifest of a pass, unless an earlier invocation did; returns the summary of the manifest that
     * applies.
     *
     * @param lease the acquisition of the table's lease by its writer
     * @param after the last change of the table's record
     */
    public ManifestSummary writeManifest(
            int pass, Collection<Partition> partitions, ManifestSummary summary, String lease, RecordChange after) {
        ManifestFile manifest = manifest(pass);
        return manifest.writeIfAbsent(partitions.iterator(), summary, Map.of(LEASE, lease, AFTER, after.toString()))
                ? summary
                : manifest.read(batch -> {}).summary();
    }

    /**
     * Writes the manifest of the first pass, which determines the run's work, unless an earlier invocation did.
     *
     * @param detection on which it is based
     * @param lease the acquisition of the table's lease by its writer
     * @return the run's first pass
     */
    public FirstPass begin(
            DetectionFiles detection, Iterator<Partition> partitions, ManifestSummary summary, String lease) {
        ManifestFile manifest = manifest(0);
        return manifest.writeIfAbsent(partitions, summary, Map.of(DETECTION, detection.token(), LEASE, lease))
                ? new FirstPass(summary, detection)
                : begun(manifest.read(batch -> {}));
    }

    /** The run's first pass; empty if it has not begun. */
    public Optional<FirstPass> begun() {
        return begun(batch -> {});
    }

    /**
     * The run's first pass; empty if it has not begun.
     *
     * @param consumer receives the batches of the first pass
     */
    public Optional<FirstPass> begun(Consumer<Batch> consumer) {
        return manifest(0).find(consumer).map(this::begun);
    }

    /** When the manifest of a pass was written; empty if the pass has not begun. Reads the manifest. */
    public Optional<Instant> written(int pass) {
        return manifest(pass).find(batch -> {}).map(ManifestFile.Content::written);
    }

    private FirstPass begun(ManifestFile.Content manifest) {
        return new FirstPass(
                manifest.summary(), detection(manifest.notes()).orElseThrow(() -> missing(keys.detection("*"))));
    }

    /** Reads a pass's manifest, which has to exist, batch by batch. */
    public PassManifest readManifest(int pass, Consumer<Batch> consumer) {
        ManifestFile.Content read = manifest(pass).read(consumer);
        return new PassManifest(
                read.written(),
                detection(read.notes()),
                Optional.ofNullable(read.notes().get(LEASE)),
                Optional.ofNullable(read.notes().get(AFTER)).map(RecordChange::of));
    }

    /** Whether a pass has begun. */
    public boolean hasManifest(int pass) {
        return store.notes(manifestKey(pass)).isPresent();
    }

    private ManifestFile manifest(int pass) {
        return new ManifestFile(store, manifestKey(pass));
    }

    public JobFiles jobFiles(int pass, int batch) {
        return new JobFiles(store, keys.pass(pass), batch);
    }

    public void writeResult(int pass, BatchResult result) {
        store.put(keys.pass(pass).result(result.batch()), Json.text(result));
    }

    /**
     * Writes the bad records of a partition, replacing those of an earlier attempt.
     *
     * @param partition the partition's name in Hive's notation
     * @param records a file of JSON lines
     */
    public void writeBadRecords(String partition, Path records) {
        store.put(keys.badRecords(partition), records);
    }

    /**
     * Leaves none of the bad records that an earlier attempt has written of a partition.
     *
     * @param partition the partition's name in Hive's notation
     */
    public void emptyBadRecords(String partition) {
        String key = keys.badRecords(partition);
        if (store.notes(key).isPresent()) {
            store.put(key, "");
        }
    }

    /** The results that could not be registered in a pass. */
    public UnregisteredResults unregistered(int pass) {
        return new UnregisteredResults(store, keys.pass(pass).unregistered());
    }

    /** The result object of a batch; empty if its processor did not write one. */
    public Optional<BatchResult> result(int pass, int batch) {
        return store.document(keys.pass(pass).result(batch), BatchResult.class);
    }

    /**
     * Marks a pass as held, unless it is marked already.
     *
     * @return the existing marker; empty if this call has set it
     */
    public Optional<HeldMarker> hold(int pass, HeldMarker marker) {
        return store.putIfAbsent(keys.pass(pass).held(), Json.text(marker))
                ? Optional.empty()
                : held(pass).filter(other -> !other.equals(marker));
    }

    public Optional<HeldMarker> held(int pass) {
        return store.document(keys.pass(pass).held(), HeldMarker.class);
    }

    /**
     * Writes the report of a pass, which is the run's report until the next pass. The pass has ended once its own
     * report exists: of several concurrent invocations, the first one's report applies.
     *
     * @return the report that applies
     */
    public RunReport writeReport(RunReport report) {
        if (!store.putIfAbsent(keys.pass(report.header().pass()).report(), Json.text(report))) {
            RunReport first = reportOf(report.header().pass());
            if (!first.equals(report)) {
                return first;
            }
        }
        replaceReport(report);
        return report;
    }

    /**
     * Makes a pass's report the run's report, if the invocation that wrote it died before doing so and no later pass
     * has ended.
     */
    public void completeReport(RunReport ofPass) {
        if (report().map(known -> known.header().pass()).orElse(-1)
                < ofPass.header().pass()) {
            replaceReport(ofPass);
        }
    }

    /**
     * Replaces only the report of an earlier pass: an invocation that was delayed must not overwrite the report of a
     * later one.
     */
    private void replaceReport(RunReport ofPass) {
        String text = Json.text(ofPass);
        if (ofPass.header().pass() == 0) {
            store.putIfAbsent(keys.report(), text);
            return;
        }
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredObject> known = store.get(keys.report());
            Version version = known.<Version>map(StoredObject::version).orElse(Version.NONE);
            if (known.filter(report -> isOfPass(report, ofPass.header().pass())).isPresent()
                    || store.putIfUnchanged(keys.report(), text, version).isPresent()) {
                return;
            }
        }
        throw new IllegalStateException(reportUri() + " was changed by others " + MAX_TRIES
                + " times while it was being replaced: run the execution again");
    }

    /** Whether a report is of this pass, or of one after it. */
    private boolean isOfPass(StoredObject report, int pass) {
        return Json.read(report.body(), RunReport.class, store.uriOf(keys.report()))
                        .header()
                        .pass()
                >= pass;
    }

    public Optional<RunReport> report() {
        return store.document(keys.report(), RunReport.class);
    }

    /** The report of one pass; empty if the pass has not ended. */
    public Optional<RunReport> report(int pass) {
        return store.document(keys.pass(pass).report(), RunReport.class);
    }

    /**
     * The report of a pass.
     *
     * @throws RunFolderException if the pass has not ended, or its report is gone
     */
    public RunReport reportOf(int pass) {
        return report(pass).orElseThrow(() -> missing(keys.pass(pass).report()));
    }

    /** The marker of a notification about the run, by its name within the run. */
    public NotificationMark notificationMark(String what) {
        return new NotificationMark(store, keys.notificationMark(what), what);
    }

    private RunFolderException missing(String key) {
        return RunFolderException.missing(store.uriOf(key));
    }

    RunKeys keys() {
        return keys;
    }
}
