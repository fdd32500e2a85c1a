package io.fanin.detector.inspect;

/** The result of looking into a partition. */
public sealed interface Verdict {

    record Ready() implements Verdict {}

    /** Its objects are those that are registered. */
    record Unchanged() implements Verdict {}

    /**
     * It is not a partition yet: nothing has been written into it, or no data, where the spec ignores empty
     * partitions.
     */
    record Empty(String why) implements Verdict {}

    /** Nothing lies in it any more. */
    record Gone() implements Verdict {}

    /**
     * It is registered at another prefix, which still holds objects: it is unknown which is right.
     *
     * @param prefix the other
     */
    record LiesElsewhere(String prefix) implements Verdict {}

    record Waiting(String why) implements Verdict {}
}
