package io.fanin.statemachine.simulation;

import java.util.Set;

/** How Glue throttles requests that register partitions, in all runs until the faults end. */
enum Throttling {
    NONE,

    /** Each request as a whole. */
    OF_REQUESTS,

    /** Each entry of a request that is taken. */
    OF_ENTRIES;

    private static final Set<String> REGISTERING = Set.of("BatchCreatePartition", "BatchUpdatePartition");

    static Throttling of(SeededRandom random) {
        return random.chance(0.15) ? random.one(OF_REQUESTS, OF_ENTRIES) : NONE;
    }

    boolean strikes(String operation) {
        return this != NONE && REGISTERING.contains(operation);
    }
}
