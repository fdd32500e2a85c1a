package io.fanin.model.layout;

import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.LeastName;
import io.fanin.model.partition.NamePart;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.TimePattern;
import io.fanin.model.table.S3Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layout in the notation of Athena's partition projection: {@code ${year}/${month}/${day}}, with the literals of the
 * producer's prefixes. A key whose format has slashes ({@code yyyy/MM/dd/HH}) spans several levels. Values are written
 * into the prefix unescaped.
 */
final class TemplateLayout extends SegmentLayout {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private final String template;

    private TemplateLayout(String template, List<PartitionKey> keys, List<Level> levels) {
        super(keys, levels);
        this.template = template;
    }

    static TemplateLayout of(String template, List<PartitionKey> keys) {
        if (template.length() > S3Location.MAX_KEY_BYTES) {
            throw new IllegalArgumentException("the layout has " + template.length() + " characters: expected at most "
                    + S3Location.MAX_KEY_BYTES + ", as keys in S3 have");
        }
        String trimmed = template.endsWith("/") ? template.substring(0, template.length() - 1) : template;
        requireEachKeyOnce(trimmed, keys);
        List<LevelBuilder> levels = new ArrayList<>(List.of(new LevelBuilder()));
        int end = 0;
        for (MatchResult variable : VARIABLE.matcher(trimmed).results().toList()) {
            literal(levels, trimmed.substring(end, variable.start()));
            variable(levels, keys, variable.group(1), isBesideOthers(trimmed, variable));
            end = variable.end();
        }
        literal(levels, trimmed.substring(end));
        return new TemplateLayout(
                trimmed,
                keys,
                levels.stream().map(level -> level.build(template)).toList());
    }

    @Override
    LevelBound bound(LeastName least) {
        return new LevelBound.Names(least.text());
    }

    @Override
    Optional<String> onlyName(LeastName least) {
        return least.isWhole() ? Optional.of(least.text()) : Optional.empty();
    }

    @Override
    String unescape(String text) {
        return text;
    }

    @Override
    String write(PartitionValues values) {
        StringBuilder path = new StringBuilder();
        Matcher variables = VARIABLE.matcher(template);
        while (variables.find()) {
            int key = indexOf(keys(), variables.group(1));
            variables.appendReplacement(
                    path,
                    Matcher.quoteReplacement(codec(key).encode(values.values().get(key))));
        }
        return variables.appendTail(path).toString();
    }

    private static void literal(List<LevelBuilder> levels, String text) {
        String[] segments = text.split("/", -1);
        levels.getLast().literal(segments[0]);
        for (int i = 1; i < segments.length; i++) {
            levels.add(new LevelBuilder());
            levels.getLast().literal(segments[i]);
        }
    }

    /** Whether another variable is in the same level, and hyphens that are no part of a date. */
    private static boolean isBesideOthers(String template, MatchResult variable) {
        int begin = template.lastIndexOf('/', variable.start()) + 1;
        int end = template.indexOf('/', variable.end());
        String level = template.substring(begin, end < 0 ? template.length() : end);
        return VARIABLE.matcher(level).results().count() > 1
                && VARIABLE.matcher(level).replaceAll("").contains("-");
    }

    /** Beside others, a date has hyphens that are no borders: it is read like one with its usual format. */
    private static void variable(
            List<LevelBuilder> levels, List<PartitionKey> keys, String name, boolean besideOthers) {
        int key = indexOf(keys, name);
        Optional<String> pattern = new KeyCodec(keys.get(key)).pattern().map(TimePattern::pattern);
        Optional<TimePattern> format = keys.get(key)
                .momentFormat()
                .or(() -> pattern.filter(usual -> besideOthers && keys.get(key).type() == KeyType.DATE)
                        .map(TimePattern::of));
        if (format.isEmpty()) {
            levels.getLast()
                    .part(
                            new NamePart.Value(key, pattern),
                            List.of(new TemplateSegment.Token.Text()),
                            "<" + keys.get(key).name() + ">");
            return;
        }
        List<String> parts = format.get().levels();
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                levels.add(new LevelBuilder());
            }
            levels.getLast()
                    .part(
                            new NamePart.Value(key, Optional.of(parts.get(i))),
                            TimeTokens.of(parts.get(i)),
                            parts.get(i));
        }
    }

    private static void requireEachKeyOnce(String template, List<PartitionKey> keys) {
        List<Integer> named = VARIABLE.matcher(template)
                .results()
                .map(variable -> indexOf(keys, variable.group(1)))
                .toList();
        for (int key = 0; key < keys.size(); key++) {
            int current = key;
            long times = named.stream().filter(k -> k == current).count();
            if (times != 1) {
                throw new IllegalArgumentException("the layout '" + template + "' names the key '"
                        + keys.get(key).name() + "' " + times + " times, expected ${"
                        + keys.get(key).name() + "} once");
            }
        }
    }

    private static int indexOf(List<PartitionKey> keys, String name) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the layout names '${" + name + "}', which is none of the partition keys "
                + keys.stream().map(PartitionKey::name).toList());
    }

    private static final class LevelBuilder {
        private final List<TemplateSegment.Token> tokens = new ArrayList<>();
        private final List<TemplateSegment.Part> partTokens = new ArrayList<>();
        private final StringBuilder shape = new StringBuilder();
        private final List<Integer> parts = new ArrayList<>();
        private final List<NamePart> names = new ArrayList<>();
        private boolean endsInPart;

        void literal(String text) {
            if (!text.isEmpty()) {
                endsInPart = false;
                tokens.add(new TemplateSegment.Token.Literal(text));
                shape.append(text);
                names.add(new NamePart.Literal(text));
            }
        }

        void part(NamePart.Value value, List<TemplateSegment.Token> of, String name) {
            if (endsInPart) {
                throw new IllegalArgumentException(
                        "the layout has nothing between " + shape + " and " + name + ", so they cannot be told apart");
            }
            endsInPart = true;
            partTokens.add(new TemplateSegment.Part(tokens.size(), tokens.size() + of.size()));
            tokens.addAll(of);
            shape.append(name);
            parts.add(value.key());
            names.add(value);
        }

        Level build(String template) {
            if (tokens.isEmpty()) {
                throw new IllegalArgumentException("the layout '" + template + "' has an empty level");
            }
            if (parts.isEmpty() && Set.of(".", "..").contains(shape.toString())) {
                throw new IllegalArgumentException("the layout '" + template + "' has the level '" + shape
                        + "', which S3 takes for a name and query engines do not");
            }
            return new Level(new TemplateSegment(tokens, partTokens), parts, names, shape.toString());
        }
    }
}
