package io.fanin.model.layout;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.TableDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The layouts that a table with these keys may have, judged by paths below its location: {@code hive}, or templates
 * with a level for each key, with levels that are the same in all paths, and with keys that span the levels of a date.
 */
public final class LayoutCandidates {

    private static final int MAX_CANDIDATES = 32;

    /** The levels of a date that one key may span, and the names that they have. */
    static final List<String> TIME_LEVELS = TimeFormats.FULL_WIDTH.subList(0, 4);

    /** The names that the levels of a date can have. */
    static final List<Pattern> TIME_NAMES = List.of(
            Pattern.compile("(?:19|20)[0-9]{2}"),
            Pattern.compile("0[1-9]|1[0-2]"),
            Pattern.compile("0[1-9]|[12][0-9]|3[01]"),
            Pattern.compile("[01][0-9]|2[0-3]"));

    /**
     * Part of a template.
     *
     * @param levels how many levels of the paths it covers
     * @param literals how many of them belong to no key
     * @param keys all keys of the table; those in the template may have got a format
     * @param unused the keys that are not in it yet, in their order
     */
    private record Draft(
            List<String> template, int levels, int literals, List<PartitionKey> keys, List<PartitionKey> unused) {

        Draft with(String level, int levels, PartitionKey key, PartitionKey formatted) {
            return new Draft(
                    append(template, level),
                    this.levels + levels,
                    literals,
                    keys.stream().map(one -> one.equals(key) ? formatted : one).toList(),
                    unused.stream().filter(one -> !one.equals(key)).toList());
        }

        Draft with(String literal) {
            return new Draft(append(template, literal), levels + 1, literals + 1, keys, unused);
        }

        KeyedLayout layout() {
            List<String> hive = keys.stream()
                    .map(key -> key.canonicalName() + "=${" + key.name() + "}")
                    .toList();
            List<String> found = template.stream().map(Draft::foldedName).toList();
            String name = found.equals(hive) ? TableDefinition.HIVE_LAYOUT : String.join("/", template);
            return new KeyedLayout(name, keys);
        }

        private static String foldedName(String level) {
            int sign = level.indexOf('=');
            return sign < 0 ? level : level.substring(0, sign).toLowerCase(Locale.ROOT) + level.substring(sign);
        }

        private static List<String> append(List<String> list, String last) {
            List<String> longer = new ArrayList<>(list);
            longer.add(last);
            return List.copyOf(longer);
        }
    }

    private final List<List<String>> paths;
    private final int depth;
    private final List<Draft> complete = new ArrayList<>();

    private LayoutCandidates(List<List<String>> paths) {
        this.paths = paths;
        this.depth = paths.stream().mapToInt(List::size).min().orElse(0);
    }

    /**
     * The layouts that all paths fit, the most probable first.
     *
     * @param paths the names on the way from the table's location to some folders; those of partitions or deeper
     */
    public static List<KeyedLayout> of(List<PartitionKey> keys, List<List<String>> paths) {
        LayoutCandidates candidates = new LayoutCandidates(paths);
        candidates.extend(new Draft(List.of(), 0, 0, keys, keys));
        return candidates.complete.stream()
                .sorted(Comparator.<Draft>comparingInt(draft -> candidates.depth - draft.levels())
                        .thenComparingInt(Draft::literals))
                .map(Draft::layout)
                .distinct()
                .filter(candidates::isFit)
                .toList();
    }

    private boolean isFit(KeyedLayout candidate) {
        return candidate.whyNot().isEmpty() && candidate.textsOf(paths).size() == paths.size();
    }

    private void extend(Draft draft) {
        // Each key needs a level, so that no draft is extended in vain.
        if (complete.size() >= MAX_CANDIDATES
                || depth - draft.levels() < draft.unused().size()) {
            return;
        }
        if (draft.unused().isEmpty()) {
            complete.add(draft);
        } else {
            Set<String> names = names(draft.levels());
            Optional<String> named = nameOfAll(names);
            if (named.isPresent()) {
                PartitionKey key = keyNamed(draft, named.get());
                extend(draft.with(named.get() + "=" + variable(key), 1, key, key));
            } else {
                extendByUnnamed(draft, names);
            }
        }
    }

    private void extendByUnnamed(Draft draft, Set<String> names) {
        PartitionKey key = draft.unused().getFirst();
        for (int levels = TIME_LEVELS.size(); levels > 1; levels--) {
            if (isTime(draft.levels(), levels) && canSpan(key, levels)) {
                String format = String.join("/", TIME_LEVELS.subList(0, levels));
                PartitionKey formatted = new PartitionKey(key.name(), key.type(), format);
                extend(draft.with(variable(key), levels, key, formatted));
            }
        }
        boolean isLevelLeft = depth - draft.levels() > draft.unused().size();
        if (names.size() == 1 && isLevelLeft && isLiteral(names.iterator().next())) {
            extend(draft.with(names.iterator().next()));
        }
        extend(draft.with(variable(key), 1, key, key));
    }

    private Set<String> names(int level) {
        return paths.stream().map(path -> path.get(level)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The name before the equals sign, if it is the same in all names. */
    static Optional<String> nameOfAll(Set<String> names) {
        Set<String> keys = names.stream()
                .map(name -> name.substring(0, Math.max(0, name.indexOf('='))))
                .collect(Collectors.toSet());
        return keys.size() == 1
                ? keys.stream()
                        .filter(name -> !name.isEmpty() && isLiteral(name))
                        .findFirst()
                : Optional.empty();
    }

    /** A name that a template can have as a literal. */
    private static boolean isLiteral(String name) {
        return !name.contains("$");
    }

    private static PartitionKey keyNamed(Draft draft, String name) {
        Predicate<PartitionKey> isNamed = key -> key.canonicalName().equals(name.toLowerCase(Locale.ROOT));
        return draft.unused().stream()
                .filter(isNamed)
                .findFirst()
                .orElseGet(() -> draft.unused().getFirst());
    }

    private boolean isTime(int first, int levels) {
        if (first + levels > depth) {
            return false;
        }
        for (int level = 0; level < levels; level++) {
            Pattern time = TIME_NAMES.get(level);
            if (!names(first + level).stream()
                    .allMatch(name -> time.matcher(name).matches())) {
                return false;
            }
        }
        return true;
    }

    private static boolean canSpan(PartitionKey key, int levels) {
        return key.format().isEmpty()
                && !key.hasNoTime()
                && switch (key.type()) {
                    case STRING, TIMESTAMP -> true;
                    case DATE -> levels < TIME_LEVELS.size();
                    case TINYINT, SMALLINT, INT, BIGINT -> false;
                };
    }

    private static String variable(PartitionKey key) {
        return "${" + key.name() + "}";
    }
}
