package io.fanin.benchmarks.measure;

/**
 * One line of the result.
 *
 * @param bound as text, also if there is none
 * @param isMet whether the bound is met; true if there is none
 */
public record Row(String work, String bound, String measured, boolean isMet) {

    public static final String NO_BOUND = "none";

    public static Row atMost(String work, long bound, long measured) {
        return new Row(work, "≤ " + bound, Long.toString(measured), measured <= bound);
    }

    public static Row unbounded(String work, String measured) {
        return new Row(work, NO_BOUND, measured, true);
    }

    public static Row failed(String work, String why) {
        return new Row(work, NO_BOUND, "failed: " + why, false);
    }
}
