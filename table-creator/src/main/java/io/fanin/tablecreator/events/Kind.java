package io.fanin.tablecreator.events;

import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;

/** What there is to tell of a run. */
public enum Kind {
    /** A pass has left the table complete, as it was before or as it begins. */
    COMPLETE("Table Complete", "complete"),
    /** A pass has left the table partial. */
    PARTIAL("Table Partial", "partial"),
    /** The table was partial before the pass, and is complete. */
    HEALED("Table Healed", "healed"),
    /** The execution has ended before its work did. */
    FAILED("Run Failed", "failed");

    private final String detailType;
    private final String word;

    Kind(String detailType, String word) {
        this.detailType = detailType;
        this.word = word;
    }

    /** Of a pass that has come to its end. */
    static Kind of(RunReport report) {
        if (report.status() == TableStatus.PARTIAL) {
            return PARTIAL;
        }
        return report.healed() ? HEALED : COMPLETE;
    }

    /** The event's type, in EventBridge's words. */
    public String detailType() {
        return detailType;
    }

    /** In ids and keys. */
    String word() {
        return word;
    }
}
