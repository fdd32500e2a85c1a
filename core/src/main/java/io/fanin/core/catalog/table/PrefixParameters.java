package io.fanin.core.catalog.table;

import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The table parameters that tell how a table's prefixes are written. A table without a layout's parameter has Hive's.
 *
 * @param values by the parameters' names
 */
public record PrefixParameters(Map<String, String> values) {

    /** Keeps the order of the parameters. */
    public PrefixParameters {
        values = new LinkedHashMap<>(values);
    }

    public static PrefixParameters of(String layout, List<PartitionKey> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(FaninNames.LAYOUT, layout);
        for (PartitionKey key : keys) {
            key.format().ifPresent(format -> values.put(FaninNames.keyFormat(key.name()), format));
            key.time().ifPresent(time -> values.put(FaninNames.keyTime(key.name()), time.toString()));
            key.interval().ifPresent(units -> values.put(FaninNames.keyInterval(key.name()), units.toString()));
        }
        return new PrefixParameters(values);
    }

    /** Those that a table with these parameters lacks, or that it has with another value. */
    public Map<String, String> differing(Map<String, String> parameters) {
        Map<String, String> differing = new LinkedHashMap<>(values);
        differing.entrySet().removeIf(entry -> entry.getValue().equals(inEffect(entry.getKey(), parameters)));
        return differing;
    }

    /** Those that a table with these parameters lacks; none if it has another layout. */
    public Map<String, String> lost(Map<String, String> parameters) {
        boolean isOfAnotherLayout = parameters.containsKey(FaninNames.LAYOUT)
                && !Objects.equals(parameters.get(FaninNames.LAYOUT), values.get(FaninNames.LAYOUT));
        if (isOfAnotherLayout) {
            return Map.of();
        }
        Map<String, String> lost = differing(parameters);
        lost.keySet().removeAll(parameters.keySet());
        return lost;
    }

    private static String inEffect(String name, Map<String, String> parameters) {
        return name.equals(FaninNames.LAYOUT)
                ? parameters.getOrDefault(name, TableDefinition.HIVE_LAYOUT)
                : parameters.get(name);
    }
}
