package io.fanin.detector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.run.RunId;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.SpecReader;
import io.fanin.core.spec.TableSpec;
import java.util.Optional;
import java.util.Set;

/** What an execution was started with. */
sealed interface ExecutionInput {

    /** Detect and process what the spec says. */
    record Table(TableSpec spec, boolean dryRun) implements ExecutionInput {}

    /** Process again what failed in another run and has not been registered since. */
    record RedriveOf(RunId run, boolean dryRun) implements ExecutionInput {}

    /** Whether the execution is to end after detection, with a plan of what it would do. */
    boolean dryRun();

    /** Fetches a spec that lies in S3. */
    @FunctionalInterface
    interface SpecSource {

        /**
         * The JSON that lies at the URI.
         *
         * @throws SpecException when nothing lies there, or it is no JSON object
         */
        ObjectNode fetch(String uri);
    }

    /** What a schedule adds to every input. */
    Set<String> SCHEDULE_FIELDS = Set.of("id", "time");

    /**
     * Reads an execution's input: a table spec; {@code {"spec": ...}} with a spec or the S3 URI of one, over which the
     * fields beside it win; or {@code {"redriveOf": "<execution>"}}; each with {@code "dryRun": true} or without.
     *
     * @throws SpecException when it is none of them
     */
    static ExecutionInput read(JsonNode input, SpecSource source) {
        if (!(input instanceof ObjectNode object)) {
            return new Table(new SpecReader().read(input), false);
        }
        ObjectNode fields = object.deepCopy();
        fields.remove(SCHEDULE_FIELDS);
        boolean dryRun = dryRun(Optional.ofNullable(fields.remove("dryRun")));
        if (fields.has("redriveOf")) {
            return redriveOf(fields, dryRun);
        }
        JsonNode reference = fields.remove("spec");
        if (reference == null) {
            return new Table(new SpecReader().read(fields), dryRun);
        }
        JsonNode base = reference.isTextual() ? source.fetch(reference.textValue()) : reference;
        if (!(base instanceof ObjectNode spec)) {
            throw SpecException.at("$.spec", "expected a table spec, or the S3 URI of one");
        }
        return new Table(new SpecReader().read(spec.deepCopy().setAll(fields)), dryRun);
    }

    private static boolean dryRun(Optional<JsonNode> json) {
        if (json.filter(value -> !value.isBoolean()).isPresent()) {
            throw SpecException.at("$.dryRun", "expected true or false, found " + json.get());
        }
        return json.map(JsonNode::booleanValue).orElse(false);
    }

    private static ExecutionInput redriveOf(ObjectNode fields, boolean dryRun) {
        JsonNode execution = fields.get("redriveOf");
        if (!execution.isTextual() || fields.size() > 1) {
            throw SpecException.at(
                    "$.redriveOf", "expected the name or ARN of an execution, and no other field beside it but dryRun");
        }
        try {
            return new RedriveOf(RunId.ofExecution(execution.textValue()), dryRun);
        } catch (IllegalArgumentException e) {
            throw SpecException.at("$.redriveOf", e.getMessage());
        }
    }
}
