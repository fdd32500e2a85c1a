package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which of the tables that claim the same folder may make partitions there: the first, or the one that takes it
 * over.
 */
final class Owners {

    private final ObservedState observed;
    private final HistoryWorld world;
    private final RunFiles files;

    /** The owners by the first part of their folders, which tables claiming the same one have in common. */
    private final Map<String, String> owners = new HashMap<>();

    Owners(ObservedState observed) {
        this.observed = observed;
        this.world = observed.world();
        this.files = observed.files();
    }

    /**
     * Called when a run begins to make partitions. The decision of an abandoned detector has no effect, and a run whose
     * lease was taken because its execution looked dead is refused when it registers.
     */
    void begun(String run) {
        if (!world.mode().makesPartitions() || isAbandoned(run)) {
            return;
        }
        JsonNode spec = files.read("runs/" + run + "/spec.json");
        String table = name(spec);
        Optional<String> other = owner(spec).filter(before -> !before.equals(table));
        if (other.filter(before -> takesOver(spec, before) || hasTakenOver(spec, before) || wasNeverMade(before))
                .isPresent()) {
            world.trace().add(FaultKind.FOLDER_TAKEN_OVER, run, table + " takes the folder over");
        } else {
            if (other.isPresent() && hasLookedDead(run)) {
                return;
            }
            other.ifPresent(before -> violated(run, table, before));
        }
        owners.put(folder(spec), table);
    }

    /**
     * Called when a held run continues, which takes nothing over. If its detector was abandoned, its beginning was not
     * observed, and the next one returned the earlier decision.
     */
    void resumed(String run) {
        if (!world.mode().makesPartitions() || isAbandoned(run)) {
            return;
        }
        JsonNode spec = files.read("runs/" + run + "/spec.json");
        String table = name(spec);
        owner(spec)
                .filter(other -> !other.equals(table) && !hasTakenOver(spec, other) && !wasNeverMade(other))
                .ifPresent(other -> violated(run, table, other));
    }

    private Optional<String> owner(JsonNode spec) {
        return Optional.ofNullable(owners.get(folder(spec)));
    }

    private static String folder(JsonNode spec) {
        return SimulatedLake.prefix(spec.path("location").asText()).replaceFirst("/.*", "");
    }

    private void violated(String run, String table, String other) {
        observed.require(false, run + " has partitions of " + table + " made in the folder of " + other);
    }

    private static String name(JsonNode spec) {
        return spec.path("database").asText() + "." + spec.path("table").asText();
    }

    /** Whether the table consists only of its claim of a folder. */
    private boolean wasNeverMade(String table) {
        String[] name = table.split("\\.", -1);
        return !world.aws().glue().hasTable(name[0], name[1])
                && files.read("tables/" + name[0] + "/" + name[1] + "/state.json")
                        .path("lastRun")
                        .isMissingNode();
    }

    private static boolean takesOver(JsonNode spec, String other) {
        return spec.path("takesOver").asText().equals(other);
    }

    /** Whether an earlier run of the table, which died before it made partitions, has taken the folder over. */
    private boolean hasTakenOver(JsonNode begun, String other) {
        return files.read("owners/" + LakeBuckets.bucket(folder(begun)) + ".json")
                .path("folders")
                .valueStream()
                .filter(folder -> folder.path("owner").asText().equals(name(begun)))
                .map(folder -> files.read("runs/" + folder.path("claimedBy").asText() + "/spec.json"))
                .anyMatch(spec -> takesOver(spec, other));
    }

    private boolean hasLookedDead(String run) {
        return world.engine().executions().stream().anyMatch(one -> one.run().equals(run) && world.hasLookedDead(one));
    }

    private boolean isAbandoned(String run) {
        return world.invocation().filter(one -> one.answer().isPresent()).isPresent()
                || world.engine().executions().stream()
                        .anyMatch(one -> one.run().equals(run) && !one.isRunning());
    }
}
