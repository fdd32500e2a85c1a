package io.fanin.tablecreator.notices;

import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.NotificationMark;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.metrics.HeldMetric;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts held runs whose tables' notices have been sent. The alarm on failed executions subtracts them, so that it does
 * not repeat a notice. A run that is not counted, for whatever reason, raises the alarm.
 */
public final class HeldRuns {

    private static final Logger LOG = LoggerFactory.getLogger(HeldRuns.class);

    private final TableRecords records;
    private final Notices notices;
    private final HeldMetric metric;

    public HeldRuns(TableRecords records, Notices notices, HeldMetric metric) {
        this.records = records;
        this.notices = notices;
        this.metric = metric;
    }

    /**
     * Counts a run that is about to be held.
     *
     * @param report of the pass
     */
    public void count(RunReport report) {
        TableName table = report.header().table();
        if (isKnown(table, notices::haveBeenSent)) {
            metric.count(table, report.header().run());
        }
    }

    /**
     * Counts a run of all tables that is about to fail because tables are partial, and for nothing else: once, since
     * the alarm would subtract it from another failure, too. Takes a request for each table, until one is found whose
     * notice has not been sent.
     *
     * @param counted the mark of an invocation that has counted this failure
     */
    public void countAllTables(RunId run, Collection<TableName> partial, NotificationMark counted) {
        boolean areKnown = partial.stream().allMatch(table -> isKnown(table, notices::haveBeenSentButReminders));
        if (areKnown && isCertain(counted::setFirst)) {
            metric.countAllTables(run);
        }
    }

    private boolean isKnown(TableName table, Predicate<TableRecord> haveBeenSent) {
        return isCertain(() -> notices.hasListeners() && haveBeenSent.test(records.read(table)));
    }

    private static boolean isCertain(BooleanSupplier fact) {
        try {
            return fact.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("the held run could not be counted: its execution raises the alarm on failed executions", e);
            return false;
        }
    }
}
