package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** An execution of the state machine. */
final class SimulatedExecution {

    static final String PREFIX = "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:";

    /** The status. */
    enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED
    }

    private final ExecutionName name;
    private final JsonNode input;
    private final Instant started;
    private final boolean knowsRedrive;
    private final Position position;
    private Status status = Status.RUNNING;
    private int redrives;
    private boolean isExpired;
    private Optional<StateError> failure = Optional.empty();
    private Optional<JsonNode> output = Optional.empty();

    SimulatedExecution(ExecutionName name, JsonNode input, Instant started, boolean knowsRedrive, String startAt) {
        this.name = name;
        this.input = input;
        this.started = started;
        this.knowsRedrive = knowsRedrive;
        this.position = new Position(startAt, input, !knowsRedrive);
    }

    String name() {
        return name.name();
    }

    /** The name of its run's folder. */
    String run() {
        return name.folder();
    }

    String arn() {
        return PREFIX + name();
    }

    Status status() {
        return status;
    }

    JsonNode input() {
        return input;
    }

    boolean isRunning() {
        return status == Status.RUNNING;
    }

    boolean mayBeRedriven() {
        return knowsRedrive && !isExpired && (status == Status.FAILED || status == Status.ABORTED);
    }

    /** Makes it too old for a redrive. */
    void expire() {
        isExpired = true;
    }

    Position position() {
        return position;
    }

    Optional<StateError> failure() {
        return failure;
    }

    Optional<JsonNode> output() {
        return output;
    }

    int redrives() {
        return redrives;
    }

    void redrive() {
        redrives++;
        status = Status.RUNNING;
        failure = Optional.empty();
    }

    void succeed(JsonNode result) {
        if (isRunning()) {
            status = Status.SUCCEEDED;
            output = Optional.of(result);
        }
    }

    void fail(StateError error) {
        if (isRunning()) {
            status = Status.FAILED;
            failure = Optional.of(error);
        }
    }

    void stop() {
        status = Status.ABORTED;
    }

    /** The context object. */
    ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode execution = context.putObject("Execution");
        execution.put("Id", arn());
        execution.set("Input", input);
        execution.put("Name", name());
        execution.put("RoleArn", "arn:aws:iam::123456789012:role/machine");
        execution.put("StartTime", started.toString());
        if (knowsRedrive) {
            execution.put("RedriveCount", redrives);
        }
        return context;
    }

    @Override
    public String toString() {
        return name();
    }
}
