package io.fanin.model.run;

import java.util.List;

/** A number of partitions of one kind, with labels of the first of them. */
public record Tally(long count, List<PartitionLabel> sample) {

    /** The maximum number of labels. */
    public static final int SAMPLE = 100;

    public static final Tally NONE = new Tally(0, List.of());

    public Tally {
        sample = List.copyOf(sample);
    }
}
