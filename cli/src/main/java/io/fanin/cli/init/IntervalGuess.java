package io.fanin.cli.init;

import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.Periods;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out whether the sampled partitions begin only once in several minutes, hours or months. Other partitions may
 * still differ.
 */
final class IntervalGuess {

    /** The number of different positions that are unlikely to agree by chance. */
    private static final int ENOUGH = 3;

    private IntervalGuess() {}

    /** The decision for a person; absent if partitions begin with each unit. */
    static Optional<Finding> of(KeyedLayout layout, List<List<String>> paths) {
        return new Periods(layout.keys())
                .unit()
                .flatMap(unit -> Periods.Length.place(unit)
                        .flatMap(place -> finding(unit, place.range(), places(place, layout, paths))));
    }

    /** The positions within the next coarser unit at which periods begin. */
    private static SortedSet<Integer> places(ChronoField place, KeyedLayout layout, List<List<String>> paths) {
        PartitionTime time = new PartitionTime(layout.keys());
        return paths.stream()
                .flatMap(path -> layout.valuesOf(path).stream())
                .flatMap(values -> time.of(values).stream())
                .map(begin -> begin.get(place))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Finding> finding(ChronoUnit unit, ValueRange range, SortedSet<Integer> seen) {
        String units = unit.toString().toLowerCase(Locale.ROOT);
        int first = (int) range.getMinimum();
        int all = (int) range.getMaximum() - first + 1;
        int interval = seen.stream().map(place -> place - first).reduce(all, IntervalGuess::gcd);
        boolean isLikely = seen.size() >= Math.min(ENOUGH, all / interval) && seen.size() > 1;
        return isLikely && interval > 1
                ? Optional.of(
                        Finding.decide("only the " + units + " " + listed(seen) + " were seen: if there is data every "
                                + interval + " " + units + " alone, state \"interval\": " + interval
                                + " of the key, or those between count as missing"))
                : Optional.empty();
    }

    private static String listed(SortedSet<Integer> seen) {
        return seen.stream().map("%02d"::formatted).collect(Collectors.joining(", "));
    }

    private static int gcd(int one, int other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
