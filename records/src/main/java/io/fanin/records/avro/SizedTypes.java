package io.fanin.records.avro;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The types of a schema whose values take bytes. Determined in linear time, however the records refer to each other.
 */
final class SizedTypes {

    /** The names of the records whose values take bytes. */
    private final Set<String> records = new HashSet<>();

    private SizedTypes() {}

    static SizedTypes of(Schema schema) {
        SizedTypes sized = new SizedTypes();
        Map<String, List<String>> holders = new HashMap<>();
        Deque<String> found = new ArrayDeque<>();
        for (Schema record : recordsOf(schema)) {
            for (Schema.Field field : record.getFields()) {
                if (field.schema().getType() == Schema.Type.RECORD) {
                    holders.computeIfAbsent(field.schema().getFullName(), name -> new ArrayList<>())
                            .add(record.getFullName());
                } else if (sized.takesBytes(field.schema())) {
                    found.add(record.getFullName());
                }
            }
        }
        while (!found.isEmpty()) {
            String name = found.pop();
            if (sized.records.add(name)) {
                holders.getOrDefault(name, List.of()).forEach(found::push);
            }
        }
        return sized;
    }

    private static List<Schema> recordsOf(Schema schema) {
        List<Schema> records = new ArrayList<>();
        Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Schema> left = new ArrayDeque<>(List.of(schema));
        while (!left.isEmpty()) {
            Schema type = left.pop();
            if (seen.add(type)) {
                if (type.getType() == Schema.Type.RECORD) {
                    records.add(type);
                }
                within(type).forEach(left::push);
            }
        }
        return records;
    }

    private static Stream<Schema> within(Schema type) {
        return switch (type.getType()) {
            case RECORD -> type.getFields().stream().map(Schema.Field::schema);
            case UNION -> type.getTypes().stream();
            case ARRAY -> Stream.of(type.getElementType());
            case MAP -> Stream.of(type.getValueType());
            default -> Stream.empty();
        };
    }

    boolean takesBytes(Schema type) {
        return switch (type.getType()) {
            case NULL -> false;
            case FIXED -> type.getFixedSize() > 0;
            case RECORD -> records.contains(type.getFullName());
            default -> true;
        };
    }
}
