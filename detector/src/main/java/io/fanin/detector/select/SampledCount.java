package io.fanin.detector.select;

import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.Tally;
import java.util.ArrayList;
import java.util.List;

/** Counts partitions of a kind, and keeps the first of them by name. */
final class SampledCount {

    private final List<PartitionLabel> sample = new ArrayList<>();
    private long count;

    void add(PartitionLabel partition) {
        count++;
        if (sample.size() < Tally.SAMPLE) {
            sample.add(partition);
        }
    }

    Tally tally() {
        return new Tally(count, sample);
    }
}
