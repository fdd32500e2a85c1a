package io.fanin.model.spec.detection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.partition.HiveNames;
import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A partition as a user names it in a spec. Its values are read with the table's keys, which are known only once the
 * spec is resolved.
 */
public sealed interface NamedPartition {

    /** The valid forms in a spec, for messages. */
    String EXPECTED = "a name such as \"dt=2013-02-08/hour=17\", or an array of values";

    /** By its name as Hive and Glue print it: {@code dt=2013-02-08/hour=17}. */
    record ByName(@JsonValue String name) implements NamedPartition {
        @Override
        public PartitionValues valuesFor(List<PartitionKey> keys) {
            String[] parts = name.split("/", -1);
            if (parts.length != keys.size()) {
                throw new IllegalArgumentException("expected " + shape(keys) + ", found '" + name + "'"
                        + (parts.length > keys.size() ? "; a / within a value is written %2F" : ""));
            }
            List<String> values = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                String[] pair = parts[i].split("=", 2);
                if (pair.length < 2
                        || !HiveNames.unescape(pair[0])
                                .equalsIgnoreCase(keys.get(i).name())) {
                    throw new IllegalArgumentException("expected " + shape(keys) + ", found '" + name + "'");
                }
                values.add(HiveNames.unescape(pair[1]));
            }
            return checked(values, keys);
        }

        private static String shape(List<PartitionKey> keys) {
            return keys.stream()
                    .map(key -> key.name() + "=<" + key.type().hiveName() + ">")
                    .collect(Collectors.joining("/"));
        }
    }

    /** By its values in the order of the keys, as Glue holds them. */
    record ByValues(@JsonValue List<String> values) implements NamedPartition {
        public ByValues {
            values = List.copyOf(values);
        }

        @Override
        public PartitionValues valuesFor(List<PartitionKey> keys) {
            if (values.size() != keys.size()) {
                throw new IllegalArgumentException("expected " + Counted.of(keys.size(), "value") + ", for "
                        + keys.stream().map(PartitionKey::name).collect(Collectors.joining(", ")) + ", found "
                        + values.size());
            }
            return checked(values, keys);
        }
    }

    /**
     * The partition's values.
     *
     * @throws IllegalArgumentException if keys of these names and types cannot have them
     */
    PartitionValues valuesFor(List<PartitionKey> keys);

    /** Reads a name, or an array of values in which numbers need no quotes. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static NamedPartition of(JsonNode json) {
        if (!isOne(json)) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        return json.isTextual()
                ? new ByName(json.textValue())
                : new ByValues(StreamSupport.stream(json.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    /** Whether the JSON has a form that can name a partition. */
    static boolean isOne(JsonNode json) {
        return json.isTextual()
                || (json.isArray()
                        && !json.isEmpty()
                        && StreamSupport.stream(json.spliterator(), false)
                                .allMatch(value -> value.isTextual() || value.isIntegralNumber()));
    }

    private static PartitionValues checked(List<String> values, List<PartitionKey> keys) {
        for (int i = 0; i < keys.size(); i++) {
            new KeyCodec(keys.get(i)).whyNot(values.get(i)).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
        }
        PartitionValues all = new PartitionValues(values);
        new PartitionTime(keys).whyNot(all).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return all;
    }
}
