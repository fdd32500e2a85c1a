package io.fanin.detector.source;

import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.Layout;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The prefixes in S3 of a partition that a user names. Its values may have another spelling there, {@code hour=07} for
 * {@code 7}, so the names at such a level are listed, each folder once; levels with only one possible spelling are not
 * listed.
 */
public final class NamedPrefixes {

    /** Characters that no writer escapes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.=-]*");

    /** The names of a level in which a partition is looked for: those of ten requests. */
    private static final int FEW = 10_000;

    private final S3Pages pages;
    private final S3Location location;
    private final Layout layout;
    private final EquivalentValues forms;
    private final Map<List<String>, List<String>> listed = new ConcurrentHashMap<>();
    private final Map<List<String>, Optional<List<String>>> few = new ConcurrentHashMap<>();

    NamedPrefixes(S3Pages pages, SourceMapping mapping) {
        this.pages = pages;
        this.location = mapping.location();
        this.layout = mapping.layout();
        this.forms = new EquivalentValues(mapping.keys());
    }

    /**
     * The prefixes with the same meaning.
     *
     * @param prefix as the layout writes the values
     * @return as the source has them; empty if the values have only one spelling, or S3 has none
     */
    List<Partition> meaning(String prefix) {
        List<String> written = segments(prefix);
        return meaning(written, ambiguous(written, values(written).orElseThrow()));
    }

    /**
     * The same of a partition that is not where the layout writes it: the names of Hive's keys may have capitals,
     * {@code Hour=17}.
     *
     * @return none if it is there, or the names of a level are too many to look for it
     */
    List<Partition> renamedKeys(String prefix) {
        List<String> written = segments(prefix);
        boolean hasNames = written.stream().anyMatch(segment -> segment.indexOf('=') > 0);
        if (!hasNames || isThere(written)) {
            return List.of();
        }
        List<Integer> all = IntStream.range(0, written.size()).boxed().toList();
        return partitions(
                paths(written, written.size(), all, above -> few(above).orElse(List.of())));
    }

    /**
     * The same, with the names beside the last level, to which somebody may have renamed it by hand: no writer has
     * escaped {@code hour=%37}. Called by several threads at a time.
     *
     * @return empty if the names are too many to look for it
     */
    Optional<List<Partition>> renamed(String prefix) {
        List<String> written = segments(prefix);
        PartitionValues values = values(written).orElseThrow();
        int last = written.size() - 1;
        List<Integer> ambiguous = ambiguous(written, values).stream()
                .filter(level -> level < last)
                .toList();
        List<Partition> found = new ArrayList<>();
        for (List<String> above : paths(written, last, ambiguous, this::names)) {
            Optional<List<String>> names = few(above);
            if (names.isEmpty()) {
                return Optional.empty();
            }
            names.get().stream()
                    .map(name -> append(above, name))
                    .filter(path -> means(values, path, List.of()))
                    .map(path -> new Partition(values(path).orElseThrow(), prefix(path)))
                    .forEach(found::add);
        }
        return Optional.of(found);
    }

    private Optional<List<String>> few(List<String> path) {
        return few.computeIfAbsent(
                path, above -> pages.fewFolders(new S3Location(location.bucket(), prefix(above)), FEW));
    }

    private List<Partition> meaning(List<String> written, Collection<Integer> ambiguous) {
        if (ambiguous.isEmpty()) {
            return List.of();
        }
        List<List<String>> paths = paths(written, written.size(), ambiguous, this::names);
        boolean areThere = paths.size() < 2 || ambiguous.contains(written.size() - 1);
        return partitions(
                paths.stream().filter(path -> areThere || isThere(path)).toList());
    }

    private List<Partition> partitions(List<List<String>> paths) {
        return paths.stream()
                .map(path -> new Partition(values(path).orElseThrow(), prefix(path)))
                .toList();
    }

    /** The paths to a level with the same meaning; those of the levels that are not ambiguous are not looked for. */
    private List<List<String>> paths(
            List<String> written,
            int levels,
            Collection<Integer> ambiguous,
            Function<List<String>, List<String>> namesIn) {
        PartitionValues values = values(written).orElseThrow();
        List<List<String>> paths = List.of(List.of());
        for (int level = 0; level < levels; level++) {
            String name = written.get(level);
            List<String> rest = written.subList(level + 1, written.size());
            boolean isAmbiguous = ambiguous.contains(level);
            paths = paths.stream()
                    .flatMap(above -> (isAmbiguous ? namesIn.apply(above).stream() : Stream.of(name))
                            .map(one -> append(above, one))
                            .filter(path -> means(values, path, rest)))
                    .toList();
        }
        return paths;
    }

    private List<Integer> ambiguous(List<String> written, PartitionValues values) {
        List<List<String>> others =
                forms.all(values).stream().flatMap(form -> path(form).stream()).toList();
        return IntStream.range(0, written.size())
                .filter(level -> !PLAIN.matcher(written.get(level)).matches()
                        || others.stream().anyMatch(path -> !path.get(level).equals(written.get(level))))
                .boxed()
                .toList();
    }

    private boolean means(PartitionValues values, List<String> path, List<String> rest) {
        return layout.mismatch(path.size() - 1, path.getLast()).isEmpty()
                && values(Stream.concat(path.stream(), rest.stream()).toList())
                        .filter(found -> forms.canonical(found).equals(forms.canonical(values)))
                        .isPresent();
    }

    private List<String> names(List<String> path) {
        return listed.computeIfAbsent(path, above -> pages.folders(new S3Location(location.bucket(), prefix(above))));
    }

    private boolean isThere(List<String> path) {
        String prefix = prefix(path);
        return pages.firstKeyAfter(new S3Location(location.bucket(), prefix), prefix)
                .isPresent();
    }

    private Optional<List<String>> path(PartitionValues form) {
        try {
            return Optional.of(List.of(layout.path(form).split("/", -1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<PartitionValues> values(List<String> path) {
        return switch (layout.parse(path)) {
            case Layout.Parsed.Values(PartitionValues values) -> Optional.of(values);
            case Layout.Parsed.Unparsable none -> Optional.empty();
        };
    }

    private List<String> segments(String prefix) {
        return List.of(prefix.substring(location.prefix().length(), prefix.length() - 1)
                .split("/", -1));
    }

    private String prefix(List<String> path) {
        return path.isEmpty() ? location.prefix() : location.prefix() + String.join("/", path) + "/";
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
