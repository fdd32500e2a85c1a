package io.fanin.warehouse;

/**
 * When an hour is complete, as the detection of a table spec has it.
 *
 * @param rule {@code marker}, {@code quietPeriod} or {@code age}
 */
record Readiness(String rule, String value) {

    /** The job writes this object last. */
    static final Readiness MARKER = new Readiness("marker", "_SUCCESS");

    /** Nothing in the hour has changed for this time. */
    static Readiness quietFor(int seconds) {
        return new Readiness("quietPeriod", period(seconds));
    }

    /** The hour began before this time. */
    static Readiness agedFor(int seconds) {
        return new Readiness("age", period(seconds));
    }

    private static String period(int seconds) {
        return "PT" + seconds + "S";
    }
}
