package io.fanin.cli.init;

import io.fanin.cli.init.Amount.Precision;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.client.GlueCatalog.PartitionSample;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table's registered partitions: all of them, or the first pages of a table that has more. */
final class RegisteredSample {

    /** The maximum number of requests that list partitions, up to 1,000 each. */
    private static final int MAX_PAGES = 3;

    /** The maximum number of partitions that are requested by name if the table has more. */
    private static final int MAX_NAMED = 1000;

    private final GlueCatalog catalog;
    private final CatalogTable table;
    private final PartitionSample sample;

    private RegisteredSample(GlueCatalog catalog, CatalogTable table, PartitionSample sample) {
        this.catalog = catalog;
        this.table = table;
        this.sample = sample;
    }

    static RegisteredSample of(GlueCatalog catalog, CatalogTable table) {
        return new RegisteredSample(catalog, table, catalog.samplePartitions(table.name(), MAX_PAGES));
    }

    List<RegisteredPartition> partitions() {
        return sample.partitions();
    }

    /** A comparison of registered and existing partitions. */
    record Comparison(Amount unregistered, Amount registered, Amount gone, Amount elsewhere) {}

    Comparison compared(PartitionCounts counts, FolderSample folders, List<PartitionKey> keys) {
        List<Place> places =
                partitions().stream().map(one -> place(one, folders)).toList();
        long gone = places.stream().filter(Place.GONE::equals).count();
        long elsewhere = places.stream().filter(Place.ELSEWHERE::equals).count();
        boolean isWhole = sample.isWhole();
        return new Comparison(
                unregistered(counts, keys, gone + elsewhere),
                Amount.counted(partitions().size(), isWhole),
                Amount.counted(gone, isWhole && !places.contains(Place.UNKNOWN)),
                Amount.counted(elsewhere, isWhole));
    }

    private enum Place {
        THERE,
        GONE,
        ELSEWHERE,
        UNKNOWN
    }

    private static Place place(RegisteredPartition partition, FolderSample folders) {
        Optional<List<String>> path = LayoutChoice.pathOf(folders.root(), partition);
        if (path.isEmpty()) {
            return Place.ELSEWHERE;
        }
        for (int level = 0; level < path.get().size(); level++) {
            Optional<SampledFolder> above = folders.at(path.get().subList(0, level));
            if (above.isEmpty()) {
                return Place.UNKNOWN;
            }
            String name = path.get().get(level);
            if (!above.get().folders().contains(name)) {
                return above.get().isWhole() ? Place.GONE : Place.UNKNOWN;
            }
        }
        return Place.THERE;
    }

    /**
     * The partitions that exist and are not registered.
     *
     * @param absent the number of registered partitions that are known not to exist there
     */
    private Amount unregistered(PartitionCounts counts, List<PartitionKey> keys, long absent) {
        List<PartitionValues> seen = withoutConflicts(counts.seen(), keys);
        List<PartitionValues> asked = sample.isWhole() ? seen : outermost(seen);
        Set<PartitionValues> known = known(keys, asked);
        EquivalentValues forms = new EquivalentValues(keys);
        long missing = asked.stream()
                .filter(values -> !known.contains(forms.canonical(values)))
                .count();
        boolean isCounted = counts.found().isExact() && asked.size() == seen.size();
        if (isCounted) {
            return Amount.exactly(missing);
        }
        if (counts.found().precision() == Precision.AT_LEAST) {
            // The newest come last, and are those that were not listed.
            return new Amount(missing, Precision.AT_LEAST);
        }
        if (sample.isWhole()) {
            long rest = counts.found().count() - (partitions().size() - absent);
            return new Amount(Math.max(missing, rest), Precision.ABOUT);
        }
        long share = asked.isEmpty()
                ? 0
                : Math.round((double) missing / asked.size() * counts.found().count());
        return new Amount(share, Precision.ABOUT);
    }

    private Set<PartitionValues> known(List<PartitionKey> keys, List<PartitionValues> asked) {
        EquivalentValues forms = new EquivalentValues(keys);
        List<RegisteredPartition> registered = sample.isWhole()
                ? partitions()
                : List.copyOf(catalog.find(table, keys, asked).values());
        return registered.stream().map(one -> forms.canonical(one.values())).collect(Collectors.toSet());
    }

    /** Two prefixes with the same values are in conflict: neither is processed. */
    private static List<PartitionValues> withoutConflicts(List<PartitionValues> seen, List<PartitionKey> keys) {
        EquivalentValues forms = new EquivalentValues(keys);
        Map<PartitionValues, Long> times =
                seen.stream().collect(Collectors.groupingBy(forms::canonical, Collectors.counting()));
        return seen.stream()
                .filter(values -> times.get(forms.canonical(values)) == 1)
                .toList();
    }

    private static List<PartitionValues> outermost(List<PartitionValues> values) {
        return IntStream.range(0, values.size())
                .filter(i -> i < MAX_NAMED / 2 || i >= values.size() - MAX_NAMED / 2)
                .mapToObj(values::get)
                .toList();
    }
}
