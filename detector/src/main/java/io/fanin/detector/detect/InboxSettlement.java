package io.fanin.detector.detect;

import io.fanin.core.inbox.InboxContent;
import io.fanin.core.inbox.InboxContent.Delivered;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.detector.select.ClaimedEntries;
import io.fanin.model.partition.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides which entries of an inbox the run takes over, from the outcomes of their partitions. */
final class InboxSettlement {

    private final List<Delivered> entries;
    private final Map<String, Partition> named = new TreeMap<>();

    InboxSettlement(InboxContent content) {
        this.entries = content.entries();
        entries.forEach(delivered ->
                delivered.entry().partitions().forEach(partition -> named.putIfAbsent(partition.prefix(), partition)));
    }

    /** The prefixes that the entries name, each once, in the order of Java's strings. */
    List<String> prefixes() {
        return List.copyOf(named.keySet());
    }

    /**
     * The run takes over all entries. Partitions that have to wait are left in an entry of their own; an entry with
     * exactly these is kept instead, so that long waits take no writes. Of each entry that was received after a time, the
     * prefixes that do not fit the run's spec are left, or the entry is kept if it has no others.
     *
     * @param done prefixes whose partitions the run processes, need no further work, or are in the table's record
     * @param unfit prefixes that are no partitions of the table by the run's spec
     * @param since the time before which these are dropped
     */
    ClaimedEntries claim(Set<String> done, Set<String> unfit, Instant since) {
        Map<String, Partition> waiting = new TreeMap<>(named);
        waiting.keySet().removeAll(done);
        waiting.keySet().removeAll(unfit);
        Optional<Delivered> saysJustThat = entries.stream()
                .filter(delivered -> !waiting.isEmpty() && prefixesOf(delivered).equals(waiting.keySet()))
                .findFirst();
        List<InboxEntry> left = new ArrayList<>();
        if (!waiting.isEmpty() && saysJustThat.isEmpty()) {
            left.add(left(waiting));
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
                left.add(new InboxEntry(entry.table(), entry.spec(), entry.received(), kept));
            }
        }
        return new ClaimedEntries(taken, left);
    }

    private static Set<String> prefixesOf(Delivered delivered) {
        Set<String> prefixes = new TreeSet<>();
        delivered.entry().partitions().forEach(partition -> prefixes.add(partition.prefix()));
        return prefixes;
    }

    private InboxEntry left(Map<String, Partition> waiting) {
        InboxEntry latest = entries.getLast().entry();
        Instant first = entries.stream()
                .filter(delivered -> prefixesOf(delivered).stream().anyMatch(waiting::containsKey))
                .map(delivered -> delivered.entry().received())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new InboxEntry(latest.table(), latest.spec(), first, List.copyOf(waiting.values()));
    }
}
