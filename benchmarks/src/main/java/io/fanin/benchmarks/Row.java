package io.fanin.benchmarks;

/**
 * One line of the result.
 *
 * @param bound as text, also if there is none
 * @param isMet whether the bound is met; true if there is none
 */
record Row(String work, String bound, String measured, boolean isMet) {

    static final String NO_BOUND = "none";

    static Row atMost(String work, long bound, long measured) {
        return new Row(work, "≤ " + bound, Long.toString(measured), measured <= bound);
    }

    static Row unbounded(String work, String measured) {
        return new Row(work, NO_BOUND, measured, true);
    }

    static Row failed(String work, String why) {
        return new Row(work, NO_BOUND, "failed: " + why, false);
    }
}
