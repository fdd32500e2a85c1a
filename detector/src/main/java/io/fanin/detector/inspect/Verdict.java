package io.fanin.detector.inspect;

import java.time.Instant;

/** The result of inspecting a partition: whether it is processed, waits, or stays as it is. */
public sealed interface Verdict {

    record Ready() implements Verdict {}

    /** Its objects have not changed since it was registered. */
    record Unchanged() implements Verdict {}

    /** It was registered before it had data, and has none yet: readers see nothing of its period. */
    record StillEmpty() implements Verdict {}

    /** It stays registered outside of the table's location, where its data still is. */
    record StaysOutside() implements Verdict {}

    /** It is not a partition yet: only its folder is there. */
    record NotBegun() implements Verdict {}

    /** It is not a partition: what was written is no data, and the spec ignores empty partitions. */
    record Empty() implements Verdict {}

    /** Its prefix no longer contains any object. */
    record Gone() implements Verdict {}

    /**
     * It is registered at another prefix, which still contains objects: it is unknown which is right.
     *
     * @param prefix the other one
     */
    record LiesElsewhere(String prefix) implements Verdict {}

    /**
     * Some of the raw data of which it was made was to expire before now: made from what is there, it would lose rows.
     *
     * @param oldest when the oldest object of that raw data was last modified
     * @param days after which a lifecycle rule deletes objects
     */
    record Expired(Instant oldest, long days) implements Verdict {}

    record Waiting(String why) implements Verdict {}
}
