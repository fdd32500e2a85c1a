package io.fanin.detector;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Reason;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The state of one partition in S3, in Glue and in the table's record. */
final class RandomPlace {

    /** Whether something is registered at a place, and how. */
    enum Standing {
        ABSENT,
        OTHERS,
        SAME,
        CHANGED
    }

    /** After this number of attempts a failure is set aside. */
    static final int MAX_ATTEMPTS = 3;

    final List<String> values;
    final Optional<LocalDateTime> moment;
    final Map<String, List<String>> prefixes = new TreeMap<>();
    Standing standing = Standing.ABSENT;
    List<String> registered = List.of();
    Optional<Partition> failed = Optional.empty();
    int attempts;
    boolean isHealed;

    RandomPlace(List<String> values, Optional<LocalDateTime> moment) {
        this.values = List.copyOf(values);
        this.moment = moment;
    }

    boolean beginsFrom(Optional<LocalDateTime> from) {
        return from.isEmpty() || moment.filter(one -> !one.isBefore(from.get())).isPresent();
    }

    boolean isLeft() {
        return failed.isPresent() && !isHealed;
    }

    boolean isInConflict() {
        return prefixes.size() > 1;
    }

    boolean isSetAside() {
        return isLeft() && !isInConflict() && attempts >= MAX_ATTEMPTS;
    }

    Optional<Reason> reason() {
        if (isInConflict() || isSetAside()) {
            return Optional.empty();
        }
        if (isLeft()) {
            return Optional.of(Reason.RETRIED);
        }
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        return switch (standing) {
            case ABSENT -> Optional.of(Reason.NEW);
            case OTHERS, SAME -> Optional.empty();
            case CHANGED -> Optional.of(Reason.LATE);
        };
    }

    Optional<Partition> toProcess() {
        return reason().map(why -> {
            String lain = failed.map(Partition::prefix).orElse("");
            String prefix = prefixes.keySet().stream().findFirst().orElse(lain);
            return switch (why) {
                case NEW, AGAIN, UNVERIFIED -> new Partition(new PartitionValues(prefixes.get(prefix)), prefix);
                case LATE -> new Partition(new PartitionValues(registered), prefix);
                case RETRIED ->
                    new Partition(
                            registered.isEmpty() ? failed.orElseThrow().values() : new PartitionValues(registered),
                            prefix);
            };
        });
    }
}
