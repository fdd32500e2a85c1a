package io.fanin.fakes;

/** What goes wrong with one call. Before its effect the effect does not happen, after it the outcome is ambiguous. */
public sealed interface Fault {

    /** The service answers with an error; {@code code} is what the SDK makes its typed exception of. */
    record Fail(int status, String code, String message) implements Fault {}

    /** The connection is reset, and nobody says whether the effect took place. */
    record Drop() implements Fault {}

    /** The answer does not come in time; thrown at once, without waiting. */
    record TimeOut() implements Fault {}

    /** The answer's body ends in its middle. Only after the effect. */
    record Truncate() implements Fault {}

    /** The answer has no body at all. Only after the effect. */
    record Empty() implements Fault {}

    /** S3's throttling. */
    static Fail slowDown() {
        return new Fail(503, "SlowDown", "Please reduce your request rate.");
    }

    /** Glue's throttling. */
    static Fail throttling() {
        return new Fail(400, "ThrottlingException", "Rate exceeded");
    }

    /** Glue's internal error, as a whole answer or as a batch entry's. */
    static Fail internalService() {
        return new Fail(500, "InternalServiceException", "Internal service error");
    }

    static Fail accessDenied() {
        return new Fail(403, "AccessDenied", "Access Denied");
    }
}
