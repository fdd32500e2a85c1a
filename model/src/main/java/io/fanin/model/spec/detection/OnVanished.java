package io.fanin.model.spec.detection;

import io.fanin.model.json.Label;

/** The treatment of registered partitions whose prefixes are now empty. */
public enum OnVanished implements Label {
    /** They are counted and named. */
    REPORT,
    /** They are not searched for. */
    IGNORE,
    /** They are deleted from the catalog if a run of this stack has registered them. */
    DEREGISTER
}
