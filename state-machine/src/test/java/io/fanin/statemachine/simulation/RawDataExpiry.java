package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The end of a history in which a lifecycle rule deletes raw data, and some arrives late: partitions made from deleted
 * data stay, however a run detects the late data.
 */
record RawDataExpiry(HistoryWorld world, SimulatedSpecs specs) {

    private static final int DAYS = 1;
    private static final Duration UNTIL_ALL_IS_TO_BE_DELETED = Duration.ofDays(3);

    void play() {
        Map<List<String>, JsonNode> made = made();
        world.clock().advance(UNTIL_ALL_IS_TO_BE_DELETED);
        List<Integer> partitions = world.lake().partitions();
        partitions.forEach(this::expire);
        partitions.stream().filter(any -> world.random().chance(0.6)).forEach(this::write);
        world.readiness().letAllBeReady();
        run();
        made.forEach((values, partition) -> world.oracle()
                .observed()
                .require(
                        partition.equals(world.oracle().catalog().partitions().get(values)),
                        values + " was made again after some of its raw data was to expire"));
    }

    /** The partitions that runs have made from raw data. */
    private Map<List<String>, JsonNode> made() {
        return world.oracle().catalog().partitions().entrySet().stream()
                .filter(one -> !CatalogView.parameter(one.getValue(), "fanin.source.oldest")
                        .isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Deletes some raw data like a lifecycle rule, which takes its time. S3 sends events for other deletions, but not
     * for these.
     */
    private void expire(int partition) {
        String folder = world.lake().prefix(partition);
        world.aws().s3().expireAfter(LakeBuckets.bucket(folder), LakeBuckets.key(folder), DAYS);
        world.lake().onChange(key -> {});
        while (world.lake().hasData(partition) && world.random().chance(0.9)) {
            world.trace()
                    .add(
                            FaultKind.RAW_DATA_EXPIRED,
                            "history",
                            "expires: " + world.lake().remove(partition, world.random()));
        }
        world.tellEvents();
    }

    private void write(int partition) {
        world.trace().add("history", "data comes late: " + world.lake().put(partition, true));
    }

    private void run() {
        if (world.tellsEvents() && world.random().chance(0.5)) {
            world.scheduler().add("event-source", () -> world.events().drain());
            world.scheduler().run();
            start(specs.events());
        } else {
            start(specs.last(world.random().one(SimulatedSpecs.Last.EVERYTHING, SimulatedSpecs.Last.values()), false));
        }
    }

    private void start(ObjectNode spec) {
        world.engine().start(spec);
        world.scheduler().run();
    }
}
