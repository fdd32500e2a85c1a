package io.fanin.model.run.detection;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The latest period that a table can have reached. Producers write local times; a period beyond all local times is a
 * producer's mistake, and must not make runs skip later periods.
 */
public final class LatestPeriod {

    /** The local time furthest ahead of UTC. */
    private static final ZoneOffset FURTHEST = ZoneOffset.ofHours(14);

    private LatestPeriod() {}

    /** The latest period at a run's reference time. */
    public static LocalDateTime at(Instant time) {
        return LocalDateTime.ofInstant(time, FURTHEST);
    }

    /** The reference time of a run with this latest period. */
    public static Instant time(LocalDateTime latest) {
        return latest.toInstant(FURTHEST);
    }
}
