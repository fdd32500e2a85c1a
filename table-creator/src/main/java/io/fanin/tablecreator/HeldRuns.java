package io.fanin.tablecreator;

import io.fanin.core.record.TableRecords;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.metrics.HeldMetric;
import io.fanin.tablecreator.notices.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts held runs whose tables' notices have been sent. The alarm on failed executions subtracts them, so that it does
 * not repeat a notice. A run that is not counted, for whatever reason, raises the alarm.
 */
final class HeldRuns {

    private static final Logger LOG = LoggerFactory.getLogger(HeldRuns.class);

    private final TableRecords records;
    private final Notices notices;
    private final HeldMetric metric;

    HeldRuns(TableRecords records, Notices notices, HeldMetric metric) {
        this.records = records;
        this.notices = notices;
        this.metric = metric;
    }

    /**
     * Counts a run that is about to be held.
     *
     * @param report of the pass
     */
    void count(RunReport report) {
        if (!notices.hasListeners()) {
            return;
        }
        TableName table = TableName.of(report.header().table());
        try {
            if (!notices.haveBeenSent(records.read(table))) {
                return;
            }
        } catch (RuntimeException e) {
            LOG.warn("the held run could not be counted: its execution raises the alarm on failed executions", e);
            return;
        }
        metric.count(table, report.header().run());
    }
}
