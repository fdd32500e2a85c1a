package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The number of registered partitions that another tool has registered and no run has processed. Runs that read the
 * catalog from a time on know the number from there on, and keep that of earlier periods as it was last counted.
 *
 * @param before an ISO local date-time that separates old periods from recent ones, which each listing counts anew;
 *     absent if each listing counts all: the keys contain no time, or nothing with a time is registered
 * @param old those whose periods begin before that time, or have none
 * @param recent those whose periods begin at or after that time
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UnverifiedCount(Optional<String> before, Share old, Share recent) {

    public UnverifiedCount {
        before.ifPresent(LocalDateTime::parse);
    }

    /**
     * A part of the partitions.
     *
     * @param verifiable those that runs can verify
     * @param elsewhere those that are not where the table's layout has their values, or not stored as the table is: no
     *     run processes them
     */
    public record Share(long verifiable, long elsewhere) {

        public static final Share NONE = new Share(0, 0);

        public Share and(Share other) {
            return new Share(verifiable + other.verifiable, elsewhere + other.elsewhere);
        }

        long all() {
            return verifiable + elsewhere;
        }
    }

    /** The number of all. */
    public long total() {
        return old.all() + recent.all();
    }

    /** The number that runs can verify. */
    public long verifiable() {
        return old.verifiable() + recent.verifiable();
    }

    /** All of them; empty for none. */
    public OptionalLong toPublish() {
        return total() == 0 ? OptionalLong.empty() : OptionalLong.of(total());
    }

    /**
     * The count for a listing that begins at a time: where none was counted, there is none before that day either.
     *
     * @return empty if it is not known how many of them are before
     */
    public Optional<UnverifiedCount> from(LocalDateTime first) {
        return before.isPresent()
                ? Optional.of(this)
                : Optional.of(new UnverifiedCount(
                                Optional.of(first.toLocalDate().atStartOfDay().toString()), old, recent))
                        .filter(count -> count.total() == 0);
    }

    /** The beginning of recent periods. */
    public Optional<LocalDateTime> boundary() {
        return before.map(LocalDateTime::parse);
    }
}
