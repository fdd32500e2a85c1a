package io.fanin.detector;

import io.fanin.core.history.RegisteredPeriods;
import io.fanin.core.history.TableHistories;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecords;
import java.time.LocalDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the findings of a detection that are only for display: if they cannot be written, the run continues. */
record ShownFindings(TableHistories histories, UnfitNamesUpdate unfit) {

    private static final Logger LOG = LoggerFactory.getLogger(ShownFindings.class);

    ShownFindings(TableHistories histories, TableRecords records) {
        this(histories, new UnfitNamesUpdate(records, histories));
    }

    void keep(RunWork found) {
        found.detected().registered().ifPresent(all -> rebuildCalendar(found, all));
        unfit.after(found);
    }

    /** Rebuilds the table's calendar after all of its partitions in the catalog were read. */
    private void rebuildCalendar(RunWork found, RegisteredPeriods all) {
        try {
            ProgressScope scope = ProgressScope.of(found.spec(), found.report().tableCreated());
            LocalDateTime latest = found.detected()
                    .report()
                    .horizon()
                    .map(LocalDateTime::parse)
                    .orElse(LocalDateTime.MAX);
            histories.updateCalendar(found.spec().tableName(), known -> all.rebuilt(known, scope, latest));
        } catch (RuntimeException e) {
            LOG.warn("the calendar of {} could not be rebuilt", found.spec().tableName(), e);
        }
    }
}
