package io.fanin.detector;

import io.fanin.core.history.TableHistories;
import io.fanin.core.record.TableRecords;

/** Keeps the findings of a detection that are only for display: if they cannot be written, the run continues. */
record ShownFindings(CalendarRebuild calendars, UnfitNamesUpdate unfit) {

    ShownFindings(TableHistories histories, TableRecords records) {
        this(new CalendarRebuild(histories), new UnfitNamesUpdate(records, histories));
    }

    void keep(DetectionResult found) {
        calendars.after(found.spec(), found.detected());
        unfit.after(found);
    }
}
