package io.fanin.core.catalog.table;

import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * The parameters that a table lacks, or has with another value.
     *
     * @param parameters of the table
     */
    public Map<String, String> differing(Map<String, String> parameters) {
        Map<String, String> differing = new LinkedHashMap<>(values);
        differing.entrySet().removeIf(entry -> entry.getValue().equals(inEffect(entry.getKey(), parameters)));
        return differing;
    }

    /**
     * The parameters that a table lacks; none if it has another layout.
     *
     * @param parameters of the table
     */
    public Map<String, String> lost(Map<String, String> parameters) {
        String layout = parameters.get(FaninNames.LAYOUT);
        if (isSaid(layout) && !layout.equals(values.get(FaninNames.LAYOUT))) {
            return Map.of();
        }
        Map<String, String> lost = differing(parameters);
        lost.keySet()
                .removeIf(name ->
                        name.equals(FaninNames.LAYOUT) ? isSaid(parameters.get(name)) : parameters.containsKey(name));
        return lost;
    }

    private static String inEffect(String name, Map<String, String> parameters) {
        String value = parameters.get(name);
        return name.equals(FaninNames.LAYOUT) && !isSaid(value) ? TableDefinition.HIVE_LAYOUT : value;
    }

    private static boolean isSaid(String layout) {
        return layout != null && !layout.isBlank();
    }
}
