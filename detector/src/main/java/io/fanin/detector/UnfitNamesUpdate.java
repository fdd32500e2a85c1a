package io.fanin.detector;

import io.fanin.core.history.TableHistories;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the names that do not fit a table's layout to its record and its history, which pages show, after the table
 * was listed: a run with nothing else to do does not report them otherwise.
 */
record UnfitNamesUpdate(TableRecords records, TableHistories histories) {

    private static final Logger LOG = LoggerFactory.getLogger(UnfitNamesUpdate.class);

    /** Takes requests only if the names have changed. */
    void after(RunWork found) {
        if (isDue(found)) {
            write(found);
        }
    }

    /** Whether the names differ from those in the record. */
    static boolean isDue(RunWork found) {
        return found.detected().hasLooked()
                && found.spec().detection().seesWholeTable()
                && !found.record().unfit().equals(now(found));
    }

    /** A window shows no names elsewhere: those stay until the whole table is listed. */
    private static Optional<UnfitNames> now(RunWork found) {
        boolean noneFits = NothingFits.in(found).isPresent();
        DetectionReport report = found.detected().report();
        Optional<UnfitNames> seen = UnfitNames.of(report.counts()).map(names -> names.ofTable(noneFits));
        return report.from().isEmpty()
                ? seen.map(UnfitNames::ofWholeTable)
                : found.record().unfit().flatMap(UnfitNames::afterWindow).or(() -> seen);
    }

    private void write(RunWork found) {
        TableName table = found.spec().tableName();
        Optional<UnfitNames> now = now(found);
        now.ifPresent(names -> LOG.warn("{}: {}", table, names.textWithAdvice()));
        try {
            TableRecord updated =
                    records.update(table, record -> now.map(record::withUnfit).orElseGet(record::withoutUnfit));
            histories.updateHistory(table, history -> history.withUnfitOf(updated));
        } catch (RuntimeException e) {
            LOG.warn("the names of {} that do not fit its layout could not be recorded", table, e);
        }
    }
}
