package io.fanin.benchmarks;

import io.fanin.fakes.ComputedKeys;
import io.fanin.fakes.ComputedPartitions;
import io.fanin.model.table.S3Location;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Consecutive hours, each a partition of year, month, day and hour with {@value #FILES} files. Nothing is stored:
 * answers of S3 and Glue are computed from an hour's index.
 *
 * @param table the folder of the partitions
 * @param first a whole hour; all years have four digits
 * @param count the number of hours
 */
record Hours(S3Location table, Naming naming, LocalDateTime first, int count) implements ComputedKeys {

    /** The number of objects of a partition. */
    static final int FILES = 100;

    private static final int OF_DAY = 24;

    private static final List<String> TWO_DIGITS =
            IntStream.range(0, 100).mapToObj("%02d"::formatted).toList();

    private static final String[] NAMES =
            IntStream.range(0, FILES).mapToObj("part-%05d.json"::formatted).toArray(String[]::new);

    Hours {
        if (!first.equals(first.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException(first + ": expected a whole hour");
        }
    }

    /** This number of hours before a time. */
    static Hours until(LocalDateTime end, S3Location table, Naming naming, int count) {
        return new Hours(table, naming, end.minusHours(count), count);
    }

    Hours followedBy(int more) {
        return new Hours(table, naming, first, count + more);
    }

    /** The names of the objects in any partition, in S3's order. */
    static List<String> names() {
        return List.of(NAMES);
    }

    LocalDateTime last() {
        return first.plusHours(count - 1L);
    }

    /** The values of the hour with this index. */
    List<String> values(int hour) {
        long sinceEpoch = first.toEpochSecond(ZoneOffset.UTC)
                        / ChronoUnit.HOURS.getDuration().toSeconds()
                + hour;
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(sinceEpoch, OF_DAY));
        return List.of(
                Integer.toString(day.getYear()),
                TWO_DIGITS.get(day.getMonthValue()),
                TWO_DIGITS.get(day.getDayOfMonth()),
                TWO_DIGITS.get(Math.floorMod(sinceEpoch, OF_DAY)));
    }

    String prefix(List<String> values) {
        return table.prefix() + naming.path(values);
    }

    @Override
    public Optional<String> ceiling(String name) {
        int hour = lastNotAfter(name);
        if (hour >= 0) {
            String prefix = prefix(hour);
            int file = name.startsWith(prefix) ? firstFileFrom(name.substring(prefix.length())) : FILES;
            if (file < FILES) {
                return Optional.of(prefix + NAMES[file]);
            }
        }
        return hour + 1 < count ? Optional.of(prefix(hour + 1) + NAMES[0]) : Optional.empty();
    }

    /** The same hours as a table's partitions, with the parameters of the partition with these values. */
    ComputedPartitions registered(Function<List<String>, Map<String, String>> parameters) {
        return new Registered(this, parameters);
    }

    private String prefix(int hour) {
        return prefix(values(hour));
    }

    /** The index of the last hour whose prefix does not sort after a name, or -1. */
    private int lastNotAfter(String name) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (prefix(middle).compareTo(name) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static int firstFileFrom(String name) {
        int found = Arrays.binarySearch(NAMES, name);
        return found >= 0 ? found : -found - 1;
    }

    private OptionalInt indexOf(List<String> values) {
        int hour = lastNotAfter(prefix(values));
        return hour >= 0 && values(hour).equals(values) ? OptionalInt.of(hour) : OptionalInt.empty();
    }

    private record Registered(Hours hours, Function<List<String>, Map<String, String>> ofEach)
            implements ComputedPartitions {

        @Override
        public Iterator<List<String>> all() {
            return from(0);
        }

        @Override
        public Iterator<List<String>> after(List<String> values) {
            return from(hours.lastNotAfter(hours.prefix(values)) + 1);
        }

        @Override
        public boolean contains(List<String> values) {
            return hours.indexOf(values).isPresent();
        }

        @Override
        public String location(List<String> values) {
            return hours.table.uriOf(hours.prefix(values));
        }

        @Override
        public Map<String, String> parameters(List<String> values) {
            return ofEach.apply(values);
        }

        private Iterator<List<String>> from(int hour) {
            return IntStream.range(hour, hours.count).mapToObj(hours::values).iterator();
        }
    }
}
