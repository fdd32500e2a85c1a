package io.fanin.detector.inspect;

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

    record Waiting(String why) implements Verdict {}
}
