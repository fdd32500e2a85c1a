package io.fanin.cli.init;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.layout.LayoutCandidates;
import io.fanin.model.layout.TimeFormats;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table's layout and the formats of its keys, chosen by the names in its folder and by the locations of its
 * registered partitions.
 *
 * @param layout empty if none fits
 * @param findings the reasons for the layout
 */
record LayoutChoice(Optional<KeyedLayout> layout, List<Finding> findings) {

    private static final int MAX_EXAMPLES = 3;
    private static final Pattern NAMED_LEVEL = Pattern.compile("([^=$]+)=\\$\\{([^}]+)}");

    /** A registered partition, and its path below the table's location. */
    private record Located(PartitionValues values, List<String> path) {

        String shown() {
            return values.values() + " at " + String.join("/", path) + "/";
        }
    }

    /**
     * Chooses the layout of a table that does not declare one.
     *
     * @param keys the table's
     */
    static LayoutChoice of(List<PartitionKey> keys, FolderSample sample, List<RegisteredPartition> registered) {
        List<Located> located = located(sample.root(), registered);
        List<List<String>> names = sample.paths(FolderSampler::usual);
        if (names.isEmpty() && located.isEmpty()) {
            return new LayoutChoice(
                    Optional.of(new KeyedLayout(TableDefinition.HIVE_LAYOUT, keys)),
                    List.of(Finding.guess("layout hive, the default: nothing lies below " + sample.root()
                            + ", and no partition is registered there")));
        }
        List<KeyedLayout> candidates = Stream.of(names, usualPaths(located))
                .filter(paths -> !paths.isEmpty())
                .flatMap(paths -> LayoutCandidates.of(keys, paths).stream().map(layout -> timed(layout, paths)))
                .distinct()
                .toList();
        if (candidates.isEmpty()) {
            return new LayoutChoice(
                    Optional.empty(),
                    List.of(Finding.decide("no layout of the keys "
                            + keys.stream().map(PartitionKey::name).toList() + " fits the names below " + sample.root()
                            + ", such as "
                            + String.join("/", names.isEmpty() ? located.getFirst().path : names.getFirst())
                            + "/: correct the location, or create the table again with a key for each level")));
        }
        KeyedLayout best = candidates.stream()
                .max(Comparator.comparingLong(layout -> placed(layout, located)))
                .orElseThrow();
        return 2 * placed(best, located) > located.size()
                ? ofMost(best, located, registered)
                : guessed(candidates, located);
    }

    /** The layout of most registered partitions. */
    private static LayoutChoice ofMost(
            KeyedLayout layout, List<Located> located, List<RegisteredPartition> registered) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.certain("layout " + layout.name() + ": it is that of "
                + Counted.of(placed(layout, located), "registered partition")));
        EquivalentValues forms = new EquivalentValues(layout.keys());
        Set<PartitionValues> known =
                registered.stream().map(one -> forms.canonical(one.values())).collect(Collectors.toSet());
        Map<Misplaced, List<Located>> misplaced = located.stream()
                .filter(one -> !layout.places(one.values(), one.path()))
                .collect(
                        Collectors.groupingBy(one -> misplaced(layout, one, known), TreeMap::new, Collectors.toList()));
        misplaced.forEach((how, ones) -> findings.add(finding(how, ones, located.size())));
        return new LayoutChoice(Optional.of(layout), findings);
    }

    /** A run's treatment of a partition whose location does not match its values. */
    private enum Misplaced {
        /** The run leaves the folder out: registered with the values of its path, its rows would appear twice. */
        LEFT_OUT,
        /**
         * The run also registers the folder with the values of its path: the partition is a second name for the same
         * data.
         */
        ALIAS,
        /** The run ignores it: the path has no values, or the partition with these values is registered. */
        LEFT
    }

    /** @param known the values of all registered partitions */
    private static Misplaced misplaced(KeyedLayout layout, Located one, Set<PartitionValues> known) {
        PartitionTime time = new PartitionTime(layout.keys());
        return layout.valuesOf(one.path())
                .map(new EquivalentValues(layout.keys())::canonical)
                .filter(read -> !known.contains(read))
                .map(read -> time.isAlias(one.values(), read) ? Misplaced.ALIAS : Misplaced.LEFT_OUT)
                .orElse(Misplaced.LEFT);
    }

    private static Finding finding(Misplaced how, List<Located> ones, int all) {
        String some = "of " + all + " registered partitions " + ones.size();
        String example = ", such as " + ones.getFirst().shown() + ": ";
        return switch (how) {
            case LEFT_OUT ->
                Finding.decide(some + " have other values than this layout reads from their locations" + example
                        + "registered by these, too, readers would have their rows twice, so runs leave such folders"
                        + " out, and fail if most are such; correct the layout, or delete the partitions");
            case ALIAS ->
                Finding.guess(some + " have values that are no time" + example
                        + "they stay as they are, and runs also register their folders by the times in their names:"
                        + " queries that read both have the rows twice");
            case LEFT ->
                Finding.guess(some + " lie elsewhere than their values say" + example + "they stay as they are");
        };
    }

    private static LayoutChoice guessed(List<KeyedLayout> candidates, List<Located> located) {
        KeyedLayout first = candidates.getFirst();
        List<Finding> findings = new ArrayList<>();
        findings.add(
                first.isHive()
                        ? Finding.certain("layout hive: the names of the folders are those of the keys")
                        : Finding.guess(
                                "layout " + first.name() + ": all names that were listed fit it" + others(candidates)));
        foreignName(first).ifPresent(findings::add);
        located.stream()
                .filter(one -> !first.places(one.values(), one.path()))
                .findFirst()
                .ifPresent(other -> findings.add(Finding.decide((located.size() - placed(first, located)) + " of "
                        + located.size()
                        + " registered partitions have other values than this layout reads from their locations, such as "
                        + other.shown()
                        + ": runs leave such folders out, and fail if most are such; correct the layout, or delete the"
                        + " partitions")));
        return new LayoutChoice(Optional.of(first), findings);
    }

    /**
     * A finding for a folder level that is named differently from its key. A level of a key that is a time may have any
     * name but that of another key.
     */
    private static Optional<Finding> foreignName(KeyedLayout layout) {
        return Arrays.stream(layout.name().split("/", -1))
                .map(NAMED_LEVEL::matcher)
                .filter(Matcher::matches)
                .flatMap(level -> layout.keys().stream()
                        .filter(key -> key.name().equals(level.group(2)))
                        .filter(key ->
                                !key.canonicalName().equals(level.group(1).toLowerCase(Locale.ROOT)))
                        .filter(key -> !PartitionTime.isTime(key) || isNameOfAKey(layout, level.group(1)))
                        .map(key -> Finding.decide("the folders " + level.group() + ": does the key " + key.name()
                                + " hold what they call " + level.group(1)
                                + "? Then say so with this layout; otherwise correct the table's location or keys")))
                .findFirst();
    }

    private static boolean isNameOfAKey(KeyedLayout layout, String name) {
        return layout.keys().stream().anyMatch(key -> key.canonicalName().equals(name.toLowerCase(Locale.ROOT)));
    }

    private static String others(List<KeyedLayout> candidates) {
        return candidates.size() == 1
                ? ""
                : ", and so they do " + candidates.get(1).name() + formats(candidates.get(1));
    }

    private static String formats(KeyedLayout layout) {
        String formats = layout.keys().stream()
                .flatMap(key -> key.format().map(format -> key.name() + " in the format " + format).stream())
                .collect(Collectors.joining(", "));
        return formats.isEmpty() ? "" : " with " + formats;
    }

    private static long placed(KeyedLayout layout, List<Located> located) {
        return located.stream()
                .filter(one -> layout.places(one.values(), one.path()))
                .count();
    }

    /** The layout with time formats for those keys whose texts are times. */
    static KeyedLayout timed(KeyedLayout layout, List<List<String>> paths) {
        List<List<String>> texts = layout.textsOf(paths);
        List<Set<String>> ofKeys = IntStream.range(0, layout.keys().size())
                .mapToObj(key -> fitting(
                        layout.keys().get(key),
                        texts.stream().map(text -> text.get(key)).collect(Collectors.toUnmodifiableSet())))
                .toList();
        KeyedLayout timed = new KeyedLayout(layout.name(), TimeFormats.of(layout.keys(), ofKeys));
        return timed.whyNot().isEmpty() ? timed : layout;
    }

    /** The texts that a run can read: for a numeric key the numbers among them, if there are any. */
    private static Set<String> fitting(PartitionKey key, Set<String> texts) {
        return switch (key.type()) {
            case DATE, TIMESTAMP, STRING -> texts;
            case TINYINT, SMALLINT, INT, BIGINT -> {
                KeyCodec codec = new KeyCodec(key);
                Set<String> numbers = texts.stream()
                        .filter(text -> codec.decode(text) instanceof KeyCodec.Decoded.Value)
                        .collect(Collectors.toUnmodifiableSet());
                yield numbers.isEmpty() ? texts : numbers;
            }
        };
    }

    /**
     * A finding for partitions registered at other locations than projection computes: without projection, queries
     * would read them there.
     */
    static Optional<Finding> besideProjection(
            KeyedLayout layout, S3Location root, List<RegisteredPartition> registered) {
        List<RegisteredPartition> elsewhere = registered.stream()
                .filter(partition -> pathOf(root, partition)
                        .filter(path -> layout.places(partition.values(), path))
                        .isEmpty())
                .toList();
        return elsewhere.stream()
                .findFirst()
                .map(first -> Finding.decide(Counted.of(elsewhere.size(), "registered partition")
                        + " of " + registered.size() + " that were looked at, such as "
                        + first.values().values() + " at " + first.location().orElse("no location")
                        + ", lie elsewhere than projection has them: queries would read them there once it is off, and runs"
                        + " leave them as they are. Drop them in the catalog, and runs register them anew"));
    }

    /** Findings for keys of text whose values are mostly, but not all, times of one format. */
    static List<Finding> mixedTimes(KeyedLayout layout, List<List<String>> paths) {
        List<List<String>> texts = layout.textsOf(paths);
        return IntStream.range(0, layout.keys().size())
                .mapToObj(key -> mixedTime(
                        layout.keys().get(key),
                        texts.stream()
                                .map(text -> text.get(key))
                                .filter(value -> !value.equals(PartitionValues.HIVE_DEFAULT))
                                .distinct()
                                .toList()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> mixedTime(PartitionKey key, List<String> values) {
        List<String> usual = FolderSampler.usual(values);
        boolean mayBeTime = key.type() == KeyType.STRING
                && key.format().isEmpty()
                && key.time().isEmpty();
        if (!mayBeTime || usual.size() == values.size() || 2 * usual.size() <= values.size()) {
            return Optional.empty();
        }
        String others = values.stream()
                .filter(value -> !usual.contains(value))
                .limit(MAX_EXAMPLES)
                .collect(Collectors.joining(", "));
        return TimeFormats.of(List.of(key), List.of(Set.copyOf(usual)))
                .getFirst()
                .format()
                .map(format -> Finding.guess("key " + key.name() + " is not a time: of " + values.size()
                        + " values that were seen " + usual.size() + " have the format " + format
                        + ", and others have not, such as " + others
                        + ": state the format if these are no partitions"));
    }

    private static List<Located> located(S3Location root, List<RegisteredPartition> registered) {
        return registered.stream()
                .flatMap(partition ->
                        pathOf(root, partition).stream().map(path -> new Located(partition.values(), path)))
                .toList();
    }

    /** The names between a folder and the location of a partition; empty if it lies elsewhere. */
    static Optional<List<String>> pathOf(S3Location root, RegisteredPartition partition) {
        return partition
                .location()
                .flatMap(S3Location::find)
                .filter(root::holds)
                .map(folder -> folder.prefix().substring(root.prefix().length()))
                .map(path -> List.of(path.substring(0, path.length() - 1).split("/", -1)));
    }

    /** The paths of the most frequent length. */
    private static List<List<String>> usualPaths(List<Located> located) {
        Map<Integer, Long> lengths =
                located.stream().collect(Collectors.groupingBy(one -> one.path().size(), Collectors.counting()));
        Optional<Integer> length = lengths.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .map(Map.Entry::getKey);
        return located.stream()
                .map(Located::path)
                .filter(path -> length.equals(Optional.of(path.size())))
                .toList();
    }
}
