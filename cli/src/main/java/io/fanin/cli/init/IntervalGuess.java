package io.fanin.cli.init;

import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.layout.Layout;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.Periods;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the partitions that were seen begin once in several minutes, hours or months. A sample does not tell whether all
 * do.
 */
final class IntervalGuess {

    /** So many different ones do not agree by chance. */
    private static final int ENOUGH = 3;

    private IntervalGuess() {}

    /** What a person has to decide; empty for partitions that begin with each unit. */
    static Optional<Finding> of(KeyedLayout layout, List<List<String>> paths) {
        return new Periods(layout.keys()).unit().flatMap(unit -> of(unit, begins(layout, paths)));
    }

    private static Optional<Finding> of(ChronoUnit unit, List<LocalDateTime> begins) {
        return switch (unit) {
            case MINUTES -> finding("minutes", 60, 0, places(begins.stream().map(LocalDateTime::getMinute)));
            case HOURS -> finding("hours", 24, 0, places(begins.stream().map(LocalDateTime::getHour)));
            case MONTHS -> finding("months", 12, 1, places(begins.stream().map(LocalDateTime::getMonthValue)));
            default -> Optional.empty();
        };
    }

    private static SortedSet<Integer> places(Stream<Integer> all) {
        return all.collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Finding> finding(String units, int all, int first, SortedSet<Integer> seen) {
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

    private static List<LocalDateTime> begins(KeyedLayout layout, List<List<String>> paths) {
        Layout parser = layout.layout();
        PartitionTime time = new PartitionTime(layout.keys());
        return paths.stream()
                .filter(path -> path.size() >= parser.depth())
                .map(path -> parser.parse(path.subList(0, parser.depth())))
                .flatMap(parsed ->
                        parsed instanceof Layout.Parsed.Values(var values) ? time.of(values).stream() : Stream.empty())
                .toList();
    }
}
