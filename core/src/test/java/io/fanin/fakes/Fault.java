package io.fanin.fakes;

/** The fault of one call. A fault before the effect prevents it, one after it makes the outcome ambiguous. */
public sealed interface Fault {

    /** The service answers with an error; the SDK derives its typed exception from {@code code}. */
    record Fail(int status, String code, String message) implements Fault {}

    /** The connection is reset, and it remains unknown whether the effect took place. */
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
