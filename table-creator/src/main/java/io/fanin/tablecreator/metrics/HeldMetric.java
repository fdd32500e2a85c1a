package io.fanin.tablecreator.metrics;

import io.fanin.core.retry.Sleeper;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The count of held runs. CloudWatch adds up by minutes, and compares this count with its own of failed executions: so
 * a call waits for the next minute if this one is nearly over.
 */
public record HeldMetric(TableMetrics metrics, Clock clock, Sleeper sleeper) {

    /** The time in which the execution ends at the latest, once its function has thrown. */
    private static final Duration ENDING = Duration.ofSeconds(3);

    /** Counts a run that is about to be held, and whose table's notices have been sent. */
    public void count(TableName table, RunId run) {
        awaitMinuteOfEnd();
        metrics.held(table, run);
    }

    /** Counts a run of all tables that is about to fail because tables are partial, and for nothing else. */
    public void countAllTables(RunId run) {
        awaitMinuteOfEnd();
        metrics.allTablesHeld(run);
    }

    private void awaitMinuteOfEnd() {
        Instant now = clock.instant();
        Instant nextMinute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        if (now.plus(ENDING).isAfter(nextMinute)) {
            sleeper.sleep(Duration.between(now, nextMinute));
        }
    }
}
