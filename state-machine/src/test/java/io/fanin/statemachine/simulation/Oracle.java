package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.fakes.Call;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Observes from outside, and checks after each effect the rules that hold despite any faults. Has a part for each
 * subject.
 */
final class Oracle {

    private static final Pattern RUN_FILE =
            Pattern.compile("state/runs/([^/]+)/(?:pass-(\\d+)/)?(results/|manifest|report|vanished-)\\w*\\.json");

    private static final Set<String> CATALOG_WRITES = Set.of(
            "CreateTable",
            "UpdateTable",
            "DeleteTable",
            "BatchCreatePartition",
            "BatchUpdatePartition",
            "UpdatePartition",
            "BatchDeletePartition",
            "DeletePartition");

    private final HistoryWorld world;
    private final ObservedState observed;
    private final Set<String> reported = new HashSet<>();
    private final TableGenerations generations = new TableGenerations();
    private final Owners owners;
    private final RecordOracle records;
    private final InboxOracle inbox;
    private final FailureOracle failures;
    private final RegistrationOracle registrations;
    private final FlagOracle flags;
    private final WaitingOracle waiting;
    private final CompletenessOracle completeness;
    private final ReportOracle reports;
    private final DeregistrationOracle deregistrations;
    private final HealedOracle healed;
    private final VerifiedOracle verified;
    private final ColumnOracle columns;
    private final VersionOracle versions;
    private final SupersededOracle superseded;

    Oracle(HistoryWorld world) {
        this.world = world;
        this.observed = new ObservedState(world);
        this.owners = new Owners(observed);
        this.records = new RecordOracle(observed);
        this.inbox = new InboxOracle(observed);
        this.failures = new FailureOracle(observed);
        this.registrations = new RegistrationOracle(observed, records.attempts(), failures);
        this.flags = new FlagOracle(observed, generations, registrations);
        this.waiting = new WaitingOracle(observed);
        this.completeness = new CompletenessOracle(observed);
        this.reports = new ReportOracle(observed);
        this.deregistrations = new DeregistrationOracle(observed, generations);
        this.columns = new ColumnOracle(observed);
        this.versions = new VersionOracle(observed);
        this.superseded = new SupersededOracle(observed, versions);
        this.healed = new HealedOracle(observed, versions);
        this.verified = new VerifiedOracle(observed);
    }

    /** The observations. */
    ObservedState observed() {
        return observed;
    }

    List<String> violations() {
        return observed.violations();
    }

    Attempts attempts() {
        return records.attempts();
    }

    VersionOracle versions() {
        return versions;
    }

    /** The last partition that runs know, possibly without data yet; absent if they know none. */
    Optional<Integer> lastKnown() {
        return Stream.concat(catalog().partitions().keySet().stream(), observed.outstanding().stream())
                .flatMap(values -> observed.number(values).stream())
                .max(Integer::compare);
    }

    CatalogView catalog() {
        return observed.catalog();
    }

    /** Changes the catalog as another tool. */
    void foreign(Runnable change) {
        change.run();
        CatalogView before = observed.look();
        CatalogView catalog = observed.catalog();
        generations.changed(before, catalog);
        if (before.hasTable() && !catalog.hasTable()) {
            observed.tableDropped();
        }
        if (before.hasTable() && !catalog.parameters().equals(before.parameters())) {
            flags.wipe();
            flags.foreign();
        }
        before.partitions().keySet().stream()
                .filter(values -> !catalog.partitions().containsKey(values))
                .forEach(observed::dropped);
        deregistrations.foreign(before);
    }

    /** Called when the table's record was removed. */
    void recordLost() {
        records.lost();
        failures.lost();
        flags.recordLost();
        completeness.recordLost();
    }

    /** Called after a request has had its effect, if any. */
    void observe(Call call) {
        if (call.target().startsWith("state/") && call.operation().startsWith("DeleteObject")) {
            inbox.entriesDeleted();
        } else if (call.target().startsWith("state/") && call.operation().equals("PutObject")) {
            written(call.target());
        } else if (call.target().endsWith("/" + RunFiles.LEASE)) {
            records.leaseRead();
        } else if (call.operation().equals("GetTable")) {
            world.invocation().ifPresent(generations::readBy);
            world.invocation()
                    .filter(one -> one.function() == Function.DETECTOR)
                    .ifPresent(one -> {
                        generations.seenBy(one, observed.catalog());
                        completeness.looks(one);
                        columns.seenBy(one);
                    });
        } else if (call.operation().equals("BatchGetPartition")) {
            world.invocation().ifPresent(observed::looked);
        } else if (CATALOG_WRITES.contains(call.operation())) {
            CatalogView before = observed.look();
            if (!observed.catalog().equals(before)) {
                catalogWritten(before);
            }
        }
        versions.observe(call);
        superseded.observe(call);
        deregistrations.observe(call);
        world.invocation().ifPresent(generations::answered);
    }

    private void written(String target) {
        Matcher file = RUN_FILE.matcher(target);
        if (target.startsWith("state/inbox/")) {
            inbox.entryWritten();
        } else if (target.endsWith("/" + RunFiles.LEASE)) {
            records.leaseWritten();
        } else if (target.endsWith("/" + RunFiles.RECORD)) {
            records.recordWritten();
            failures.recordWritten();
            deregistrations.recordWritten();
        } else if (file.matches()) {
            runFileWritten(file.group(1), file.group(2), file.group(3), target);
        }
    }

    private void runFileWritten(String run, String pass, String kind, String target) {
        switch (kind) {
            case "results/" -> registrations.resultWritten(run, Integer.parseInt(pass), target);
            case "vanished-" -> deregistrations.listed(run, target);
            case "manifest" -> manifestWritten(run, Integer.parseInt(pass));
            default -> {
                if (pass != null
                        && reported.add(target)
                        && world.invocation().orElseThrow().wasAlone()) {
                    completeness.passEnded(run);
                    reports.passEnded(run, Integer.parseInt(pass), flags.isWiped());
                    deregistrations.passEnded(run, Integer.parseInt(pass));
                }
            }
        }
    }

    private void manifestWritten(String run, int pass) {
        if (pass > 0) {
            owners.resumed(run);
            return;
        }
        owners.begun(run);
        if (!run.startsWith(CompetingTable.RUNS)) {
            generations.decidedBy(world.invocation().orElseThrow());
            healed.planned(run);
            registrations.planned(run);
            flags.detected(run);
            waiting.detected(run);
            completeness.detected(run);
        }
    }

    private void catalogWritten(CatalogView before) {
        CatalogView catalog = observed.catalog();
        generations.changed(before, catalog);
        if (!before.parameters().equals(catalog.parameters())) {
            world.invocation().ifPresent(flags::requireTableOf);
        }
        if (before.hasTable()) {
            observed.require(catalog.hasTable(), "the table was dropped");
            world.invocation()
                    .filter(one -> !generations.isUnreadBy(one))
                    .ifPresent(one -> columns.changed(one, before));
        }
        before.partitions().keySet().stream()
                .filter(values -> !observed.isRegistered(values))
                .forEach(deregistrations::deregistered);
        catalog.partitions().forEach((values, partition) -> {
            if (!partition.equals(before.partitions().get(values))) {
                requireLeft(values, before.partitions().get(values), partition);
                observed.registered(values);
                generations.registered(values);
                registrations.registered(values, partition);
                verified.registered(before.partitions().get(values));
            }
        });
        flags.changed(before);
        waiting.changed(before);
        completeness.changed(before);
        versions.switched(before);
    }

    /** Requires that readers keep the rows that another tool keeps at another location. */
    private void requireLeft(List<String> values, JsonNode before, JsonNode now) {
        boolean isOfAnotherTool = before != null && LakeArchive.holds(CatalogView.location(before));
        observed.require(
                !isOfAnotherTool || CatalogView.location(now).equals(CatalogView.location(before)),
                values + " was moved from where another tool has it to " + CatalogView.location(now));
    }

    void executionEnded(SimulatedExecution execution) {
        reports.executionEnded(execution);
    }

    /** Called after an undisturbed run has processed all events. */
    void requireNothingForgotten() {
        inbox.requireNothingForgotten();
    }

    /** Called after an undisturbed run that looked for vanished data. */
    void requireSwept(SimulatedExecution sweep) {
        deregistrations.requireSwept(sweep);
    }

    /** Called after an undisturbed run that made partitions, a day after all others. */
    void requireVersionsRemoved() {
        superseded.requireRemoved();
    }

    /** Requires that partitions left unverified by an undisturbed run are counted. */
    void requireCounted(Optional<SimulatedExecution> last) {
        verified.requireCounted(last);
    }

    /** Requires that undisturbed runs have left nothing unverified. */
    void requireVerified() {
        verified.requireVerified();
    }

    /** Called when a partition's data has followed its table. */
    void dataFollowed(int partition) {
        healed.dataFollowed(partition);
    }

    /** Called when the table's former location is empty. */
    void oldPlaceEmptied() {
        healed.oldPlaceEmptied();
    }

    /** Requires, after an undisturbed run, or if none was needed, that everything is as if there had been no faults. */
    void requireHealed(Optional<SimulatedExecution> last, SimulatedSpecs.Last kind) {
        healed.requireHealed(last, kind);
        last.filter(any -> kind == SimulatedSpecs.Last.EVERYTHING).ifPresent(deregistrations::requireSwept);
    }
}
