package io.fanin.model.run.detection;

import java.util.List;

/**
 * The periods without a prefix between the first and the newest partition that were seen.
 *
 * @param count of periods
 * @param sample the first unbroken stretches of them
 */
public record MissingPeriods(long count, List<Stretch> sample) {

    /** The maximum number of stretches in the sample. */
    public static final int SAMPLE = 100;

    public static final MissingPeriods NONE = new MissingPeriods(0, List.of());

    public MissingPeriods {
        sample = List.copyOf(sample);
    }

    /**
     * A stretch of consecutive periods.
     *
     * @param first when the first of them begins, in the table's own time
     * @param last when the last of them begins
     */
    public record Stretch(String first, String last, long count) {

        /** The first and the last period, for a person to read. */
        public String text() {
            return count == 1 ? first : first + " to " + last;
        }
    }
}
