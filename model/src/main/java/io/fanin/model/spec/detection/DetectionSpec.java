package io.fanin.model.spec.detection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.model.table.KeyZone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The part of a spec that determines how a run finds partitions: one record for each {@code mode}, with the options of
 * that mode.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mode", defaultImpl = DetectionSpec.Listing.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = DetectionSpec.Listing.class, name = "list"),
    @JsonSubTypes.Type(value = DetectionSpec.Full.class, name = "full"),
    @JsonSubTypes.Type(value = DetectionSpec.Range.class, name = "range"),
    @JsonSubTypes.Type(value = DetectionSpec.Explicit.class, name = "partitions"),
    @JsonSubTypes.Type(value = DetectionSpec.Calendar.class, name = "calendar"),
    @JsonSubTypes.Type(value = DetectionSpec.Events.class, name = "events")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface DetectionSpec {

    /** Whether a run compares the whole table with S3, so that it can tell whether the table is complete. */
    default boolean seesWholeTable() {
        return switch (this) {
            case Listing listing -> true;
            case Full full -> true;
            case Range range -> false;
            case Explicit explicit -> false;
            case Calendar calendar -> false;
            case Events events -> false;
        };
    }

    /** Whether the spec says which partitions are looked at, instead of looking for those that are new. */
    default boolean namesItsPartitions() {
        return switch (this) {
            case Range range -> true;
            case Explicit explicit -> true;
            case Calendar calendar -> true;
            case Listing listing -> false;
            case Full full -> false;
            case Events events -> false;
        };
    }

    /** The number of failures after which a partition is set aside; empty for never. */
    default Optional<Integer> maxAttempts() {
        return Optional.empty();
    }

    /** The conditions for processing a partition; empty if every partition is ready. */
    default Optional<Readiness> readiness() {
        return Optional.empty();
    }

    /** The treatment of periods without a prefix. */
    default Optional<Gaps> gaps() {
        return Optional.empty();
    }

    /**
     * Partitions that are in S3 and not in Glue. If the keys are times, only partitions from the lookback before the
     * table's progress are listed.
     *
     * @param lookback how far before the progress prefixes may still appear or change
     * @param lateData whether registered partitions within the lookback are compared with S3
     */
    record Listing(
            Optional<IsoDuration> lookback,
            Optional<Boolean> lateData,
            Optional<Readiness> readiness,
            Optional<Gaps> gaps,
            Optional<Integer> maxAttempts)
            implements DetectionSpec {

        /** The default detection, without options. */
        public static final Listing DEFAULT =
                new Listing(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        private static final Duration DEFAULT_LOOKBACK = Duration.ofDays(2);

        public Duration lookbackOrDefault() {
            return lookback.map(IsoDuration::value).orElse(DEFAULT_LOOKBACK);
        }
    }

    /**
     * All partitions in S3, compared with all partitions in Glue.
     *
     * @param lateData whether all registered partitions are compared with S3, which lists every object
     * @param vanished the treatment of registered partitions whose prefixes are now empty
     * @param force whether more of them are deregistered than the usual limit allows
     */
    record Full(
            Optional<Boolean> lateData,
            Optional<Readiness> readiness,
            Optional<Gaps> gaps,
            Optional<Integer> maxAttempts,
            Optional<OnVanished> vanished,
            Optional<Boolean> force)
            implements DetectionSpec {

        public OnVanished vanishedOrDefault() {
            return vanished.orElse(OnVanished.REPORT);
        }

        public boolean searchesVanished() {
            return vanishedOrDefault() != OnVanished.IGNORE;
        }

        @JsonIgnore
        public boolean isForced() {
            return force.orElse(false);
        }
    }

    /**
     * Partitions that are in S3 and not in Glue whose period begins between two times.
     *
     * @param from inclusive
     * @param to exclusive
     * @param lateData whether registered partitions between them are compared with S3
     */
    record Range(
            LocalMoment from,
            LocalMoment to,
            Optional<Boolean> lateData,
            Optional<Readiness> readiness,
            Optional<Integer> maxAttempts)
            implements DetectionSpec {

        /** The range without options. */
        public Range(LocalMoment from, LocalMoment to) {
            this(from, to, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** Partitions that are named, registered or not. */
    record Explicit(List<NamedPartition> partitions) implements DetectionSpec {
        public Explicit {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * The partitions of all periods that begin between two times, whether they are in S3 or not. The times are given
     * explicitly, or relative to the run's reference time.
     *
     * @param from inclusive
     * @param to exclusive
     * @param past how long before the reference time the first moment lies
     * @param ahead how long after the reference time the second moment lies
     * @param zone in which the reference time is read; that of the table's keys by default
     */
    record Calendar(
            Optional<LocalMoment> from,
            Optional<LocalMoment> to,
            Optional<IsoDuration> past,
            Optional<IsoDuration> ahead,
            Optional<String> zone,
            Optional<Integer> maxAttempts)
            implements DetectionSpec {

        /** The first moment, for a run with this reference time and a table whose keys are in this zone. */
        public LocalDateTime first(Instant time, KeyZone keys) {
            KeyZone local = zoneOr(keys);
            return from.map(LocalMoment::value)
                    .orElseGet(() -> local.before(
                            local.local(time), past.map(IsoDuration::value).orElse(Duration.ZERO)));
        }

        /** The second moment, for a run with this reference time and a table whose keys are in this zone. */
        public LocalDateTime second(Instant time, KeyZone keys) {
            KeyZone local = zoneOr(keys);
            return to.map(LocalMoment::value)
                    .orElseGet(() -> local.after(
                            local.local(time), ahead.map(IsoDuration::value).orElse(Duration.ZERO)));
        }

        private KeyZone zoneOr(KeyZone keys) {
            return zone.map(ZoneId::of).map(KeyZone::new).orElse(keys);
        }
    }

    /** The partitions that S3 events have named, taken from the table's inbox. */
    record Events(Optional<Readiness> readiness, Optional<Integer> maxAttempts) implements DetectionSpec {}
}
