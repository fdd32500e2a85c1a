package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The batch operations: each entry succeeds or fails by itself and the call returns 200; but an entry with a malformed
 * field makes Glue refuse the whole call.
 */
final class GlueBatches {

    private final GluePartitions partitions;

    GlueBatches(GluePartitions partitions) {
        this.partitions = partitions;
    }

    Map<String, Function<GlueRequest, ObjectNode>> operations() {
        return Map.of(
                "BatchCreatePartition", this::create,
                "BatchUpdatePartition", this::update,
                "BatchDeletePartition", this::delete,
                "BatchGetPartition", this::get);
    }

    private ObjectNode create(GlueRequest request) {
        List<PartitionInput> inputs = new ArrayList<>();
        for (JsonNode entry : request.list("PartitionInputList", GlueLimits.of("batchCreate"))) {
            inputs.add(PartitionInput.of(entry));
        }
        GlueTable table = partitions.table(request);
        inputs.forEach(input -> input.requireFit(table));
        Errors errors = new Errors("PartitionValues");
        for (PartitionInput input : inputs) {
            errors.attempt(request, input.values(), () -> partitions.create(table, input));
        }
        return errors.answer();
    }

    private ObjectNode update(GlueRequest request) {
        List<Update> updates = new ArrayList<>();
        for (JsonNode entry : request.list("Entries", GlueLimits.of("batchUpdate"))) {
            PartitionInput input = PartitionInput.of(entry.path("PartitionInput"));
            updates.add(new Update(PartitionInput.values(entry.path("PartitionValueList")), input));
        }
        GlueTable table = partitions.table(request);
        updates.forEach(update -> update.to().requireFit(table));
        Errors errors = new Errors("PartitionValueList");
        for (Update update : updates) {
            errors.attempt(request, update.of(), () -> partitions.replace(table, update.of(), update.to()));
        }
        return errors.answer();
    }

    private ObjectNode delete(GlueRequest request) {
        List<List<String>> all = values(request, "PartitionsToDelete", GlueLimits.of("batchDelete"));
        GlueTable table = partitions.table(request);
        Errors errors = new Errors("PartitionValues");
        for (List<String> values : all) {
            errors.attempt(request, values, () -> partitions.delete(table, values));
        }
        return errors.answer();
    }

    /** Partitions that do not exist are simply not in the answer. */
    private ObjectNode get(GlueRequest request) {
        List<List<String>> all = values(request, "PartitionsToGet", GlueLimits.of("batchGet"));
        GlueTable table = partitions.table(request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode found = answer.putArray("Partitions");
        ArrayNode unprocessed = answer.putArray("UnprocessedKeys");
        for (List<String> values : all) {
            if (request.fault(values).isPresent()) {
                values.forEach(unprocessed.addObject().putArray("Values")::add);
            } else {
                table.partition(values).ifPresent(found::add);
            }
        }
        return answer;
    }

    private static List<List<String>> values(GlueRequest request, String member, int atMost) {
        return request.list(member, atMost).stream()
                .map(entry -> PartitionInput.values(entry.path("Values")))
                .toList();
    }

    private record Update(List<String> of, PartitionInput to) {}

    /** The {@code Errors} of a batch answer; {@code key} is the member that says whose error it is. */
    private record Errors(String key, ObjectNode answer, ArrayNode errors) {

        Errors(String key) {
            this(key, JsonNodeFactory.instance.objectNode());
        }

        private Errors(String key, ObjectNode answer) {
            this(key, answer, answer.putArray("Errors"));
        }

        void attempt(GlueRequest request, List<String> values, Runnable effect) {
            Optional<Fault.Fail> fault = request.fault(values);
            if (fault.isPresent()) {
                add(values, fault.get());
                return;
            }
            try {
                effect.run();
            } catch (Refusal refusal) {
                add(values, refusal.error());
            }
        }

        private void add(List<String> values, Fault.Fail error) {
            ObjectNode entry = errors.addObject();
            values.forEach(entry.putArray(key)::add);
            entry.putObject("ErrorDetail").put("ErrorCode", error.code()).put("ErrorMessage", error.message());
        }
    }
}
