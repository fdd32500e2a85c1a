package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When the data of the lake's partitions is ready: at once, when a marker lies beside it, or when nothing has changed
 * for a while.
 */
final class LakeReadiness {

    /** The condition that runs wait for. */
    enum Kind {
        NOTHING,
        MARKER,
        QUIET
    }

    private static final String MARKER = "_READY";
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final HistoryWorld world;
    private final Kind kind;
    private final Set<Integer> marked = new HashSet<>();

    LakeReadiness(HistoryWorld world, Kind kind) {
        this.world = world;
        this.kind = kind;
    }

    /** Writes the condition into a detection. */
    void state(ObjectNode detection) {
        switch (kind) {
            case NOTHING -> {}
            case MARKER -> {
                if (world.mutant() != Mutant.WAITS_FOR_NO_MARKER) {
                    detection.putObject("readiness").put("marker", MARKER);
                }
            }
            case QUIET -> detection.putObject("readiness").put("quietPeriod", QUIET.toString());
        }
    }

    /** The partitions with data whose marker does not exist yet. */
    List<Integer> unmarked() {
        SimulatedLake lake = world.lake();
        return kind == Kind.MARKER
                ? lake.partitions().stream()
                        .filter(lake::hasData)
                        .filter(number ->
                                !lake.folders().names(lake.prefix(number)).contains(MARKER))
                        .toList()
                : List.of();
    }

    /** Writes a partition's marker, as its producer does at the end. */
    void mark(int partition) {
        String name = world.lake().prefix(partition) + MARKER;
        world.trace().add(FaultKind.MARKER_CAME, "producer", "writes " + name);
        marked.add(partition);
        world.lake().folders().buckets().put(name, "");
        if (world.tellsEvents()) {
            world.events().tell(name);
        }
    }

    /** Whether a partition's data has ever had a marker, or none is needed. */
    boolean wasMarked(int partition) {
        return kind != Kind.MARKER || marked.contains(partition);
    }

    /** Makes all existing data ready. */
    void letAllBeReady() {
        unmarked().forEach(this::mark);
        if (kind == Kind.QUIET) {
            world.clock().advance(QUIET.plusSeconds(1));
        }
    }
}
