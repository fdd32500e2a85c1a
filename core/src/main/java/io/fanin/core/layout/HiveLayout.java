package io.fanin.core.layout;

import io.fanin.core.partition.HiveNames;
import io.fanin.core.partition.KeyCodec;
import io.fanin.core.partition.LeastName;
import io.fanin.core.partition.NamePart;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.TimePattern;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hive's layout: a level {@code key=value} for each key, in the order of the keys. Names of keys are compared without
 * case; names and values are escaped as {@link HiveNames} says.
 */
final class HiveLayout extends SegmentLayout {

    private HiveLayout(List<PartitionKey> keys, List<Level> levels) {
        super(keys, levels);
    }

    static HiveLayout of(List<PartitionKey> keys) {
        List<Level> levels = IntStream.range(0, keys.size())
                .mapToObj(i -> level(i, keys.get(i)))
                .toList();
        return new HiveLayout(keys, levels);
    }

    private static Level level(int index, PartitionKey key) {
        Pattern pattern = Pattern.compile(
                "(?:" + inAnyEscaping(key.name()) + ")=(.*)",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        return new Level(
                pattern,
                List.of(index),
                List.of(new NamePart.Value(index, new KeyCodec(key).pattern().map(TimePattern::pattern))),
                HiveNames.escape(key.name()) + "=<" + key.type().hiveName() + ">");
    }

    /** Matches the name whichever of its characters the writer escaped. */
    private static String inAnyEscaping(String name) {
        return name.codePoints()
                .mapToObj(Character::toString)
                .map(character -> "(?:" + Pattern.quote(character) + "|" + percentEscapes(character) + ")")
                .collect(Collectors.joining());
    }

    private static String percentEscapes(String character) {
        return "%" + HexFormat.ofDelimiter("%").formatHex(character.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    LevelBound bound(LeastName least) {
        return new LevelBound.Values(HiveNames.escape(least.text()));
    }

    /** Several are possible, because key names are compared ignoring case. */
    @Override
    Optional<String> onlyName(LeastName least) {
        return Optional.empty();
    }

    @Override
    String unescape(String text) {
        return HiveNames.unescape(text);
    }

    @Override
    String write(PartitionValues values) {
        return IntStream.range(0, keys().size())
                .mapToObj(i -> HiveNames.escape(keys().get(i).name())
                        + "="
                        + HiveNames.escape(codec(i).encode(values.values().get(i))))
                .collect(Collectors.joining("/"));
    }
}
