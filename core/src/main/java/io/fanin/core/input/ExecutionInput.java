package io.fanin.core.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.names.InputNames;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The input of an execution. */
public sealed interface ExecutionInput {

    /**
     * The maximum size of a spec in bytes of UTF-8, wherever it is stored: that of an execution's input in Step
     * Functions.
     */
    int MAX_BYTES = 256 * 1024;

    /** The field by which Step Functions links an execution to the one that has started it. */
    String STARTED_BY = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";

    /** The maximum length of the name of a database or a table in Glue. */
    int MAX_NAME = 255;

    /** An input that identifies its table by a spec. */
    sealed interface OfSpec extends ExecutionInput {

        TableSpec spec();
    }

    /** Detect and process partitions according to the spec. */
    record Table(TableSpec spec, boolean dryRun, Optional<Instant> time) implements OfSpec {}

    /** Process the partitions that failed in another run and have not been registered since. */
    record RedriveOf(RunId run, boolean dryRun) implements ExecutionInput {}

    /**
     * Change the waivers of a table, and process nothing.
     *
     * @param spec the table's, possibly only its name
     */
    record Waiving(TableSpec spec, WaiverRequest request, boolean dryRun, Optional<Instant> time) implements OfSpec {}

    /** The fields of an input that are different for each execution. */
    List<String> OF_ONE_EXECUTION = List.of("id", "time", STARTED_BY);

    /** The part of an input that is the same for all executions of a schedule, as text. */
    static String lasting(ObjectNode input) {
        return ofAnotherExecution(input).toString();
    }

    /** An input for another execution, which judges by its own time what is new. */
    static JsonNode ofAnotherExecution(JsonNode input) {
        return input instanceof ObjectNode fields ? fields.deepCopy().without(OF_ONE_EXECUTION) : input;
    }

    /** The fields of an input by which its table can be run again: without those that are of one execution. */
    static ObjectNode ofItsTable(JsonNode input) {
        return ((ObjectNode) ofAnotherExecution(input))
                .without(List.of(InputNames.DRY_RUN, InputNames.WAIVE, InputNames.UNWAIVE));
    }

    /** Whether an input, which anybody may have written, asks for a dry run. */
    static boolean isDryRun(String input) {
        return Json.treeOrMissing(input).path(InputNames.DRY_RUN).asBoolean();
    }

    /** Whether an input, which anybody may have written, only changes waivers. */
    static boolean isWaiving(String input) {
        JsonNode fields = Json.treeOrMissing(input);
        return fields.has(InputNames.WAIVE) || fields.has(InputNames.UNWAIVE);
    }

    /** Whether an input, which anybody may have written, only takes up what another execution has left outstanding. */
    static boolean isRedriveOf(String input) {
        return Json.treeOrMissing(input).has(InputNames.REDRIVE_OF);
    }

    /** The table that an input, which anybody may have written, names: directly, or in a schedule's inline spec. */
    static Optional<TableName> tableOf(String input) {
        JsonNode fields = Json.treeOrMissing(input);
        return name(fields, "database")
                .flatMap(database -> name(fields, "table").flatMap(table -> TableName.find(database + "." + table)));
    }

    /** Fields beside a spec override its fields. */
    private static Optional<String> name(JsonNode input, String field) {
        return Stream.of(input, input.path("spec"))
                .map(fields -> fields.path(field))
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(name -> LogSafe.beginning(name.textValue(), MAX_NAME));
    }

    /** Whether the execution is a dry run, which ends after detection with a plan. */
    boolean dryRun();

    /** The run's reference time, if the input contains one; a schedule's does. */
    default Optional<Instant> time() {
        return Optional.empty();
    }

    /** Fetches specs from S3. */
    @FunctionalInterface
    interface SpecSource {

        /**
         * The JSON at the URI.
         *
         * @throws SpecException if there is no object, or it is not a JSON object
         */
        ObjectNode fetch(String uri);
    }

    /**
     * Reads an execution's input, which is one of: a table spec; {@code {"spec": ...}} with a spec or the S3 URI of
     * one, together with fields that override the spec's, and optionally {@code waive} and {@code unwaive}; or
     * {@code {"redriveOf": "<execution>"}}. Each can have {@code "dryRun": true}.
     *
     * @throws SpecException if it is none of them
     */
    static ExecutionInput read(JsonNode input, SpecSource source) {
        InputFields.requireSize(input);
        if (!(input instanceof ObjectNode object)) {
            return new Table(new SpecReader().read(input), false, Optional.empty());
        }
        ObjectNode fields = object.deepCopy();
        fields.remove(List.of("id", STARTED_BY));
        Optional<Instant> time = InputFields.takeTime(fields);
        boolean dryRun = InputFields.takeDryRun(fields);
        if (fields.has(InputNames.REDRIVE_OF)) {
            return redriveOf(fields, dryRun);
        }
        Optional<WaiverRequest> waivers = waivers(fields);
        TableSpec spec = spec(fields, source);
        return waivers.<ExecutionInput>map(request -> new Waiving(spec, request, dryRun, time))
                .orElseGet(() -> new Table(spec, dryRun, time));
    }

    private static Optional<WaiverRequest> waivers(ObjectNode fields) {
        ObjectNode waivers = fields.deepCopy().retain(InputNames.WAIVE, InputNames.UNWAIVE);
        fields.remove(List.of(InputNames.WAIVE, InputNames.UNWAIVE));
        return waivers.isEmpty() ? Optional.empty() : Optional.of(SpecReader.readWaivers(waivers));
    }

    private static TableSpec spec(ObjectNode fields, SpecSource source) {
        JsonNode reference = fields.remove("spec");
        if (reference == null) {
            return new SpecReader().read(fields);
        }
        JsonNode base = reference.isTextual() ? source.fetch(reference.textValue()) : reference;
        if (!(base instanceof ObjectNode spec)) {
            throw SpecException.at("$.spec", "expected a table spec, or the S3 URI of one");
        }
        return new SpecReader().read(spec.deepCopy().setAll(fields));
    }

    private static ExecutionInput redriveOf(ObjectNode fields, boolean dryRun) {
        JsonNode execution = fields.get(InputNames.REDRIVE_OF);
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
