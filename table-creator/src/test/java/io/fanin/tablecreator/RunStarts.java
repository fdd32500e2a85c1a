package io.fanin.tablecreator;

import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts of runs: the detector's findings, and the partitions and inbox entries that it has taken over. */
final class RunStarts {

    private final RunFixture fixture;

    RunStarts(RunFixture fixture) {
        this.fixture = fixture;
    }

    /** A run that gives a partition up, which has nothing to process. */
    Pass waiving(RunId run, Partition partition) {
        Inventory inventory = new Inventory(1, 9, Optional.empty(), "held");
        return changingWaivers(
                run,
                new WaiverChange(
                        List.of(new Waiver(
                                partition,
                                "lost",
                                "ada",
                                Instant.parse("2013-03-01T00:00:00Z"),
                                RunFixture.UNTIL,
                                inventory)),
                        List.of()));
    }

    Pass changingWaivers(RunId run, WaiverChange change) {
        Pass pass = fixture.pass(run, 0);
        fixture.writeSpec(run, OnPartial.FAIL);
        ResolvedSpec spec = fixture.folder(run).spec();
        fixture.state.put(
                "runs/" + run + "/spec.json",
                Json.text(new RunStart(
                        spec,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(change),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of())));
        return pass;
    }

    /** The run processes the failures of an earlier one again, with its spec. */
    void redriving(RunId run, RunId earlier) {
        ResolvedSpec spec = fixture.folder(earlier).spec();
        fixture.state.put(
                "runs/" + run + "/spec.json",
                Json.text(RunStart.of(spec, DetectionReport.NONE, TakenEntries.NONE, WaiverChange.NONE)
                        .redriving(earlier)));
    }

    /**
     * The run's detector saw this, and has taken over these entries of the inbox, whatever the manifest said before.
     */
    void begin(RunId run, DetectionReport report, TakenEntries taken) {
        note(
                run,
                Map.of(
                        "detection",
                        fixture.folder(run).writeDetection(report, taken).token()));
    }

    /** The run's detector was the first to write the spec, saw this, and has the table's lease. */
    void beginLeased(RunId run, DetectionReport report) {
        ResolvedSpec spec = fixture.folder(run).spec();
        fixture.aws.s3().delete(RunFixture.STATE, "runs/" + run + "/spec.json");
        RunFolder folder = fixture.folder(run);
        folder.writeStart(RunStart.of(spec, report, TakenEntries.NONE, WaiverChange.NONE));
        Leases.Acquired lease = (Leases.Acquired)
                fixture.leases.acquire(RunFixture.FLIGHTS, RunFixture.execution(run, OptionalInt.of(0)));
        note(
                run,
                Map.of(
                        "detection",
                        folder.writeDetection(report, TakenEntries.NONE).token(),
                        "lease",
                        lease.version()));
    }

    private void note(RunId run, Map<String, String> notes) {
        String manifest = fixture.folder(run).manifestKey(0);
        fixture.aws
                .s3()
                .put(
                        RunFixture.STATE,
                        manifest,
                        fixture.aws.s3().text(RunFixture.STATE, manifest).orElseThrow(),
                        notes);
    }
}
