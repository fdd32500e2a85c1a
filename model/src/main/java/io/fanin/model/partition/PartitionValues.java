package io.fanin.model.partition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Identifies a partition within its table: one value for each key, in the order of the keys, as Glue holds them
 * (decoded, never escaped).
 */
public record PartitionValues(@JsonValue List<String> values) {

    /** Hive's name for a value that is null or empty. */
    public static final String HIVE_DEFAULT = "__HIVE_DEFAULT_PARTITION__";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PartitionValues {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a partition has at least one value");
        }
    }

    public static PartitionValues of(String... values) {
        return new PartitionValues(List.of(values));
    }

    /**
     * The partition's name as Hive and Glue print it: {@code dt=2013-02-08/hour=17}. Values that no longer match the
     * keys, because the table was recreated with different ones, are joined without names.
     */
    public String nameFor(List<PartitionKey> keys) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> keys.size() == values.size()
                        ? HiveNames.escape(keys.get(i).name()) + "=" + HiveNames.escape(values.get(i))
                        : HiveNames.escape(values.get(i)))
                .collect(Collectors.joining("/"));
    }

    /** The values by the names of their keys, in the keys' order. */
    public SequencedMap<String, String> byName(List<PartitionKey> keys) {
        SequencedMap<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            named.put(keys.get(i).name(), values.get(i));
        }
        return named;
    }
}
