package io.fanin.model.layout;

import io.fanin.model.layout.Layout.Parsed;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A layout together with the keys that it is for, since the format of a key decides how many levels it spans.
 *
 * @param name {@code hive}, or a template
 */
public record KeyedLayout(String name, List<PartitionKey> keys) {

    public KeyedLayout {
        keys = List.copyOf(keys);
    }

    public boolean isHive() {
        return name.equals(TableDefinition.HIVE_LAYOUT);
    }

    /**
     * The layout.
     *
     * @throws IllegalArgumentException if it cannot be one of these keys
     */
    public Layout layout() {
        return Layout.of(name, keys);
    }

    /** The reason why this cannot be a layout of the keys; empty if it can. */
    public Optional<String> whyNot() {
        try {
            layout();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The values of a path that is as deep as the layout or deeper; the deeper levels are ignored.
     *
     * @return empty if the path does not fit
     */
    public Optional<PartitionValues> valuesOf(List<String> path) {
        return valuesOf(layout(), path);
    }

    private static Optional<PartitionValues> valuesOf(Layout layout, List<String> path) {
        if (path.size() < layout.depth()) {
            return Optional.empty();
        }
        return switch (layout.parse(path.subList(0, layout.depth()))) {
            case Parsed.Values(PartitionValues values) -> Optional.of(values);
            case Parsed.Unparsable unparsable -> Optional.empty();
        };
    }

    /** Whether exactly this path is that of the values, in any spelling of their numbers. */
    public boolean places(PartitionValues values, List<String> path) {
        EquivalentValues forms = new EquivalentValues(keys);
        return path.size() == layout().depth()
                && valuesOf(path).map(forms::canonical).equals(Optional.of(forms.canonical(values)));
    }

    /**
     * The text of each key, as it is written in a path, for each of the paths that have this form.
     *
     * @param paths those that are deeper than the layout are read as deep as it is
     */
    public List<List<String>> textsOf(List<List<String>> paths) {
        Layout layout = asTexts().layout();
        return paths.stream()
                .flatMap(path -> valuesOf(layout, path).stream())
                .map(PartitionValues::values)
                .toList();
    }

    /** The same layout, of keys that hold any text; formats that span several levels stay. */
    private KeyedLayout asTexts() {
        List<PartitionKey> texts = keys.stream()
                .map(key -> key.format()
                        .filter(format -> format.contains("/"))
                        .map(format -> new PartitionKey(key.name(), KeyType.STRING, format))
                        .orElseGet(() -> new PartitionKey(key.name(), KeyType.STRING).withoutTime()))
                .toList();
        return new KeyedLayout(name, texts);
    }
}
