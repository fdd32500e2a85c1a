package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Glue request's body, and the faults of its batch entries.
 *
 * @param entryFaults the error for the partition of these values, if it is to have one
 */
record GlueRequest(JsonNode body, Function<List<String>, Optional<Fault.Fail>> entryFaults) {

    static Refusal entityNotFound(String message) {
        return new Refusal(400, "EntityNotFoundException", message);
    }

    static Refusal alreadyExists(String message) {
        return new Refusal(400, "AlreadyExistsException", message);
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "InvalidInputException", message);
    }

    static Refusal violates(String member, String constraint) {
        return new Refusal(
                400,
                "ValidationException",
                "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must %s"
                        .formatted(member, constraint));
    }

    static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>(array.size());
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }

    Optional<Fault.Fail> fault(List<String> values) {
        return entryFaults.apply(values);
    }

    Optional<String> optional(String member) {
        return Optional.ofNullable(body.get(member)).map(JsonNode::asText);
    }

    String text(String member) {
        return optional(member).filter(text -> !text.isEmpty()).orElseThrow(() -> violates(member, "not be null"));
    }

    ObjectNode object(String member) {
        if (body.get(member) instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw violates(member, "not be null");
    }

    boolean flag(String member) {
        return body.path(member).asBoolean();
    }

    /** A list that has to be there and may be of this size at most. */
    List<JsonNode> list(String member, int atMost) {
        JsonNode array = body.get(member);
        if (array == null) {
            throw violates(member, "not be null");
        }
        if (array.size() > atMost) {
            throw violates(member, "have length less than or equal to " + atMost);
        }
        List<JsonNode> items = new ArrayList<>(array.size());
        array.forEach(items::add);
        return items;
    }

    /** A number within its range, or its upper end where it is not given. */
    int number(String member, int from, int to) {
        int number = body.path(member).asInt(to);
        if (number < from || number > to) {
            throw violates(member, "have value between %d and %d".formatted(from, to));
        }
        return number;
    }
}
