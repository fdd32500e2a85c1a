package io.fanin.warehouse;

/**
 * The rule by which an hour is complete, as in the detection of a table spec.
 *
 * @param rule {@code marker}, {@code quietPeriod} or {@code age}
 */
record Readiness(String rule, String value) {

    /** An hour is complete when it contains this object, which the job writes last. */
    static final Readiness MARKER = new Readiness("marker", "_SUCCESS");

    /** An hour is complete when nothing in it has changed for this time. */
    static Readiness quietFor(int seconds) {
        return new Readiness("quietPeriod", period(seconds));
    }

    /** An hour is complete this long after it began. */
    static Readiness agedFor(int seconds) {
        return new Readiness("age", period(seconds));
    }

    private static String period(int seconds) {
        return "PT" + seconds + "S";
    }
}
