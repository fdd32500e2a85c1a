package io.fanin.detector;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Up to where a table can have got. Producers write local times, of which none is further ahead; what lies beyond is a
 * producer's mistake, and no later period may be passed over because of it.
 */
final class Horizon {

    private Horizon() {}

    /** As it is at the run's reference time. */
    static LocalDateTime at(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.MAX);
    }
}
