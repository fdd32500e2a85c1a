package io.fanin.detector;

import io.fanin.core.history.TableHistories;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in a table's record and in its history, which pages show, which names do not fit its layout, after the table was listed: a
 * run that finds nothing else to do leaves no other trace of them.
 */
record UnfitNamesUpdate(TableRecords records, TableHistories histories) {

    private static final Logger LOG = LoggerFactory.getLogger(UnfitNamesUpdate.class);

    /** Costs requests only where the names have changed. */
    void after(DetectionResult found) {
        Optional<UnfitNames> now = UnfitNames.of(found.detected().report().counts());
        if (found.spec().detectionOrDefault().seesWholeTable()
                && !found.record().unfit().equals(now)) {
            write(found.spec().tableName(), now);
        }
    }

    private void write(TableName table, Optional<UnfitNames> now) {
        now.ifPresent(names -> LOG.warn("{}: {}", table, names.textWithAdvice()));
        try {
            records.update(table, record -> record.withUnfit(now));
            histories.updateHistory(table, history -> history.withUnfit(now));
        } catch (RuntimeException e) {
            LOG.warn("the names of {} that do not fit its layout could not be recorded", table, e);
        }
    }
}
