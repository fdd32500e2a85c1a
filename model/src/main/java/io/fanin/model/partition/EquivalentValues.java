package io.fanin.model.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The spellings of the same values: {@code hour=7} and {@code hour=07} are one partition of a table whose key is an
 * int.
 */
public final class EquivalentValues {

    /** Enough for ordinary keys; of values with more forms only the first ones are searched. */
    private static final int MAX_FORMS = 32;

    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    private final List<PartitionKey> keys;
    private final List<KeyCodec> codecs;

    public EquivalentValues(List<PartitionKey> keys) {
        this.keys = List.copyOf(keys);
        this.codecs = keys.stream().map(KeyCodec::new).toList();
    }

    /**
     * The form by which two partitions are compared. Values that do not match the keys, because the table was recreated
     * with different ones, stay as they are.
     */
    public PartitionValues canonical(PartitionValues values) {
        if (values.values().size() != keys.size()) {
            return values;
        }
        return new PartitionValues(IntStream.range(0, keys.size())
                .mapToObj(i -> codecs.get(i).canonical(values.values().get(i)))
                .toList());
    }

    /** The items by the canonical form of their partition's values; of duplicates the last. */
    public <T> Map<PartitionValues, T> index(Collection<T> all, Function<T, PartitionValues> values) {
        Map<PartitionValues, T> index = new LinkedHashMap<>();
        all.forEach(one -> index.put(canonical(values.apply(one)), one));
        return index;
    }

    /** The items that belong to none of these partitions, whatever form the values have. */
    public <T> List<T> without(
            List<T> all, Function<T, PartitionValues> values, Collection<PartitionValues> partitions) {
        Set<PartitionValues> gone = partitions.stream().map(this::canonical).collect(Collectors.toSet());
        return all.stream()
                .filter(one -> !gone.contains(canonical(values.apply(one))))
                .toList();
    }

    /**
     * The forms in which the values are looked up in a catalog: first as given, then with each number bare and padded,
     * and each time without a fraction and with the one that Hive prints ({@code 2013-02-08 17:00:00.0}).
     */
    public List<PartitionValues> all(PartitionValues values) {
        if (values.values().size() != keys.size()) {
            return List.of(values);
        }
        List<List<String>> forms = List.of(List.of());
        for (int i = 0; i < keys.size(); i++) {
            Set<String> ofKey = formsOf(i, values.values().get(i));
            List<List<String>> longer = new ArrayList<>();
            forms.forEach(form -> ofKey.forEach(value -> longer.add(append(form, value))));
            forms = longer.subList(0, Math.min(longer.size(), MAX_FORMS));
        }
        return forms.stream().map(PartitionValues::new).toList();
    }

    private Set<String> formsOf(int key, String value) {
        Set<String> forms = new LinkedHashSet<>(List.of(value));
        String bare = codecs.get(key).canonical(value);
        forms.add(bare);
        if (keys.get(key).type().integerBits().isPresent()
                && DIGIT.matcher(bare).matches()) {
            forms.add("0" + bare);
        }
        if (keys.get(key).type() == KeyType.TIMESTAMP
                && bare.indexOf('.') < 0
                && codecs.get(key).momentOf(bare).isPresent()) {
            forms.add(bare + ".0");
        }
        return forms;
    }

    private static List<String> append(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
