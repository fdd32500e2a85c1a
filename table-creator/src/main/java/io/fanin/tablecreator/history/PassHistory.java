package io.fanin.tablecreator.history;

import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableName;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what people see after a pass. It comes after all that counts: what cannot be written is logged, and the pass ends as it
 * would have ended.
 */
public final class PassHistory {

    private static final Logger LOG = LoggerFactory.getLogger(PassHistory.class);

    private final TableHistories histories;
    private final Clock clock;

    public PassHistory(ObjectStore state, Clock clock) {
        this.histories = new TableHistories(state);
        this.clock = clock;
    }

    /** Writes what a pass has changed; the same pass once more changes nothing. */
    public void write(EndedPass pass) {
        TableName table = pass.spec().tableName();
        try {
            Instant ended = clock.instant();
            histories.updateCalendar(table, known -> known.after(pass.periods(ended)));
            RunEntry entry = RunEntry.of(pass.report(), ended, pass.processed());
            histories.updateHistory(
                    table, known -> known.after(pass.report(), entry, TableHistory.Subject.of(pass.spec())));
        } catch (RuntimeException e) {
            LOG.warn("the history of {} does not have run {}", table, pass.run().run(), e);
        }
    }
}
