package io.fanin.tablecreator.events;

import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;

/** The kinds of events about runs. */
public enum Kind {
    /** The table is complete after the pass, and was not partial before. */
    COMPLETE("Table Complete", "complete"),
    /** The table is partial after the pass. */
    PARTIAL("Table Partial", "partial"),
    /** The table was partial before the pass, and is complete. */
    HEALED("Table Healed", "healed"),
    /** The execution has failed before it finished. */
    FAILED("Run Failed", "failed"),
    /** No table of a run of all tables is partial or has failed. */
    ALL_COMPLETE("All Tables Complete", "all-complete"),
    /** At least one table of a run of all tables is partial or has failed. */
    ALL_PARTIAL("All Tables Partial", "all-partial");

    private final String detailType;
    private final String word;

    Kind(String detailType, String word) {
        this.detailType = detailType;
        this.word = word;
    }

    static Kind of(RunReport report) {
        if (report.status() == TableStatus.PARTIAL) {
            return PARTIAL;
        }
        return report.details().healed() ? HEALED : COMPLETE;
    }

    /** The event's {@code detail-type}. */
    String detailType() {
        return detailType;
    }

    /** The name in ids and keys. */
    String word() {
        return word;
    }
}
