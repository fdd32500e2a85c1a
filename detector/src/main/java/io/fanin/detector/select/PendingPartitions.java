package io.fanin.detector.select;

import io.fanin.detector.sort.ExternalSorter;
import io.fanin.detector.sort.SpillFormat;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import io.fanin.model.text.Utf8Order;
import java.io.Closeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The partitions to process, each values once, in the order in which S3 lists the prefixes of their data. A bounded
 * number of them is in memory.
 */
public final class PendingPartitions implements Closeable {

    /** The maximum number of named partitions for each reason. */
    static final int SAMPLE = 100;

    private static final int MAX_IN_MEMORY = 20_000;

    /** The maximum number in a run: the table-creator has 1.5 KB of its heap for each, and needs about 0.6. */
    public static final int MAX = 400_000;

    private final List<PartitionKey> keys;
    private final ExternalSorter<Candidate> spool = new ExternalSorter<>(
            new Format(),
            Comparator.comparing(candidate -> candidate.partition().dataPrefix(), Utf8Order.INSTANCE),
            MAX_IN_MEMORY);
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

    PendingPartitions(List<PartitionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    public static PendingPartitions of(Collection<Candidate> all, List<PartitionKey> keys) {
        PendingPartitions candidates = new PendingPartitions(keys);
        all.forEach(candidates::add);
        return candidates;
    }

    /** @throws SpecException if there are more than {@value #MAX} */
    void add(Candidate candidate) {
        if (spool.count() == MAX) {
            throw SpecException.at("$.detection", tooMany());
        }
        counts.merge(candidate.reason(), 1L, Long::sum);
        spool.add(candidate);
    }

    private String tooMany() {
        String advice = new PartitionTime(keys).hasTime()
                ? "process parts of the table first, with mode range, or a calendar of fewer periods"
                : "since the table has no time keys, register them with another tool first";
        return String.format(
                Locale.ROOT, "there are more than %,d partitions to process, the maximum of a run: %s", MAX, advice);
    }

    public int count() {
        return Math.toIntExact(spool.count());
    }

    /** The counts in a fixed order of the reasons, so that the output of two runs can be compared. */
    DetectionCounts.Pending pending() {
        return new DetectionCounts.Pending(Collections.unmodifiableMap(new EnumMap<>(counts)), sample());
    }

    /** The first partitions of each reason. */
    private List<Plan.Planned> sample() {
        Map<Reason, Integer> taken = new EnumMap<>(Reason.class);
        List<Plan.Planned> sample = new ArrayList<>();
        int wanted = counts.values().stream()
                .mapToInt(count -> (int) Math.min(count, SAMPLE))
                .sum();
        for (Iterator<Candidate> all = spool.iterator(); sample.size() < wanted; ) {
            Candidate candidate = all.next();
            if (taken.merge(candidate.reason(), 1, Integer::sum) <= SAMPLE) {
                sample.add(Plan.Planned.of(candidate, keys));
            }
        }
        return sample;
    }

    public Iterator<Partition> partitions() {
        Iterator<Candidate> all = spool.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Partition next() {
                return all.next().partition();
            }
        };
    }

    @Override
    public void close() {
        spool.close();
    }

    private static final class Format implements SpillFormat<Candidate> {
        @Override
        public void write(Candidate candidate, DataOutput out) throws IOException {
            out.writeUTF(candidate.reason().name());
            BinaryCodec.write(candidate.partition(), out);
        }

        @Override
        public Candidate read(DataInput in) throws IOException {
            Reason reason = Reason.valueOf(in.readUTF());
            return new Candidate(BinaryCodec.readPartition(in), reason);
        }
    }
}
