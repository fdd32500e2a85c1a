package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.util.Optional;

/** A run of a Glue job that copies each folder of the source into the table. May outlive its execution. */
final class JobRun {

    /** The maximum duration, in steps of other actors. */
    private static final int LONGEST = 200;

    private final HistoryWorld world;
    private final String id;
    private final JsonNode work;
    private Optional<String> state = Optional.empty();

    JobRun(HistoryWorld world, String id, JsonNode arguments) {
        this.world = world;
        this.id = id;
        this.work = new RunFiles(world.aws().s3())
                .read(arguments.path("--fanin_batch").asText().replace("s3://" + HistoryWorld.STATE_BUCKET + "/", ""));
    }

    /** Does its work, unless it fails or is stopped before it is done. */
    void run() {
        dawdle();
        for (JsonNode partition : work.path("partitions")) {
            if (partition.has("source")) {
                world.lake().folders().copy(folder(partition, "source"), folder(partition, "target"), this::mayGoOn);
            } else {
                mayGoOn("looks at " + folder(partition, "target"));
            }
        }
        dawdle();
        end("SUCCEEDED");
    }

    /** Jobs are slow to begin and to end. */
    private void dawdle() {
        for (int pauses = world.random().below(LONGEST); pauses > 0; pauses--) {
            world.scheduler().pause();
        }
    }

    private boolean mayGoOn(String what) {
        if (isOver()) {
            return false;
        }
        world.faults().begin(what);
        if (world.random().chance(world.faults().rates().job())) {
            end(world.random().one("FAILED", "TIMEOUT", "STOPPED"));
            world.trace().add(FaultKind.JOB_CUT, this, "  ends as " + state.orElseThrow());
        }
        return !isOver();
    }

    /** Abandons the run: nobody will ask for its end, and it continues for any time, possibly writing old data. */
    void abandon() {
        work.path("partitions").forEach(partition -> world.lake().distrust(folder(partition, "target")));
    }

    void end(String how) {
        state = state.or(() -> Optional.of(how));
    }

    boolean isOver() {
        return state.isPresent();
    }

    /** The answer of Step Functions about an ended run. */
    JsonNode answer() {
        String how = state.orElseThrow();
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("Id", id).put("JobName", "copy").put("JobRunState", how);
        if (how.equals("SUCCEEDED") || how.equals("STOPPED")) {
            return run;
        }
        throw new StateError("States.TaskFailed", Json.text(run.put("ErrorMessage", "as it was told")));
    }

    private static String folder(JsonNode partition, String name) {
        return LakeBuckets.name(partition.path(name).asText());
    }

    @Override
    public String toString() {
        return id;
    }
}
