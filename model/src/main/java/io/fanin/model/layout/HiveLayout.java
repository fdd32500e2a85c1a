package io.fanin.model.layout;

import io.fanin.model.partition.HiveNames;
import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.LeastName;
import io.fanin.model.partition.NamePart;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.TimePattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hive's layout: a level {@code key=value} for each key, in the order of the keys. Names of keys are compared without
 * case; names and values are escaped by {@link HiveNames}.
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
        return new Level(
                new NamedValue(key.name()),
                List.of(index),
                List.of(new NamePart.Value(index, new KeyCodec(key).pattern().map(TimePattern::pattern))),
                HiveNames.escape(key.name()) + "=<" + key.type().hiveName() + ">");
    }

    @Override
    LevelBound bound(LeastName least) {
        return new LevelBound.Values(HiveNames.escape(least.text()));
    }

    /** Always empty: key names are compared ignoring case, so several names can have the same values. */
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
