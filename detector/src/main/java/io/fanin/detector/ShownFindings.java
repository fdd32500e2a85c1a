package io.fanin.detector;

import io.fanin.core.history.TableHistories;
import io.fanin.core.record.TableRecords;

/** Keeps what a detection found that is only shown to people: if it cannot be written, the run continues. */
record ShownFindings(CalendarRebuild calendars, UnfitNamesUpdate unfit) {

    ShownFindings(TableHistories histories, TableRecords records) {
        this(new CalendarRebuild(histories), new UnfitNamesUpdate(records, histories));
    }

    void keep(DetectionResult found) {
        calendars.after(found.spec(), found.detected());
        unfit.after(found);
    }
}
