package io.fanin.detector;

import io.fanin.core.partition.PeriodBounds;
import io.fanin.detector.walk.PrefixWalk;
import java.util.Optional;

/**
 * What exists in S3 within two moments less what is registered of it, and what failed before within them. Prefixes that
 * cannot hold such a partition are not descended into.
 */
record RangeDetection(PeriodBounds bounds, PrefixWalk walk, TableStanding standing, Selection selection)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                Sightings sightings = new Sightings(standing.forms())) {
            walk.walk(bounds, sightings::add);
            return selection.select(sightings.iterator(), Optional.empty());
        }
    }
}
