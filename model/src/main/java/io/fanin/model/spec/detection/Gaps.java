package io.fanin.model.spec.detection;

import io.fanin.model.json.Label;

/** The treatment of periods without a prefix between the first partition and the newest. */
public enum Gaps implements Label {
    /** They are named in the report. */
    REPORT,
    /** They count as outstanding: the table is partial until they exist. */
    OUTSTANDING
}
