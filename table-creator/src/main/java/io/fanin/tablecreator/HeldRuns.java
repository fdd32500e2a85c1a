package io.fanin.tablecreator;

import io.fanin.core.record.TableRecords;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts held runs whose tables' notices have been sent. The alarm on failed executions subtracts them, so that it does
 * not repeat a notice. A run that is not counted, for whatever reason, raises the alarm.
 */
final class HeldRuns {

    private static final Logger LOG = LoggerFactory.getLogger(HeldRuns.class);

    /** The time in which the execution ends at the latest, once the gate has thrown. */
    private static final Duration ENDING = Duration.ofSeconds(3);

    private final TableRecords records;
    private final Notices notices;
    private final TableMetrics metrics;
    private final Clock clock;
    private final Sleeper sleeper;

    HeldRuns(TableRecords records, Notices notices, TableMetrics metrics, Clock clock, Sleeper sleeper) {
        this.records = records;
        this.notices = notices;
        this.metrics = metrics;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Counts a run that is about to be held. CloudWatch adds up by minutes, and compares this count with its own of
     * failed executions: so the call waits for the next minute if this one is nearly over.
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
        Instant now = clock.instant();
        Instant nextMinute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        if (now.plus(ENDING).isAfter(nextMinute)) {
            sleeper.sleep(Duration.between(now, nextMinute));
        }
        metrics.held(table, report.header().run());
    }
}
