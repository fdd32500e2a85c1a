package io.fanin.detector.select;

import io.fanin.core.catalog.partition.PartitionStorage;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.detector.sort.ExternalSorter;
import io.fanin.detector.sort.SpillFormat;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Utf8Order;
import java.io.Closeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Combines the partitions of S3 and of the catalog that have the same values. Both sides are sorted and then read side
 * by side, so that memory does not grow with the table. Several threads may add partitions.
 */
public final class ObservedPartitions implements Closeable {

    private static final int MAX_IN_MEMORY = 40_000;

    private static final Comparator<PartitionValues> ORDER = ObservedPartitions::compare;

    private final EquivalentValues forms;
    private final ExternalSorter<Seen<Partition>> prefixes;
    private final ExternalSorter<Seen<RegisteredPartition>> registered;
    private final ExternalSorter<Seen<Partition>> folders;
    private final boolean withFolders;

    /** For a table whose own folder is the source of its prefixes, or is not read. */
    public ObservedPartitions(EquivalentValues forms) {
        this(forms, false);
    }

    /** For a table whose own folder is read besides the one in which its data arrives. */
    public static ObservedPartitions withFolders(EquivalentValues forms) {
        return new ObservedPartitions(forms, true);
    }

    private ObservedPartitions(EquivalentValues forms, boolean withFolders) {
        this.forms = forms;
        this.prefixes = sorter(new PrefixFormat());
        this.folders = sorter(new PrefixFormat());
        this.withFolders = withFolders;
        this.registered = sorter(new RegisteredFormat());
    }

    private static <T> ExternalSorter<Seen<T>> sorter(SpillFormat<Seen<T>> format) {
        return new ExternalSorter<>(format, Comparator.comparing(Seen::canonical, ORDER), MAX_IN_MEMORY);
    }

    public void add(Partition partition) {
        prefixes.add(seen(partition));
    }

    /** Adds a prefix of the table's own folder, if its data arrives elsewhere. */
    public void addFolder(Partition partition) {
        folders.add(seen(partition));
    }

    private Seen<Partition> seen(Partition partition) {
        return new Seen<>(forms.canonical(partition.values()), partition);
    }

    public void add(RegisteredPartition partition) {
        registered.add(new Seen<>(forms.canonical(partition.values()), partition.asRunsLeftIt()));
    }

    /** Each partition once, in the order of its canonical values. */
    public Iterator<ObservedPartition> iterator() {
        return new Merge();
    }

    @Override
    public void close() {
        try (prefixes;
                registered) {
            folders.close();
        }
    }

    private static int compare(PartitionValues one, PartitionValues other) {
        List<String> a = one.values();
        List<String> b = other.values();
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int difference = Utf8Order.INSTANCE.compare(a.get(i), b.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** A partition of one of the two sides, with the form in which its values are compared. */
    private record Seen<T>(PartitionValues canonical, T what) {}

    private final class Merge implements Iterator<ObservedPartition> {

        private final Ahead<Partition> prefixes = new Ahead<>(ObservedPartitions.this.prefixes.iterator());
        private final Ahead<RegisteredPartition> registered =
                new Ahead<>(ObservedPartitions.this.registered.iterator());
        private final Ahead<Partition> folders = new Ahead<>(ObservedPartitions.this.folders.iterator());

        @Override
        public boolean hasNext() {
            return prefixes.peek().isPresent() || registered.peek().isPresent();
        }

        @Override
        public ObservedPartition next() {
            PartitionValues values = least();
            // A folder that is created or deleted during the listing may be reported twice.
            Map<String, Partition> byPrefix = new TreeMap<>(Utf8Order.INSTANCE);
            for (Optional<Partition> one = prefixes.take(values); one.isPresent(); one = prefixes.take(values)) {
                byPrefix.put(one.get().dataPrefix(), one.get());
            }
            List<RegisteredPartition> all = new ArrayList<>();
            for (Optional<RegisteredPartition> one = registered.take(values);
                    one.isPresent();
                    one = registered.take(values)) {
                all.add(one.get());
            }
            // Of several spellings, that of a run counts.
            Optional<RegisteredPartition> known = all.stream()
                    .filter(one -> one.run().isPresent())
                    .findFirst()
                    .or(() -> all.stream().findFirst());
            List<PartitionValues> others = all.stream()
                    .map(RegisteredPartition::values)
                    .filter(other ->
                            known.filter(one -> one.values().equals(other)).isEmpty())
                    .distinct()
                    .toList();
            Set<String> seen = byPrefix.keySet();
            boolean hasFolder = withFolders
                    ? folders.holds(values)
                    : known.map(one -> hasFolder(one, seen)).orElse(!seen.isEmpty());
            return new ObservedPartition(values, List.copyOf(byPrefix.values()), known, hasFolder, others);
        }

        /**
         * A run's own registration follows data that has moved to another prefix; that of another tool stays behind.
         */
        private static boolean hasFolder(RegisteredPartition known, Set<String> seen) {
            return known.location()
                    .flatMap(S3Location::find)
                    .filter(folder -> known.run().isEmpty())
                    .map(folder -> seen.stream().anyMatch(folder.prefix()::startsWith))
                    .orElse(!seen.isEmpty());
        }

        private PartitionValues least() {
            Optional<PartitionValues> one = prefixes.peek();
            Optional<PartitionValues> other = registered.peek();
            if (one.isPresent() && other.isPresent()) {
                return ORDER.compare(one.get(), other.get()) <= 0 ? one.get() : other.get();
            }
            return one.or(() -> other).orElseThrow(NoSuchElementException::new);
        }
    }

    /** A sorted side with a look-ahead of one. */
    private static final class Ahead<T> {

        private final Iterator<Seen<T>> rest;
        private Optional<Seen<T>> next = Optional.empty();

        Ahead(Iterator<Seen<T>> rest) {
            this.rest = rest;
            advance();
        }

        Optional<PartitionValues> peek() {
            return next.map(Seen::canonical);
        }

        /** The next element, if it has these values. */
        Optional<T> take(PartitionValues values) {
            Optional<T> taken =
                    next.filter(seen -> seen.canonical().equals(values)).map(Seen::what);
            if (taken.isPresent()) {
                advance();
            }
            return taken;
        }

        /** Whether the next element has these values; earlier ones are skipped. */
        boolean holds(PartitionValues values) {
            while (peek().filter(first -> ORDER.compare(first, values) < 0).isPresent()) {
                advance();
            }
            return peek().equals(Optional.of(values));
        }

        private void advance() {
            next = rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        }
    }

    private final class PrefixFormat implements SpillFormat<Seen<Partition>> {
        @Override
        public void write(Seen<Partition> seen, DataOutput out) throws IOException {
            BinaryCodec.write(seen.what(), out);
        }

        @Override
        public Seen<Partition> read(DataInput in) throws IOException {
            Partition partition = BinaryCodec.readPartition(in);
            return new Seen<>(forms.canonical(partition.values()), partition);
        }
    }

    private final class RegisteredFormat implements SpillFormat<Seen<RegisteredPartition>> {
        @Override
        public void write(Seen<RegisteredPartition> seen, DataOutput out) throws IOException {
            RegisteredPartition partition = seen.what();
            BinaryCodec.writeAll(partition.values().values(), out);
            BinaryCodec.writeAll(partition.location().stream().toList(), out);
            out.writeInt(partition.parameters().size());
            for (Map.Entry<String, String> parameter : partition.parameters().entrySet()) {
                BinaryCodec.write(parameter.getKey(), out);
                BinaryCodec.write(parameter.getValue(), out);
            }
        }

        @Override
        public Seen<RegisteredPartition> read(DataInput in) throws IOException {
            PartitionValues values = new PartitionValues(BinaryCodec.readAll(in));
            Optional<String> location = BinaryCodec.readAll(in).stream().findFirst();
            int size = in.readInt();
            Map<String, String> parameters = HashMap.newHashMap(size);
            for (int i = 0; i < size; i++) {
                String name = BinaryCodec.read(in);
                parameters.put(name, BinaryCodec.read(in));
            }
            return new Seen<>(
                    forms.canonical(values),
                    new RegisteredPartition(values, location, parameters, PartitionStorage.AS_TABLE));
        }
    }
}
