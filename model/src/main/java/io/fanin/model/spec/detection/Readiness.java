package io.fanin.model.spec.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The conditions under which a partition may be processed. Until they hold it waits: it is neither new nor failed.
 *
 * @param marker the name of an object that the producer writes last, directly below the partition's prefix
 * @param quietPeriod the time for which nothing in it may have changed
 * @param age the time since its period must have begun, for keys that are times
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Readiness(Optional<String> marker, Optional<IsoDuration> quietPeriod, Optional<IsoDuration> age) {

    /** Every partition is ready. */
    public static final Readiness ALWAYS = new Readiness(Optional.empty(), Optional.empty(), Optional.empty());

    public Readiness {
        if (marker.filter(name -> name.isEmpty() || name.contains("/")).isPresent()) {
            throw new IllegalArgumentException(
                    "expected the marker to be the name of an object, such as _SUCCESS, found '" + marker.get() + "'");
        }
    }

    /** Whether it contains any condition. */
    public boolean asksAnything() {
        return marker.isPresent() || quietPeriod.isPresent() || age.isPresent();
    }
}
