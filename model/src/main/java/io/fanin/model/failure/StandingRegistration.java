package io.fanin.model.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The registration under which readers see a partition that has failed all the same: data that came late, was processed
 * again, or is another tool's.
 *
 * @param registeredBy the URI of the folder of the run that had registered the partition when it failed, or empty text
 *     for another tool; absent if it was not registered
 * @param registeredAt the URI of the folder that failed, if another tool had registered the partition and its data is
 *     the table's own: with another location, readers do not see what failed; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StandingRegistration(Optional<String> registeredBy, Optional<String> registeredAt) {

    /** A partition that is not registered. */
    public static final StandingRegistration NONE = new StandingRegistration(Optional.empty(), Optional.empty());

    /** If a document lacks {@code registeredAt}, the folder is not known. */
    public StandingRegistration {
        registeredAt = registeredAt == null ? Optional.empty() : registeredAt;
    }

    /** Whether there is one. */
    public boolean exists() {
        return registeredBy.isPresent();
    }
}
