package io.fanin.detector.inspect;

import io.fanin.model.text.Counted;

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
     * Some of the raw data is gone that a partition was made from long ago, as if it had expired: what was made of it
     * stays.
     *
     * @param then the number of its objects when it was made
     * @param now their number
     */
    record RawDataGone(long then, long now) implements Verdict {

        /** What people are told. */
        public String why() {
            return "was made from " + Counted.of(then, "object") + ", of which " + now + (now == 1 ? " is" : " are")
                    + " left: it stays as it was made; name it to have it made from these";
        }
    }

    record Waiting(String why) implements Verdict {}
}
