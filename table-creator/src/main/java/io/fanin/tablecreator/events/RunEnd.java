package io.fanin.tablecreator.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.answer.FunctionError;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.answer.TablesSummary;
import io.fanin.core.answer.UnexplainedEnd;
import io.fanin.core.input.ExecutionInput;
import io.fanin.model.json.Json;
import io.fanin.model.run.ExecutionStatuses;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * The detail of EventBridge's "Step Functions Execution Status Change" for an execution that has ended.
 *
 * @param startDate when it was started: milliseconds on AWS, ISO format elsewhere
 * @param stopDate when it ended, in the same form
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunEnd(
        @JsonProperty(required = true) String executionArn,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String status,
        Optional<JsonNode> startDate,
        Optional<JsonNode> stopDate,
        Optional<String> input,
        Optional<String> output,
        Optional<String> error,
        Optional<String> cause) {

    /** The next steps of executions that do not change the table. */
    private static final Set<NextStep> IDLE = Set.of(NextStep.BUSY, NextStep.PLANNED, NextStep.CHECK_PLAN);

    /** Whether it is a child execution of a Map, whose state machine name has the Map's label. */
    public boolean isOfMap() {
        return executionArn.contains("/");
    }

    public boolean hasSucceeded() {
        return status.equals(ExecutionStatuses.SUCCEEDED);
    }

    public boolean failedWith(ExecutionError known) {
        return error.filter(known.className()::equals).isPresent();
    }

    /** When it was started; a redrive does not change that. Empty if it is not known. */
    public Optional<Instant> started() {
        try {
            return startDate.map(date -> date.isNumber()
                    ? Instant.ofEpochMilli(date.longValue())
                    : OffsetDateTime.parse(date.asText()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The ARN of another execution of the same state machine. */
    public String sibling(String execution) {
        return executionArn.substring(0, executionArn.lastIndexOf(':') + 1) + execution;
    }

    /** Identifies this end of an execution, which may be redriven and end again. */
    String moment() {
        return stopDate.map(JsonNode::asText).orElse("").replaceAll("[^0-9]", "");
    }

    /** Executions that were stopped or timed out have no error. */
    public String errorOrStatus() {
        return error.filter(text -> !text.isBlank()).orElse(status);
    }

    /** The function's message if a function failed, otherwise the cause of Step Functions. */
    public String causeInWords() {
        return FunctionError.message(cause.orElse(""));
    }

    /** The same, and what is said of an execution that ended without a cause. */
    public String causeForPeople() {
        String message = causeInWords();
        return message.isBlank() ? UnexplainedEnd.text(status) : message;
    }

    /** The table, if the input names it: directly, or in the inline spec of a schedule. */
    public Optional<TableName> tableOfInput() {
        return ExecutionInput.tableOf(input.orElse(""));
    }

    /** The execution for all tables that has started it; empty if none did. */
    public Optional<RunId> startedBy() {
        JsonNode parent = parsedInput().path(ExecutionInput.STARTED_BY);
        try {
            return Optional.ofNullable(parent.textValue()).map(RunId::ofExecution);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same end of an execution whose input names its table. */
    public RunEnd of(TableName table) {
        ObjectNode fields = parsedInput() instanceof ObjectNode object
                ? object
                : Json.documents().createObjectNode();
        fields.put("database", table.database()).put("table", table.table());
        return new RunEnd(
                executionArn, name, status, startDate, stopDate, Optional.of(fields.toString()), output, error, cause);
    }

    /** The table, if the execution has succeeded and its output names it. */
    Optional<TableName> tableOfOutput() {
        return output.flatMap(StepAnswer::tableOf);
    }

    /** Whether it only changed waivers. */
    public boolean changesWaivers() {
        return ExecutionInput.isWaiving(input.orElse(""));
    }

    /** Whether it has succeeded without examining the table, or was not meant to change anything, as a dry run. */
    public boolean sawNothing() {
        return isDryRun() || answer().filter(RunEnd::isIdle).isPresent();
    }

    /** Whether another execution was working on its table. */
    public boolean wasBusy() {
        return answer().filter(answer -> answer instanceof StepAnswer.OfPass pass && pass.next() == NextStep.BUSY)
                .isPresent();
    }

    /** A plan that could not be made is told to whoever asked for it, by the execution itself. */
    private boolean isDryRun() {
        return ExecutionInput.isDryRun(input.orElse(""));
    }

    private static boolean isIdle(StepAnswer answer) {
        return switch (answer) {
            case StepAnswer.OfPass pass -> IDLE.contains(pass.next());
            case TablesAnswer tables -> tables.next() == TablesAnswer.Next.PLANNED;
            case TableCreatorAnswer registered -> false;
            case TablesSummary summary -> false;
        };
    }

    private Optional<StepAnswer> answer() {
        return output.flatMap(StepAnswer::find);
    }

    /** The URI of the spec, if the input names one. */
    public Optional<String> specOfInput() {
        JsonNode spec = parsedInput().path("spec");
        return spec.isTextual() && !spec.textValue().isBlank() ? Optional.of(spec.textValue()) : Optional.empty();
    }

    /** The part of the input that is the same for all executions of a schedule. */
    public String lastingInput() {
        return parsedInput() instanceof ObjectNode fields ? ExecutionInput.lasting(fields) : input.orElse("");
    }

    private JsonNode parsedInput() {
        return Json.treeOrMissing(input.orElse(""));
    }
}
