package io.fanin.detector.detect;

import io.fanin.core.inbox.InboxContent;
import io.fanin.core.inbox.InboxContent.Delivered;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.detector.select.ClaimedEntries;
import io.fanin.model.partition.Partition;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
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
    private final Map<String, Instant> latest = new HashMap<>();

    InboxSettlement(InboxContent content) {
        this.entries = content.entries();
        entries.stream()
                .map(Delivered::entry)
                .forEach(entry -> entry.partitions().forEach(partition -> {
                    named.putIfAbsent(partition.prefix(), partition);
                    latest.merge(
                            partition.prefix(), entry.received(), (one, other) -> one.isAfter(other) ? one : other);
                }));
    }

    /** The prefixes that the entries name, each once, in the order of Java's strings. */
    List<String> prefixes() {
        return List.copyOf(named.keySet());
    }

    /** Whether an event has named a prefix after a time. */
    boolean isNamedAfter(String prefix, Instant time) {
        return latest.get(prefix).isAfter(time);
    }

    /**
     * The run takes over all entries. Partitions that have to wait are left in an entry of their own; an entry with
     * exactly these is kept instead, so that long waits take no writes.
     *
     * @param done prefixes whose partitions the run processes, need no further work, or are in the table's record
     */
    ClaimedEntries claim(Set<String> done) {
        Map<String, Partition> waiting = new TreeMap<>(named);
        waiting.keySet().removeAll(done);
        Optional<Delivered> saysJustThat = entries.stream()
                .filter(delivered -> !waiting.isEmpty() && prefixesOf(delivered).equals(waiting.keySet()))
                .findFirst();
        return new ClaimedEntries(
                entries.stream()
                        .filter(delivered ->
                                saysJustThat.filter(delivered::equals).isEmpty())
                        .map(Delivered::key)
                        .toList(),
                waiting.isEmpty() || saysJustThat.isPresent() ? Optional.empty() : Optional.of(left(waiting)));
    }

    private static Set<String> prefixesOf(Delivered delivered) {
        Set<String> prefixes = new TreeSet<>();
        delivered.entry().partitions().forEach(partition -> prefixes.add(partition.prefix()));
        return prefixes;
    }

    private InboxEntry left(Map<String, Partition> waiting) {
        InboxEntry last = entries.getLast().entry();
        Instant first = entries.stream()
                .filter(delivered -> prefixesOf(delivered).stream().anyMatch(waiting::containsKey))
                .map(delivered -> delivered.entry().received())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new InboxEntry(last.table(), last.spec(), first, List.copyOf(waiting.values()));
    }
}
