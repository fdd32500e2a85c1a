package io.fanin.statemachine.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sums up histories. Thread-safe. */
final class Statistics {

    private final Map<FaultKind, Long> kinds = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> having = new EnumMap<>(FaultKind.class);
    private final Set<Long> badSeeds = new TreeSet<>();
    private Optional<History> smallestBad = Optional.empty();
    private long histories;
    private long lines;

    synchronized void add(History history) {
        histories++;
        lines += history.requests().length();
        history.requests().kinds().forEach((kind, count) -> {
            kinds.merge(kind, count, Long::sum);
            having.merge(kind, 1L, Long::sum);
        });
        if (!history.isGood()) {
            badSeeds.add(history.seed());
            if (smallestBad.filter(known -> known.seed() < history.seed()).isEmpty()) {
                smallestBad = Optional.of(history);
            }
        }
    }

    /** The bad history of the smallest seed. */
    synchronized Optional<History> smallestBad() {
        return smallestBad;
    }

    /** The share of histories that contained a kind of fault. */
    synchronized double share(FaultKind kind) {
        return (double) having.getOrDefault(kind, 0L) / histories;
    }

    /** The kinds of faults that were in the histories. */
    synchronized Set<FaultKind> seen() {
        return Set.copyOf(kinds.keySet());
    }

    @Override
    public synchronized String toString() {
        return "%d histories of %d steps on average, %d of them bad: %s%n%s"
                .formatted(
                        histories,
                        lines / Math.max(1, histories),
                        badSeeds.size(),
                        badSeeds,
                        kinds.entrySet().stream()
                                .map(kind -> "%9d  in %6d  %s"
                                        .formatted(kind.getValue(), having.get(kind.getKey()), kind.getKey()))
                                .collect(Collectors.joining(System.lineSeparator())));
    }
}
