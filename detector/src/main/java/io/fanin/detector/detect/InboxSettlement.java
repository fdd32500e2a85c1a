package io.fanin.detector.detect;

import io.fanin.core.inbox.InboxContent;
import io.fanin.core.inbox.InboxContent.Delivered;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.detector.select.ClaimedEntries;
import io.fanin.model.partition.Partition;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides which entries of an inbox the run takes over, from the outcomes of their partitions. */
final class InboxSettlement {

    private final List<Delivered> entries;
    private final List<Delivered> elsewhere;
    private final Map<String, Partition> named = new TreeMap<>();

    /** @param bucket in which the run looks for the table's data */
    InboxSettlement(InboxContent content, String bucket) {
        Map<Boolean, List<Delivered>> byPlace = content.entries().stream()
                .collect(Collectors.partitioningBy(one -> one.entry()
                        .bucket()
                        .filter(other -> !other.equals(bucket))
                        .isPresent()));
        this.entries = byPlace.get(false);
        this.elsewhere = byPlace.get(true);
        entries.forEach(delivered ->
                delivered.entry().partitions().forEach(partition -> named.putIfAbsent(partition.prefix(), partition)));
    }

    /** The prefixes that the entries name, each once, in the order of Java's strings. */
    List<String> prefixes() {
        return List.copyOf(named.keySet());
    }

    /** The URIs of prefixes in other buckets than the run's, as where the table has moved. */
    List<String> elsewhere() {
        return elsewhere.stream()
                .map(Delivered::entry)
                .flatMap(entry -> entry.partitions().stream()
                        .map(one -> new S3Location(entry.bucket().orElseThrow(), one.prefix()).uri()))
                .distinct()
                .toList();
    }

    /**
     * The run takes over all entries. Partitions that have to wait are left in an entry of their own; if only one entry
     * names them, and nothing else, that is kept instead, so that long waits take no writes. If several name one, none
     * of them stands for the others: an earlier run may have taken it over, and delete it. Of each entry that was
     * received after a time, the prefixes that do not fit the run's spec are left, or the entry is kept if it has no
     * others, as one of another bucket.
     *
     * @param done prefixes whose partitions the run processes, need no further work, or are in the table's record
     * @param unfit prefixes that are no partitions of the table by the run's spec
     * @param since the time before which these are dropped
     */
    ClaimedEntries claim(Set<String> done, Set<String> unfit, Instant since) {
        Map<String, Partition> waiting = new TreeMap<>(named);
        waiting.keySet().removeAll(done);
        waiting.keySet().removeAll(unfit);
        List<Delivered> naming = entries.stream()
                .filter(delivered -> prefixesOf(delivered).stream().anyMatch(waiting::containsKey))
                .toList();
        Optional<Delivered> saysJustThat = naming.stream()
                .filter(delivered -> naming.size() == 1 && prefixesOf(delivered).equals(waiting.keySet()))
                .findFirst();
        List<InboxEntry> left = new ArrayList<>();
        if (!waiting.isEmpty() && saysJustThat.isEmpty()) {
            left.add(left(waiting, naming));
        }
        List<String> taken = new ArrayList<>();
        for (Delivered delivered : entries) {
            InboxEntry entry = delivered.entry();
            List<Partition> kept = entry.received().isAfter(since)
                    ? entry.partitions().stream()
                            .filter(partition -> unfit.contains(partition.prefix()))
                            .toList()
                    : List.of();
            boolean isKept = kept.size() == entry.partitions().size() && !kept.isEmpty();
            if (isKept || saysJustThat.filter(delivered::equals).isPresent()) {
                continue;
            }
            taken.add(delivered.key());
            if (!kept.isEmpty()) {
                left.add(entry.with(kept));
            }
        }
        elsewhere.stream()
                .filter(delivered -> !delivered.entry().received().isAfter(since))
                .map(Delivered::key)
                .forEach(taken::add);
        return new ClaimedEntries(taken, left);
    }

    private static Set<String> prefixesOf(Delivered delivered) {
        Set<String> prefixes = new TreeSet<>();
        delivered.entry().partitions().forEach(partition -> prefixes.add(partition.prefix()));
        return prefixes;
    }

    /** An entry of what waits, as old as the last news of it. */
    private InboxEntry left(Map<String, Partition> waiting, List<Delivered> naming) {
        InboxEntry latest = entries.getLast().entry();
        InboxEntry last = naming.stream()
                .map(Delivered::entry)
                .max(Comparator.comparing(InboxEntry::received))
                .orElseThrow();
        return new InboxEntry(
                latest.table(), latest.spec(), last.received(), last.bucket(), List.copyOf(waiting.values()));
    }
}
