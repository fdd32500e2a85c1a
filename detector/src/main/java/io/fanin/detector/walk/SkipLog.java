package io.fanin.detector.walk;

import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.text.Utf8Order;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts every name that is not a partition, and keeps the first ones of each reason by name, some of each level of the
 * folder, whatever the order in which they are added. Thread-safe.
 */
public final class SkipLog {

    /** The maximum number of names that are kept for each reason, so that many of one kind do not hide another. */
    public static final int SAMPLE = 20;

    private static final Comparator<Skip> BY_PREFIX =
            Comparator.comparing(Skip::prefix, Utf8Order.INSTANCE).thenComparing(Skip::detail);

    private final Map<SkipReason, Long> counts = new EnumMap<>(SkipReason.class);
    private final Map<SkipReason, SortedMap<Long, NavigableSet<Skip>>> first = new EnumMap<>(SkipReason.class);

    public synchronized void add(Skip skip) {
        counts.merge(skip.reason(), 1L, Long::sum);
        long depth = skip.prefix().chars().filter(one -> one == '/').count();
        NavigableSet<Skip> sample = first.computeIfAbsent(skip.reason(), reason -> new TreeMap<>())
                .computeIfAbsent(depth, level -> new TreeSet<>(BY_PREFIX));
        sample.add(skip);
        if (sample.size() > SAMPLE) {
            sample.pollLast();
        }
    }

    public synchronized DetectionCounts.Skips all() {
        return new DetectionCounts.Skips(new EnumMap<>(counts), sample());
    }

    /** The first names of each reason, in turns: a shorter sample of the sample contains every reason, too. */
    private List<Skip> sample() {
        return inTurns(first.values().stream()
                        .map(levels -> inTurns(levels.values().stream().map(List::copyOf))
                                .limit(SAMPLE)
                                .sorted(BY_PREFIX)
                                .toList()))
                .toList();
    }

    private static Stream<Skip> inTurns(Stream<List<Skip>> all) {
        List<List<Skip>> samples = all.toList();
        return IntStream.range(0, SAMPLE)
                .boxed()
                .flatMap(turn ->
                        samples.stream().filter(sample -> turn < sample.size()).map(sample -> sample.get(turn)));
    }
}
