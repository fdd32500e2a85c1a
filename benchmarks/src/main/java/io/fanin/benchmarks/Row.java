package io.fanin.benchmarks;

/**
 * One line of the answer.
 *
 * @param bound what it has to stay within; says so where there is none
 * @param isMet whether it did; true where there is no bound
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
