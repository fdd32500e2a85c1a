package io.fanin.model.layout;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.Periods;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table as Athena's partition projection describes it in the table's parameters, translated into a layout.
 *
 * @param location the folder below which the layout begins
 * @param problems the parts that cannot be translated, each for a person to read; an empty list if there are none
 */
public record ProjectedTable(S3Location location, KeyedLayout layout, List<String> problems) {

    /** The parameter that switches partition projection on. */
    public static final String ENABLED = "projection.enabled";

    private static final String TEMPLATE = "storage.location.template";
    private static final Pattern INTERVAL = Pattern.compile("[1-9]?[0-9]");
    private static final String VARIABLE = "${";
    private static final Pattern HIVE_LEVEL = Pattern.compile("([^=/]+)=\\$\\{([^}]+)}");

    public ProjectedTable {
        problems = List.copyOf(problems);
    }

    /**
     * Translates a table's parameters, by <a
     * href="https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html">their
     * documentation</a>.
     *
     * @param location the table's own
     * @return empty if projection is not enabled
     */
    public static Optional<ProjectedTable> of(
            Map<String, String> parameters, List<PartitionKey> keys, S3Location location) {
        if (!parameters.getOrDefault(ENABLED, "").equalsIgnoreCase("true")) {
            return Optional.empty();
        }
        List<String> problems = new ArrayList<>();
        List<PartitionKey> projected = withIntervals(
                keys.stream().map(key -> projected(key, parameters, problems)).toList(), parameters);
        String template = parameters.getOrDefault(TEMPLATE, "");
        return Optional.of(
                template.isEmpty()
                        ? new ProjectedTable(
                                location, new KeyedLayout(TableDefinition.HIVE_LAYOUT, projected), problems)
                        : ofTemplate(template, projected, location, problems));
    }

    private static PartitionKey projected(PartitionKey key, Map<String, String> parameters, List<String> problems) {
        String prefix = "projection." + key.name() + ".";
        String type = parameters.getOrDefault(prefix + "type", "").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "date" -> dated(key, parameters, problems);
            case "enum", "integer", "injected" -> key;
            default -> {
                problems.add("the parameter " + prefix + "type is '" + LogSafe.name(type)
                        + "', expected date, enum, integer or injected");
                yield key;
            }
        };
    }

    /** Intervals of whole numbers that begin with the unit's least, and are those of periods. */
    private static List<PartitionKey> withIntervals(List<PartitionKey> keys, Map<String, String> parameters) {
        List<PartitionKey> all = new ArrayList<>(keys);
        for (int i = 0; i < keys.size(); i++) {
            String prefix = "projection." + keys.get(i).name() + ".";
            String interval = parameters.getOrDefault(prefix + "interval", "").strip();
            boolean isCounted = parameters.getOrDefault(prefix + "type", "").equalsIgnoreCase("integer")
                    && parameters.getOrDefault(prefix + "range", "").matches(least(keys) + "\\s*,.*")
                    && INTERVAL.matcher(interval).matches()
                    && Integer.parseInt(interval) > 1;
            if (isCounted && keys.get(i).interval().isEmpty()) {
                all.set(i, keys.get(i).every(Integer.parseInt(interval)));
                if (new Periods(all).whyNoInterval().isPresent()) {
                    all.set(i, keys.get(i));
                }
            }
        }
        return all;
    }

    private static String least(List<PartitionKey> keys) {
        return "0?"
                + new Periods(keys)
                        .unit()
                        .flatMap(Periods.Length::place)
                        .map(place -> place.range().getMinimum())
                        .orElse(0L);
    }

    private static PartitionKey dated(PartitionKey key, Map<String, String> parameters, List<String> problems) {
        String name = "projection." + key.name() + ".format";
        if (!parameters.containsKey(name)) {
            problems.add("the parameter " + name + " is missing, which a projection of type date needs");
            return key;
        }
        String format = parameters.get(name);
        if (key.format().isPresent() || key.time().isPresent() || isDefault(key.type(), format)) {
            return key;
        }
        try {
            return new PartitionKey(key.name(), key.type(), format);
        } catch (IllegalArgumentException e) {
            problems.add("the parameter " + name + " cannot be translated: " + LogSafe.name(e.getMessage()));
            return key;
        }
    }

    private static boolean isDefault(KeyType type, String format) {
        return switch (type) {
            case DATE -> format.equals("yyyy-MM-dd");
            case TIMESTAMP -> format.equals("yyyy-MM-dd HH:mm:ss");
            case STRING, TINYINT, SMALLINT, INT, BIGINT -> false;
        };
    }

    private static ProjectedTable ofTemplate(
            String template, List<PartitionKey> keys, S3Location location, List<String> problems) {
        int variable = template.indexOf(VARIABLE);
        int slash = template.lastIndexOf('/', Math.max(variable, 0));
        Optional<S3Location> folder = variable < 0 ? Optional.empty() : location(template.substring(0, slash + 1));
        if (folder.isEmpty()) {
            problems.add("the parameter " + TEMPLATE + " is '" + LogSafe.name(template)
                    + "', expected one such as s3://bucket/prefix/${dt}/");
            return new ProjectedTable(location, new KeyedLayout(TableDefinition.HIVE_LAYOUT, keys), problems);
        }
        KeyedLayout layout = layout(template.substring(slash + 1), keys);
        layout.whyNot()
                .ifPresent(why -> problems.add(
                        "the parameter " + TEMPLATE + " cannot be translated: " + LogSafe.beginning(why, 400)));
        return new ProjectedTable(folder.get(), layout, problems);
    }

    private static Optional<S3Location> location(String uri) {
        try {
            return Optional.of(S3Location.of(uri));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static KeyedLayout layout(String template, List<PartitionKey> keys) {
        String levels = template.endsWith("/") ? template.substring(0, template.length() - 1) : template;
        return new KeyedLayout(isHive(levels, keys) ? TableDefinition.HIVE_LAYOUT : levels, keys);
    }

    /** Whether a template names each key as Hive does; a key that spans several levels does not. */
    private static boolean isHive(String template, List<PartitionKey> keys) {
        String names = HIVE_LEVEL
                .matcher(template)
                .replaceAll(level -> level.group(1).equalsIgnoreCase(level.group(2))
                        ? Matcher.quoteReplacement(level.group(2).toLowerCase(Locale.ROOT))
                        : "=");
        return names.equals(keys.stream().map(PartitionKey::canonicalName).collect(Collectors.joining("/")))
                && keys.stream().noneMatch(key -> key.format().orElse("").contains("/"));
    }
}
