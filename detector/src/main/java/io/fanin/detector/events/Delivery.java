package io.fanin.detector.events;

import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.inventory.DataObjects;
import io.fanin.detector.source.SourceMapping;
import io.fanin.model.layout.HiddenNames;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.UnforeseenError;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The result of a batch of messages for the tables of one index: the partitions of each table, each once, and the
 * outcome of each message. Not thread-safe.
 */
final class Delivery {

    private final TableIndex index;
    private final Map<TableName, NamedPartitions> named = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Map<DropReason, Dropped> dropped = new EnumMap<>(DropReason.class);
    private long objects;

    Delivery(TableIndex index) {
        this.index = index;
    }

    /** The partitions of a table in messages. */
    static final class NamedPartitions {

        private final IndexedTable.Listening table;
        private final SourceMapping mapping;
        private final TablePlaces places;
        private final Map<String, Partition> partitions = new TreeMap<>();
        private final Set<String> messages = new LinkedHashSet<>();

        /** Whether the table's keys can express the values of a prefix of the source. */
        private final Map<String, Boolean> taken = new HashMap<>();

        /** Whether a name does not fit the layout, or those keys. */
        private boolean differs;

        private NamedPartitions(IndexedTable.Listening table) {
            this.table = table;
            this.mapping = SourceMapping.of(table.spec());
            this.places = new TablePlaces(
                    mapping.location(),
                    mapping.layout(),
                    table.spec().detection().readiness().orElse(Readiness.ALWAYS),
                    table.spec().onEmpty(),
                    skip -> differs |= skip.reason() != SkipReason.HIDDEN);
        }

        TableName name() {
            return table.name();
        }

        int count() {
            return partitions.size();
        }

        /** The ids of the messages. */
        Set<String> messages() {
            return messages;
        }

        InboxEntry entry(Instant received) {
            return new InboxEntry(
                    name(),
                    table.specUri(),
                    received,
                    Optional.of(mapping.location().bucket()),
                    List.copyOf(partitions.values()));
        }

        private boolean takes(Partition partition) {
            return taken.computeIfAbsent(
                    partition.prefix(),
                    any -> mapping.taken(partition, skip -> differs = true).isPresent());
        }
    }

    /** Adds a message; an exception refuses this message only. */
    void add(String message, EventBody body) {
        try {
            take(message, body);
        } catch (RuntimeException | StackOverflowError e) {
            refuse(message, "it cannot be taken: " + UnforeseenError.shown(e));
        }
    }

    private void take(String message, EventBody body) {
        switch (body) {
            case EventBody.Touched(List<S3ObjectName> touched, List<S3ObjectName> expired) -> {
                touched.forEach(object -> add(message, object));
                expired.forEach(this::expire);
            }
            case EventBody.TestEvent test -> drop(DropReason.TEST_EVENT, "message " + message);
            case EventBody.Unreadable(String why) -> refuse(message, why);
        }
    }

    /**
     * Records the object's partition for each table that takes events and whose layout it fits, independently of other
     * tables. A broken table may be one that takes it, too: then it comes again.
     */
    private void add(String message, S3ObjectName object) {
        objects++;
        List<List<IndexedTable>> tables = index.at(object);
        if (tables.isEmpty() && !index.isComplete()) {
            refuse(message, "no known table has " + object + ", and not every spec or database can be read");
        } else if (tables.isEmpty()) {
            drop(DropReason.NO_TABLE, object.toString());
        }
        boolean isTaken = false;
        boolean isBroken = false;
        boolean listens = false;
        Optional<TableName> guessing = Optional.empty();
        for (List<IndexedTable> here : tables) {
            for (IndexedTable table : here) {
                switch (table) {
                    case IndexedTable.Listening listening -> {
                        listens = true;
                        if (guessing.isEmpty() && listening.guessesLayout()) {
                            guessing = Optional.of(listening.name());
                        }
                        isTaken |= record(listening, message, object);
                    }
                    case IndexedTable.OtherMode other -> {}
                    case IndexedTable.Broken(String name, String why) -> {
                        isBroken = true;
                        refuse(message, "the spec of " + name + " cannot be used: " + why);
                    }
                }
            }
        }
        if (tables.isEmpty() || isTaken || isBroken) {
            return;
        }
        if (!index.isComplete() && mayBeData(object)) {
            refuse(message, "no known table takes " + object + ", and not every spec or database can be read");
        } else if (guessing.isPresent() && mayBeData(object) && !HiddenNames.isAnyHidden(object.key())) {
            refuse(
                    message,
                    object + " is in no partition of " + guessing.get()
                            + " as Hive has them, and neither its spec nor the"
                            + " catalog states a layout: state it, or run the table once with list or full");
        } else {
            drop(listens ? DropReason.NO_PARTITION : DropReason.OTHER_MODE, object.toString());
        }
    }

    /** Whether a key may be data: not a temporary object of Spark, a marker of a folder, or a hidden name. */
    private static boolean mayBeData(S3ObjectName object) {
        String key = object.key();
        return !DataObjects.isFolderMarker(key) && !key.contains("/.") && !key.contains("/_temporary/");
    }

    private void expire(S3ObjectName object) {
        objects++;
        drop(DropReason.EXPIRED, object.toString());
    }

    /** Records the object's partition if it is in one of the table; returns whether it is. */
    private boolean record(IndexedTable.Listening table, String message, S3ObjectName object) {
        NamedPartitions ofTable = named.computeIfAbsent(table.name(), name -> new NamedPartitions(table));
        if (ofTable.places.of(object) instanceof Place.Inside(Partition partition) && ofTable.takes(partition)) {
            ofTable.partitions.putIfAbsent(partition.prefix(), partition);
            ofTable.messages.add(message);
            return true;
        }
        return false;
    }

    private void drop(DropReason reason, String what) {
        dropped.computeIfAbsent(reason, one -> new Dropped()).add(what);
    }

    /** Refuses a message: it is delivered again, and finally goes to the dead-letter queue. */
    void refuse(String message, String why) {
        refused.putIfAbsent(message, LogSafe.ofLines(why, DeliverySummary.TEXT));
    }

    /** This delivery; empty if tables that are newer than its index may change the outcome of a message. */
    Optional<Delivery> unlessNewerTablesMatter() {
        return mayDependOnNewerTables() ? Optional.empty() : Optional.of(this);
    }

    private boolean mayDependOnNewerTables() {
        return dropped.containsKey(DropReason.NO_TABLE)
                || dropped.containsKey(DropReason.OTHER_MODE)
                || named.values().stream().anyMatch(table -> table.differs)
                || !refused.isEmpty();
    }

    Collection<NamedPartitions> named() {
        return named.values().stream().filter(table -> table.count() > 0).toList();
    }

    /** The ids of the messages that are not done. */
    Set<String> refused() {
        return Set.copyOf(refused.keySet());
    }

    DeliverySummary summary(int messages) {
        Map<String, Integer> tables = new TreeMap<>();
        named().forEach(table -> tables.put(table.name().toString(), table.count()));
        return DeliverySummary.of(messages, objects, tables, dropped, refused);
    }
}
