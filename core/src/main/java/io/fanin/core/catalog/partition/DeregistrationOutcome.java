package io.fanin.core.catalog.partition;

/** The outcome of deregistering one partition. */
public sealed interface DeregistrationOutcome {

    /** The partition is not in the catalog: it was deleted, now or before. */
    record Deregistered() implements DeregistrationOutcome {}

    /**
     * It was kept, because the last check before the deletion required it.
     *
     * @param isBack whether there is data again, or a new registration; otherwise nobody knows
     */
    record Kept(String why, boolean isBack) implements DeregistrationOutcome {}

    /**
     * Glue did not delete it.
     *
     * @param errorCode Glue's code, or the word of {@link io.fanin.model.failure.FailureCode#NOT_VERIFIED}
     * @param message the problem, for people
     */
    record Refused(String errorCode, String message) implements DeregistrationOutcome {}
}
