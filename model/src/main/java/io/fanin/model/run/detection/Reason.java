package io.fanin.model.run.detection;

/** Why a partition is processed. */
public enum Reason {
    /** S3 has it and the catalog has not. */
    NEW,
    /** It is registered, and its objects are no longer those that were registered. */
    LATE,
    /** It failed before, in this run's past or another's, and is not registered yet. */
    RETRIED,
    /** It is registered, and was named to be processed again. */
    AGAIN
}
