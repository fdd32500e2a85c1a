package io.fanin.detector.queue;

import io.fanin.core.layout.Layout;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.Partition;
import io.fanin.core.queue.QueuedMessage;
import io.fanin.core.run.detection.TakenMessages;
import io.fanin.core.table.S3Location;
import io.fanin.core.text.LogSafe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the messages of a queue say of one table: the partitions that they touch, each once, and what has to become of each
 * message. Of a message only its receipt handle is kept. Not thread-safe.
 */
public final class QueueMessages {

    private final TablePlaces places;
    private final Consumer<Skip> skips;
    private final Map<String, Partition> touched = new TreeMap<>();
    private final Map<Set<String>, List<String>> waiting = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    /**
     * @param location of the table's files
     * @param marker the object that says that a partition is ready, where the table has one: the only hidden name that
     *     touches a partition
     * @param skips gets what is no partition's, and messages that are none of the table's
     */
    public QueueMessages(S3Location location, Layout layout, Optional<String> marker, Consumer<Skip> skips) {
        this.places = new TablePlaces(location, layout, marker, skips);
        this.skips = skips;
    }

    /** Takes a message in. One that was given twice counts twice: each of its receipt handles may be the one that deletes it. */
    public void add(QueuedMessage message) {
        switch (S3Events.read(message.body())) {
            case EventBody.Touched body -> add(message, body.objects());
            case EventBody.TestEvent test -> done.add(message.receiptHandle());
            case EventBody.Unreadable(String why) -> {
                others.add(message.receiptHandle());
                skips.accept(new Skip("message " + message.id(), SkipReason.UNREADABLE, why));
            }
        }
    }

    private void add(QueuedMessage message, List<S3ObjectName> objects) {
        Set<String> prefixes = new TreeSet<>();
        boolean foreign = false;
        for (S3ObjectName object : objects) {
            switch (places.of(object)) {
                case Place.Inside(Partition partition) -> {
                    touched.putIfAbsent(partition.prefix(), partition);
                    prefixes.add(partition.prefix());
                }
                case Place.Nowhere nowhere -> {}
                case Place.Elsewhere elsewhere -> {
                    foreign = true;
                    skips.accept(new Skip(
                            LogSafe.of(object.toString()),
                            SkipReason.FOREIGN,
                            "lies outside of the table; its message stays in the queue"));
                }
            }
        }
        if (foreign) {
            others.add(message.receiptHandle());
        } else if (prefixes.isEmpty()) {
            done.add(message.receiptHandle());
        } else {
            waiting.computeIfAbsent(prefixes, key -> new ArrayList<>()).add(message.receiptHandle());
        }
    }

    /** The partitions that messages touch, by their prefixes in the order of Java's strings, each prefix once. */
    public Collection<Partition> touched() {
        return List.copyOf(touched.values());
    }

    /** The receipt handles of all messages. */
    public List<String> receiptHandles() {
        return Stream.concat(Stream.of(done, others), waiting.values().stream())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * What becomes of the messages when detection has ended.
     *
     * @param queueUrl of the queue that they were taken from
     * @param processed whether the partition at a prefix is processed by this run
     * @param settled whether the partition at a prefix needs no processing: it is registered as it is
     */
    public Fates fates(String queueUrl, Predicate<String> processed, Predicate<String> settled) {
        List<String> deletable = new ArrayList<>(done);
        List<TakenMessages.Group> groups = new ArrayList<>();
        waiting.forEach((prefixes, handles) -> {
            List<String> left =
                    prefixes.stream().filter(prefix -> !settled.test(prefix)).toList();
            if (left.isEmpty()) {
                deletable.addAll(handles);
            } else if (left.stream().allMatch(processed)) {
                groups.add(new TakenMessages.Group(left, handles));
            }
        });
        return new Fates(deletable, others, new TakenMessages(TakenMessages.VERSION, queueUrl, groups));
    }

    /**
     * What becomes of messages. Those that are in none of the three wait for a partition that is not ready, or that nobody can
     * process: they come back when their time is over.
     *
     * @param done receipt handles of messages that have nothing to wait for
     * @param others receipt handles of messages that are not the table's, or that nobody understands
     * @param taken the messages that wait for partitions which the run processes
     */
    public record Fates(List<String> done, List<String> others, TakenMessages taken) {
        public Fates {
            done = List.copyOf(done);
            others = List.copyOf(others);
        }
    }
}
