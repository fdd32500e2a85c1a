package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The part of a spec that has runs process partitions which another tool has registered, the newest first, until none
 * is left.
 *
 * @param partitionsPerRun the maximum number of them in a run
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record VerifySpec(Optional<Integer> partitionsPerRun) {

    /** The maximum of {@code partitionsPerRun}. */
    public static final int MAX_PARTITIONS_PER_RUN = 10_000;

    private static final int DEFAULT_PARTITIONS_PER_RUN = 500;

    int partitionsPerRunOrDefault() {
        return partitionsPerRun.orElse(DEFAULT_PARTITIONS_PER_RUN);
    }
}
