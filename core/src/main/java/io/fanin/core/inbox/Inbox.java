package io.fanin.core.inbox;

import io.fanin.core.parallel.Workers;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.InboxKeys;
import io.fanin.model.partition.Partition;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The inboxes of all tables in the state bucket: one object for each table and invocation of the object-events
 * function. Each entry has a key of its own, so a run deletes exactly the entries that it has taken over; later events
 * have other keys. Thread-safe.
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** The maximum number of entries that a run takes over, to bound its memory and time. */
    private static final int MAX_ENTRIES = 10_000;

    /** When so many partitions have been read, further entries are left to another run. */
    private static final int MAX_PARTITIONS = 100_000;

    /** The same for partitions that are named repeatedly, which take little memory each time. */
    private static final int MAX_NAMED = 5_000_000;

    /** A chunk of the largest entries takes a quarter of the detector's memory. */
    static final int MAX_PARTITIONS_OF_ENTRY = 10_000;

    private static final int PARALLEL = 16;

    /** The number of entries that are read before their partitions are counted. */
    private static final int CHUNK = 100;

    private final ObjectStore store;
    private final Workers workers;

    public Inbox(ObjectStore store, Workers workers) {
        this.store = store;
        this.workers = workers;
    }

    /**
     * Puts an entry, or several instead of a large one, into its table's inbox. When this returns, they are durable.
     */
    public void put(InboxEntry entry) {
        entry.inParts(MAX_PARTITIONS_OF_ENTRY).forEach(part -> {
            String key = StateKeys.inbox(part.table())
                    .entry(part.received(), UUID.randomUUID().toString());
            store.put(key, Json.text(part));
        });
    }

    /**
     * The tables whose inboxes are not empty, by name. Takes one request for all of them, and one more for each page
     * that they fill: the rest of the inbox in which a page ends is not listed.
     */
    public List<WaitingTable> waiting() {
        Map<TableName, String> newest = new LinkedHashMap<>();
        Iterator<List<String>> pages = store.keys(StateKeys.INBOXES, StateKeys.INBOXES);
        while (pages.hasNext()) {
            List<String> page = pages.next();
            page.forEach(key -> InboxKeys.findTable(key).ifPresent(table -> newest.put(table, key)));
            if (pages.hasNext() && !page.isEmpty()) {
                String last = page.getLast();
                pages = store.keys(
                        StateKeys.INBOXES, InboxKeys.findTable(last).isPresent() ? behindFolderOf(last) : last);
            }
        }
        return newest.entrySet().stream()
                .map(entry -> new WaitingTable(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Sorts after all keys of the same folder: 0 is the character after the slash. */
    private static String behindFolderOf(String key) {
        return key.substring(0, key.lastIndexOf('/')) + "0";
    }

    /**
     * Reads an entry.
     *
     * @return empty if it has been deleted
     * @throws UncheckedIOException if this version cannot read it
     */
    public Optional<InboxEntry> read(String key) {
        return store.document(key, InboxEntry.class).map(entry -> requireKnown(entry, key));
    }

    private InboxEntry requireKnown(InboxEntry entry, String key) {
        if (entry.version() != InboxEntry.VERSION) {
            throw new UncheckedIOException(new IOException(store.uriOf(key) + " has version " + entry.version()
                    + ", expected " + InboxEntry.VERSION + ": another version of the stack has written it"));
        }
        return entry;
    }

    /** Whether a table's inbox holds nothing, not even what this version cannot read. Usually takes one request. */
    public boolean isEmpty(TableName table) {
        String folder = StateKeys.inbox(table).folder();
        Iterator<List<String>> pages = store.keys(folder, folder);
        while (pages.hasNext()) {
            if (!pages.next().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The content of a table's inbox: one request for each 1,000 entries, and one for each entry. */
    public InboxContent of(TableName table) {
        List<String> keys = keys(table);
        List<InboxContent.Delivered> entries = new ArrayList<>();
        List<InboxContent.Unreadable> unreadable = new ArrayList<>();
        Map<Partition, Partition> distinct = new HashMap<>();
        long named = 0;
        try (ExecutorService readers = workers.open(PARALLEL)) {
            for (int from = 0;
                    from < keys.size() && distinct.size() < MAX_PARTITIONS && named < MAX_NAMED;
                    from += CHUNK) {
                Map<String, Future<Optional<InboxEntry>>> chunk = new LinkedHashMap<>();
                keys.subList(from, Math.min(from + CHUNK, keys.size()))
                        .forEach(key -> chunk.put(key, readers.submit(() -> read(key))));
                for (Map.Entry<String, Future<Optional<InboxEntry>>> one : chunk.entrySet()) {
                    try {
                        Optional<InboxEntry> read = Workers.await(one.getValue());
                        read.ifPresent(entry ->
                                entries.add(new InboxContent.Delivered(one.getKey(), sharing(distinct, entry))));
                        named += read.map(entry -> entry.partitions().size()).orElse(0);
                    } catch (UncheckedIOException e) {
                        unreadable.add(new InboxContent.Unreadable(store.uriOf(one.getKey()), e.getMessage()));
                    }
                }
            }
        }
        return new InboxContent(entries, unreadable);
    }

    /** The entry with the objects of partitions that others have named: a busy one is in each of very many entries. */
    private static InboxEntry sharing(Map<Partition, Partition> distinct, InboxEntry entry) {
        return entry.with(entry.partitions().stream()
                .map(one -> distinct.computeIfAbsent(one, first -> first))
                .toList());
    }

    private List<String> keys(TableName table) {
        List<String> keys = new ArrayList<>();
        String folder = StateKeys.inbox(table).folder();
        Iterator<List<String>> pages = store.keys(folder, folder);
        while (pages.hasNext() && keys.size() < MAX_ENTRIES) {
            pages.next().stream()
                    .filter(key -> InboxKeys.findTable(key).isPresent())
                    .forEach(keys::add);
        }
        return keys;
    }

    /** Deletes entries. Entries that cannot be deleted are logged, and the next run takes them over again. */
    public void delete(Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        try {
            Map<String, String> errors = store.delete(keys);
            errors.entrySet().stream()
                    .findFirst()
                    .ifPresent(first -> LOG.warn(
                            "{} could not be deleted, and will be taken over again: {}, for example: {}",
                            errors.size() == 1 ? "1 entry" : errors.size() + " entries",
                            store.uriOf(first.getKey()),
                            first.getValue()));
        } catch (SdkException e) {
            LOG.warn("entries of an inbox could not be deleted, and will be taken over again: {}", e.getMessage());
        }
    }
}
