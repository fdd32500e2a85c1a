package io.fanin.detector;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What exists in S3 within two moments less what is registered of it, and what failed before within them. Prefixes that
 * cannot hold such a partition are not descended into.
 *
 * @param from inclusive
 * @param to exclusive
 */
record RangeDetection(
        LocalDateTime from, LocalDateTime to, IntakeWalk walk, TableStanding standing, Selection selection)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                Sightings sightings = new Sightings(standing.forms())) {
            walk.within(from, to, sightings::add);
            return selection.select(sightings.iterator(), Optional.empty());
        }
    }
}
