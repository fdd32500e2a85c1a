package io.fanin.core.run.detection;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Up to where a table can have got. Producers write local times; what lies beyond all of them is a producer's mistake, and
 * no later period may be passed over because of it.
 */
public final class LatestPeriod {

    /** No clock is further ahead of UTC. */
    private static final ZoneOffset FURTHEST = ZoneOffset.ofHours(14);

    private LatestPeriod() {}

    /** As it is at the run's reference time. */
    public static LocalDateTime at(Instant time) {
        return LocalDateTime.ofInstant(time, FURTHEST);
    }

    /** The reference time of a run whose latest period this is. */
    public static Instant time(LocalDateTime latest) {
        return latest.toInstant(FURTHEST);
    }
}
