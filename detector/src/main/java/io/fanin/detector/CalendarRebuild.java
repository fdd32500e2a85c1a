package io.fanin.detector;

import io.fanin.core.history.RegisteredPeriods;
import io.fanin.core.history.TableHistories;
import io.fanin.core.record.ProgressScope;
import io.fanin.detector.select.Detected;
import io.fanin.model.spec.ResolvedSpec;
import java.time.LocalDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds a table's calendar after all of its partitions in the catalog were read. It is only for display: if it
 * cannot be written, the run continues.
 */
record CalendarRebuild(TableHistories histories) {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarRebuild.class);

    void after(ResolvedSpec spec, Detected detected) {
        detected.registered().ifPresent(all -> rebuild(spec, detected, all));
    }

    private void rebuild(ResolvedSpec spec, Detected detected, RegisteredPeriods all) {
        try {
            ProgressScope scope = ProgressScope.of(spec, detected.report().tableCreated());
            LocalDateTime latest =
                    detected.report().horizon().map(LocalDateTime::parse).orElse(LocalDateTime.MAX);
            histories.updateCalendar(spec.tableName(), known -> all.rebuilt(known, scope, latest));
        } catch (RuntimeException e) {
            LOG.warn("the calendar of {} could not be rebuilt", spec.tableName(), e);
        }
    }
}
