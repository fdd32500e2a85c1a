package io.fanin.fakes;

import static io.fanin.fakes.GlueRequest.strings;

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
 * The batch operations: each entry succeeds or fails alone and the call answers 200, except that one entry which breaks
 * a rule of form has the whole call refused before anything is done.
 */
final class GlueBatches {

    /** <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html">BatchCreatePartition</a>. */
    private static final int MAX_CREATE = 100;

    /** <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_BatchUpdatePartition.html">BatchUpdatePartition</a>. */
    private static final int MAX_UPDATE = 100;

    /** <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeletePartition.html">BatchDeletePartition</a>. */
    private static final int MAX_DELETE = 25;

    /** <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_BatchGetPartition.html">BatchGetPartition</a>. */
    private static final int MAX_GET = 1000;

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
        GlueTable table = partitions.table(request);
        List<PartitionInput> inputs = new ArrayList<>();
        for (JsonNode entry : request.list("PartitionInputList", MAX_CREATE)) {
            inputs.add(PartitionInput.of(table, entry));
        }
        Errors errors = new Errors("PartitionValues");
        for (PartitionInput input : inputs) {
            errors.attempt(request, input.values(), () -> partitions.create(table, input));
        }
        return errors.answer();
    }

    private ObjectNode update(GlueRequest request) {
        GlueTable table = partitions.table(request);
        List<Update> updates = new ArrayList<>();
        for (JsonNode entry : request.list("Entries", MAX_UPDATE)) {
            PartitionInput input = PartitionInput.of(table, entry.path("PartitionInput"));
            updates.add(new Update(strings(entry.path("PartitionValueList")), input));
        }
        Errors errors = new Errors("PartitionValueList");
        for (Update update : updates) {
            errors.attempt(request, update.of(), () -> partitions.replace(table, update.of(), update.to()));
        }
        return errors.answer();
    }

    private ObjectNode delete(GlueRequest request) {
        GlueTable table = partitions.table(request);
        Errors errors = new Errors("PartitionValues");
        for (JsonNode entry : request.list("PartitionsToDelete", MAX_DELETE)) {
            List<String> values = strings(entry.path("Values"));
            errors.attempt(request, values, () -> partitions.delete(table, values));
        }
        return errors.answer();
    }

    /** Partitions that do not exist are simply not in the answer. */
    private ObjectNode get(GlueRequest request) {
        GlueTable table = partitions.table(request);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode found = answer.putArray("Partitions");
        ArrayNode unprocessed = answer.putArray("UnprocessedKeys");
        for (JsonNode entry : request.list("PartitionsToGet", MAX_GET)) {
            List<String> values = strings(entry.path("Values"));
            if (request.fault(values).isPresent()) {
                unprocessed.add(entry);
            } else {
                table.partition(values).ifPresent(found::add);
            }
        }
        return answer;
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
