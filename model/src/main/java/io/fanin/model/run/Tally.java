package io.fanin.model.run;

import java.util.List;

/** How many partitions of a kind there are, and the first of them by name. */
public record Tally(long count, List<PartitionLabel> sample) {

    /** How many are named. */
    public static final int SAMPLE = 100;

    public static final Tally NONE = new Tally(0, List.of());

    public Tally {
        sample = List.copyOf(sample);
    }
}
