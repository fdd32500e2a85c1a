package io.fanin.model.layout;

import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.LeastName;
import io.fanin.model.partition.PartialKeyValue;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The common part of both layouts: levels whose parts are joined to the text of each key. */
abstract sealed class SegmentLayout implements Layout permits HiveLayout, TemplateLayout {

    private final List<PartitionKey> keys;
    private final List<KeyCodec> codecs;
    private final PartitionTime time;
    private final List<Level> levels;
    private final int[] partsOfKey;

    SegmentLayout(List<PartitionKey> keys, List<Level> levels) {
        this.keys = List.copyOf(keys);
        this.codecs = keys.stream().map(KeyCodec::new).toList();
        this.time = new PartitionTime(keys);
        this.levels = List.copyOf(levels);
        this.partsOfKey = new int[keys.size()];
        levels.forEach(level -> level.parts().forEach(key -> partsOfKey[key]++));
    }

    /** The text of a key as it stands in the segment, decoded. */
    abstract String unescape(String text);

    final List<PartitionKey> keys() {
        return keys;
    }

    final KeyCodec codec(int key) {
        return codecs.get(key);
    }

    abstract LevelBound bound(LeastName least);

    /** The least name if partitions within the bounds can only lie below it or sort after it. */
    abstract Optional<String> onlyName(LeastName least);

    /** The path of the values without its last slash. */
    abstract String write(PartitionValues values);

    @Override
    public final String path(PartitionValues values) {
        String path = write(values);
        if (!parse(List.of(path.split("/", -1))).equals(new Parsed.Values(values))) {
            throw new IllegalArgumentException(
                    "the layout " + shape() + " cannot write " + values.values() + " so that it is read back the same");
        }
        return path + "/";
    }

    @Override
    public final String shape() {
        return levels.stream().map(Level::shape).collect(Collectors.joining("/"));
    }

    @Override
    public final int depth() {
        return levels.size();
    }

    @Override
    public final Optional<Mismatch> mismatch(int level, String segment) {
        Level expected = levels.get(level);
        Optional<List<String>> parts = expected.match(segment);
        if (parts.isEmpty()) {
            return Optional.of(unlike(segment, expected));
        }
        for (int part = 0; part < expected.parts().size(); part++) {
            int key = expected.parts().get(part);
            if (partsOfKey[key] == 1) {
                Optional<String> why = whyNot(key, unescape(parts.get().get(part)));
                if (why.isPresent()) {
                    return why.map(SegmentLayout::badValue);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> whyNot(int key, String text) {
        return switch (codecs.get(key).decode(text)) {
            case KeyCodec.Decoded.Value(String value) -> time.whyNot(key, value);
            case KeyCodec.Decoded.Refused(String why) -> Optional.of(why);
        };
    }

    private static Mismatch badValue(String why) {
        return new Mismatch(SkipReason.BAD_VALUE, why);
    }

    @Override
    public final Parsed parse(List<String> segments) {
        if (segments.size() != depth()) {
            return new Parsed.Unparsable(new Mismatch(
                    SkipReason.MISSING_LEVEL,
                    Counted.of(segments.size(), "level") + " where the layout has " + depth()));
        }
        List<StringBuilder> texts = new ArrayList<>();
        keys.forEach(key -> texts.add(new StringBuilder()));
        int[] seen = new int[keys.size()];
        for (int i = 0; i < segments.size(); i++) {
            Level level = levels.get(i);
            Optional<List<String>> parts = level.match(segments.get(i));
            if (parts.isEmpty()) {
                return new Parsed.Unparsable(unlike(segments.get(i), level));
            }
            for (int part = 0; part < level.parts().size(); part++) {
                int key = level.parts().get(part);
                texts.get(key)
                        .append(seen[key]++ > 0 ? "/" : "")
                        .append(parts.get().get(part));
            }
        }
        return decode(texts);
    }

    @Override
    public final List<Optional<PartialKeyValue>> known(List<String> segments) {
        List<List<String>> texts = new ArrayList<>();
        keys.forEach(key -> texts.add(new ArrayList<>()));
        for (int i = 0; i < segments.size(); i++) {
            Level level = levels.get(i);
            List<String> parts = level.match(segments.get(i)).orElse(List.of());
            for (int part = 0; part < parts.size(); part++) {
                texts.get(level.parts().get(part)).add(parts.get(part));
            }
        }
        return IntStream.range(0, keys.size())
                .mapToObj(key -> known(texts.get(key), partsOfKey[key]))
                .toList();
    }

    @Override
    public final LevelBound bound(List<String> above, PeriodBounds bounds) {
        return leastName(above, bounds)
                .filter(LeastName::hasTime)
                .map(this::bound)
                .orElse(LevelBound.NONE);
    }

    @Override
    public final Optional<List<String>> firstMonth(List<String> above, PeriodBounds bounds) {
        List<String> month = new ArrayList<>(above);
        while (month.size() < depth() && !isMonth(month, bounds)) {
            Optional<String> name = leastName(month, bounds).flatMap(this::onlyName);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            month.add(name.get());
        }
        return month.size() < depth() && isMonth(month, bounds) ? Optional.of(month) : Optional.empty();
    }

    @Override
    public final boolean isMonth(List<String> segments, PeriodBounds bounds) {
        return bounds.isMonth(known(segments));
    }

    private Optional<LeastName> leastName(List<String> above, PeriodBounds bounds) {
        return bounds.leastName(known(above), levels.get(above.size()).names());
    }

    private Optional<PartialKeyValue> known(List<String> parts, int all) {
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PartialKeyValue(unescape(String.join("/", parts)), parts.size(), parts.size() == all));
    }

    private Parsed decode(List<StringBuilder> texts) {
        List<String> values = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            switch (codecs.get(key).decode(unescape(texts.get(key).toString()))) {
                case KeyCodec.Decoded.Value(String value) -> values.add(value);
                case KeyCodec.Decoded.Refused(String why) -> {
                    return new Parsed.Unparsable(badValue(why));
                }
            }
        }
        PartitionValues all = new PartitionValues(values);
        return time.whyNot(all)
                .<Parsed>map(why -> new Parsed.Unparsable(badValue(why)))
                .orElseGet(() -> new Parsed.Values(all));
    }

    private static Mismatch unlike(String segment, Level expected) {
        if (HiddenNames.isHidden(segment)) {
            return new Mismatch(SkipReason.HIDDEN, "names that begin with '" + segment.charAt(0) + "' are ignored");
        }
        return new Mismatch(SkipReason.NOT_IN_LAYOUT, "expected " + expected.shape());
    }
}
