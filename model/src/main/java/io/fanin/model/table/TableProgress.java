package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * How far a table is complete.
 *
 * @param completeThrough the newest period before which nothing detected is outstanding; absent if not known, or if its
 *     keys are not times
 * @param timeZone of the table's time keys, and so of {@code completeThrough}; absent if not stated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableProgress(Optional<String> completeThrough, Optional<KeyZone> timeZone) {

    /** The progress of an unknown table. */
    public static final TableProgress UNKNOWN = new TableProgress(Optional.empty(), Optional.empty());

    /** The time since the beginning of the period through which the table is complete. */
    public Optional<Duration> behind(Instant now) {
        KeyZone zone = timeZone.orElse(KeyZone.UTC);
        return completeThrough.map(period -> Duration.between(zone.begin(LocalDateTime.parse(period)), now));
    }

    /** A local time of the table, followed by its zone if one is stated. */
    public String withZone(String local) {
        return local + timeZone.map(zone -> " " + zone).orElse("");
    }
}
