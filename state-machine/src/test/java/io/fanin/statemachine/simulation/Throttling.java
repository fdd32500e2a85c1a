package io.fanin.statemachine.simulation;

import java.util.Set;

/** How Glue throttles requests that register partitions, in all runs until the faults end. */
enum Throttling {
    NONE,

    /** Throttles each request as a whole. */
    OF_REQUESTS,

    /** Throttles each entry of accepted requests. */
    OF_ENTRIES;

    private static final Set<String> REGISTERING = Set.of("BatchCreatePartition", "BatchUpdatePartition");

    static Throttling of(SeededRandom random) {
        return random.chance(0.15) ? random.one(OF_REQUESTS, OF_ENTRIES) : NONE;
    }

    boolean strikes(String operation) {
        return this != NONE && REGISTERING.contains(operation);
    }
}
