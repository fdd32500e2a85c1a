package io.fanin.detector;

import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.Plan;
import io.fanin.core.run.Reason;
import io.fanin.core.text.Utf8Order;
import io.fanin.detector.spool.SortedSpool;
import io.fanin.detector.spool.SpoolFormat;
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
import java.util.Map;

/**
 * The partitions that have to be processed, each values once, in the order in which S3 lists the prefixes of their data.
 * However many there are, a bounded number is in memory.
 */
final class Candidates implements Closeable {

    /** How many are named for each reason. */
    static final int SAMPLE = 100;

    private static final int MAX_IN_MEMORY = 20_000;

    private final List<PartitionKey> keys;
    private final SortedSpool<Candidate> spool = new SortedSpool<>(
            new Format(),
            Comparator.comparing(candidate -> candidate.partition().dataPrefix(), Utf8Order.INSTANCE),
            MAX_IN_MEMORY);
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

    Candidates(List<PartitionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    static Candidates of(Collection<Candidate> all, List<PartitionKey> keys) {
        Candidates candidates = new Candidates(keys);
        all.forEach(candidates::add);
        return candidates;
    }

    void add(Candidate candidate) {
        counts.merge(candidate.reason(), 1L, Long::sum);
        spool.add(candidate);
    }

    int count() {
        return Math.toIntExact(spool.count());
    }

    /** In the reasons' own order: people compare what two runs print. */
    Map<Reason, Long> counts() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** The first of each reason. */
    List<Plan.Planned> sample() {
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

    Iterator<Partition> partitions() {
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

    private static final class Format implements SpoolFormat<Candidate> {
        @Override
        public void write(Candidate candidate, DataOutput out) throws IOException {
            out.writeUTF(candidate.reason().name());
            Texts.write(candidate.partition(), out);
        }

        @Override
        public Candidate read(DataInput in) throws IOException {
            Reason reason = Reason.valueOf(in.readUTF());
            return new Candidate(Texts.readPartition(in), reason);
        }
    }
}
