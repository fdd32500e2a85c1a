package io.fanin.model.run.detection;

/** The reasons for which a partition is processed. */
public enum Reason {
    /** It is in S3 and not in the catalog. */
    NEW,
    /** It is registered, and its objects have changed since. */
    LATE,
    /** It failed before, in this run or an earlier one, and is not registered yet. */
    RETRIED,
    /** It is registered, and was named to be processed again. */
    AGAIN,
    /** Another tool has registered it, and no run has looked at it. */
    UNVERIFIED
}
