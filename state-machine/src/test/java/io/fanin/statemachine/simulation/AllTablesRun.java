package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.List;
import java.util.Optional;

/**
 * A run of all tables, limited to the table of the history: its first state looks at the table, and an execution is
 * started only if there may be something to do.
 */
final class AllTablesRun {

    /** The bucket of all specs. */
    static final String BUCKET = "schedules";

    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:";

    /** The number of attempts of the state. */
    private static final int ATTEMPTS = 4;

    private final HistoryWorld world;

    AllTablesRun(HistoryWorld world) {
        this.world = world;
    }

    /**
     * The beginning of the run.
     *
     * @param isUpToDate whether the table was found to be up to date
     * @param started the table's execution; empty if there is none
     */
    record Begun(boolean isUpToDate, Optional<SimulatedExecution> started) {}

    /** Begins a run when the table has this spec. */
    Begun begin(ObjectNode spec) {
        world.aws().s3().put(BUCKET, "specs/" + HistoryWorld.TABLE + ".json", spec.toString());
        ObjectNode input = input("all-" + world.trace().length());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            switch (world.engine().call(Function.DETECTOR, input)) {
                case FunctionRun.Answer.Failed(StateError error) ->
                    world.trace().add("all tables", "are not found: " + error.getMessage());
                case FunctionRun.Answer.Output(JsonNode answer) -> {
                    return begun(answer, spec);
                }
            }
        }
        return new Begun(false, Optional.empty());
    }

    /**
     * The start of the table's execution, if needed. Its input contains the spec itself in place of the URI, so that
     * checks can read it.
     */
    private Begun begun(JsonNode answer, ObjectNode spec) {
        Optional<JsonNode> item = items(answer);
        if (item.isEmpty() || world.mutant() == Mutant.LEAVES_TABLES_OUT) {
            world.trace().add(FaultKind.TABLE_UP_TO_DATE, "all tables", "find the table up to date");
            return new Begun(true, Optional.empty());
        }
        ObjectNode input = item.get().path("input").deepCopy();
        input.remove("spec");
        return new Begun(false, Optional.of(world.engine().start(input.setAll(spec))));
    }

    private Optional<JsonNode> items(JsonNode answer) {
        String key = answer.path("items").asText();
        JsonNode items =
                Json.read(world.aws().s3().text(HistoryWorld.STATE_BUCKET, key).orElseThrow(), JsonNode.class, key);
        return List.copyOf(items.findParents("execution")).stream().findFirst();
    }

    private ObjectNode input(String name) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("action", "tables");
        input.putObject("stack")
                .put("stateMachine", MACHINE + "partition-fan-in")
                .put("specs", "s3://" + BUCKET + "/specs/")
                .put("databases", "");
        input.putObject("execution")
                .put("Id", MACHINE.replace("stateMachine", "execution") + "all-tables:" + name)
                .put("Name", name)
                .put("StartTime", world.clock().instant().toString())
                .putObject("Input");
        return input;
    }
}
