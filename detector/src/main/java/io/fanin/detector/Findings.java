package io.fanin.detector;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.Reason;
import io.fanin.core.text.Utf8Order;
import io.fanin.detector.walk.SkipLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a walk has found, which several threads may add. Prefixes that mean the same values are a conflict: nobody can say which is right. */
final class Findings {

    private final ValueForms forms;
    private final SkipLog skips;
    private final Map<PartitionValues, List<Partition>> found = new HashMap<>();

    Findings(ValueForms forms, SkipLog skips) {
        this.forms = forms;
        this.skips = skips;
    }

    synchronized void add(Partition partition) {
        found.computeIfAbsent(forms.canonical(partition.values()), values -> new ArrayList<>(1))
                .add(partition);
    }

    /** How many partitions there are. */
    int count() {
        return found.size();
    }

    /** How many of them are registered. */
    long count(Predicate<PartitionValues> registered) {
        return found.values().stream()
                .filter(prefixes -> registered.test(prefixes.getFirst().values()))
                .count();
    }

    Stream<PartitionValues> values() {
        return found.values().stream().flatMap(List::stream).map(Partition::values);
    }

    /**
     * What is not registered, and what failed before and is not registered yet, whether S3 still shows it or not: an
     * operator has to know. A partition that failed keeps the form of its values, and is taken up where it lies now.
     */
    List<Candidate> candidates(Predicate<PartitionValues> registered, Collection<OutstandingFailure> outstanding) {
        Map<PartitionValues, Partition> failed = outstanding.stream()
                .map(OutstandingFailure::partition)
                .filter(partition -> !registered.test(partition.values()))
                .collect(Collectors.toMap(
                        partition -> forms.canonical(partition.values()),
                        partition -> partition,
                        (first, second) -> first,
                        LinkedHashMap::new));
        List<Candidate> candidates = new ArrayList<>();
        inOrder().forEach(prefixes -> {
            Partition partition = prefixes.getFirst();
            PartitionValues values = forms.canonical(partition.values());
            if (prefixes.size() > 1) {
                prefixes.forEach(prefix -> skips.add(conflict(prefix, prefixes)));
            } else if (failed.containsKey(values)) {
                candidates.add(
                        new Candidate(new Partition(failed.get(values).values(), partition.prefix()), Reason.RETRIED));
            } else if (!registered.test(partition.values())) {
                candidates.add(new Candidate(partition, Reason.NEW));
            }
        });
        failed.keySet().removeAll(found.keySet());
        failed.values().forEach(partition -> candidates.add(new Candidate(partition, Reason.RETRIED)));
        return candidates;
    }

    /** By their prefixes as S3 lists them, whichever order they were found in. */
    private Stream<List<Partition>> inOrder() {
        Comparator<Partition> byPrefix = Comparator.comparing(Partition::prefix, Utf8Order.INSTANCE);
        return found.values().stream()
                .map(prefixes -> prefixes.stream().sorted(byPrefix).toList())
                .sorted(Comparator.comparing(List::getFirst, byPrefix));
    }

    /** Whether something that failed before cannot be taken up again, because it lies at several prefixes now. */
    boolean hideAny(Collection<OutstandingFailure> outstanding, Predicate<PartitionValues> registered) {
        return outstanding.stream()
                .map(failure -> failure.partition().values())
                .filter(values -> !registered.test(values))
                .anyMatch(values ->
                        found.getOrDefault(forms.canonical(values), List.of()).size() > 1);
    }

    private static Skip conflict(Partition partition, List<Partition> all) {
        String other = all.getFirst().equals(partition)
                ? all.get(1).prefix()
                : all.getFirst().prefix();
        return new Skip(
                partition.prefix(),
                SkipReason.CONFLICT,
                "means the same values as " + other + (all.size() > 2 ? " and " + (all.size() - 2) + " more" : ""));
    }
}
