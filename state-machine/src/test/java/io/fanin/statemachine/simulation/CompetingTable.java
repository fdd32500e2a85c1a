package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.time.Instant;

/** Another table, whose spec makes partitions in the table's folder, inside it or around it. */
final class CompetingTable {

    static final String TABLE = "competing";
    static final String RUNS = "competing-";

    private final HistoryWorld world;
    private final SimulatedSpecs specs;

    CompetingTable(HistoryWorld world, SimulatedSpecs specs) {
        this.world = world;
        this.specs = specs;
    }

    /** Begins a number of runs, with pauses between them; nobody continues them. */
    void act(int runs) {
        if (world.random().chance(0.7)) {
            beMade();
        }
        for (int i = 0; i < runs; i++) {
            for (int pauses = world.random().below(100); pauses > 0; pauses--) {
                world.scheduler().pause();
            }
            begin();
        }
    }

    /** Writes the record of a run that has created the table. */
    private void beMade() {
        TableRecord record =
                TableRecord.NEW.with(new RecordedRun(new RunId(RUNS + "0"), "s3://state/runs/competing-0/", 1));
        world.aws()
                .s3()
                .put(
                        HistoryWorld.STATE_BUCKET,
                        "tables/" + HistoryWorld.DATABASE + "/" + TABLE + "/state.json",
                        Json.text(record));
    }

    private void begin() {
        boolean takesOver = world.random().chance(0.3);
        SimulatedExecution execution = new SimulatedExecution(
                ExecutionName.plain(RUNS + (world.rivals().size() + 1)),
                specs.competing(world.random(), takesOver),
                Instant.EPOCH,
                false,
                "Detect new partitions");
        world.rivals().add(execution);
        world.trace().add(FaultKind.FOLDER_WANTED_BY_ANOTHER_TABLE, execution, "begins with " + execution.context());
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.set("execution", execution.context().get("Execution"));
        switch (world.functions().call(Function.DETECTOR, input)) {
            case FunctionRun.Answer.Output(JsonNode answer) -> {
                world.trace().add(execution, "is told " + answer);
                execution.succeed(answer);
            }
            case FunctionRun.Answer.Failed(StateError error) -> {
                world.trace().add(execution, "is refused: " + error.getMessage());
                execution.fail(error);
            }
        }
    }
}
