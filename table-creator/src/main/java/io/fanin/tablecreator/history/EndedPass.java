package io.fanin.tablecreator.history;

import io.fanin.core.history.PassPeriods;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A pass whose report is written.
 *
 * @param record of the table, after the pass
 * @param processed partitions that the pass has processed
 * @param detection the run's findings; empty if they have expired
 */
public record EndedPass(
        RunFolder run,
        ResolvedSpec spec,
        RunReport report,
        TableRecord record,
        long processed,
        Changes changes,
        Optional<DetectionReport> detection) {

    /** The partitions that a pass has registered and deregistered. */
    public record Changes(List<PassPeriods.Registered> registered, Collection<PartitionValues> gone) {}

    /**
     * Whether the table's calendar is about what the pass has changed: a redriven run may have an earlier spec, and
     * would begin a new calendar, and the next scan another.
     */
    boolean changesCalendar() {
        boolean isRedriven = report.header().pass() > 0 || run.redriveOf().isPresent();
        return !isRedriven || record.progress().basis().isEmpty() || record.isAbout(scope());
    }

    private ProgressScope scope() {
        return ProgressScope.of(spec, report.details().tableCreated());
    }

    /** Whether the run's execution now waits for a redrive. */
    boolean isHeld() {
        return run.start().filter(start -> start.holds(report)).isPresent();
    }

    /** Its changes to the table's calendar. */
    PassPeriods periods(Instant ended) {
        int pass = report.header().pass();
        return new PassPeriods(
                run.run(),
                pass,
                ended,
                scope(),
                spec.definition().keys(),
                changes.registered(),
                changes.gone(),
                detection
                        .filter(any -> pass == 0)
                        .map(seen -> spec.detection().seesWholeTable() ? seen : seen.ofNoWindow()));
    }
}
