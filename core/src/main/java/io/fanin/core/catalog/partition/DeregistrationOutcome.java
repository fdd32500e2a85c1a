package io.fanin.core.catalog.partition;

/** What became of one partition that was to be deregistered. */
public sealed interface DeregistrationOutcome {

    /** The catalog has it no longer: it was deleted, or was gone already. */
    record Deregistered() implements DeregistrationOutcome {}

    /** It was left, because a look just before said so. */
    record Kept(String why) implements DeregistrationOutcome {}

    /**
     * Glue has not deleted it.
     *
     * @param errorCode Glue's code, or {@link RegistrationOutcome.Refused#NOT_VERIFIED}
     * @param message what was wrong, for a person to read
     */
    record Refused(String errorCode, String message) implements DeregistrationOutcome {}
}
