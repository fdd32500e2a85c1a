package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.text.Counted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Refuses partitions that Glue would refuse, before one of them makes its whole batch fail. */
final class RegistrationInput {

    /** The maximum length of a location in Glue. */
    static final int MAX_LOCATION_LENGTH = 2056;

    private final List<PartitionKey> keys;
    private final List<KeyCodec> codecs;
    private final Map<PartitionValues, PartitionRegistration> seen = new HashMap<>();

    RegistrationInput(List<PartitionKey> keys) {
        this.keys = keys;
        this.codecs = keys.stream().map(KeyCodec::new).toList();
    }

    static boolean isValid(PartitionValues values) {
        return wrongValue(values.values()).isEmpty();
    }

    /** The refusal of a partition; empty if it may be sent, or is identical to one that was given before. */
    Optional<Refused> refuse(PartitionRegistration wanted) {
        List<String> values = wanted.values().values();
        if (values.size() != keys.size()) {
            return refused(
                    wanted,
                    FailureCode.INVALID_PARTITION_VALUES,
                    Counted.of(values.size(), "value") + " for the table's " + Counted.of(keys.size(), "key"));
        }
        OptionalInt wrong = wrongValue(values);
        if (wrong.isPresent()) {
            int length = values.get(wrong.getAsInt()).length();
            return refused(
                    wanted,
                    FailureCode.INVALID_PARTITION_VALUES,
                    "value " + (wrong.getAsInt() + 1) + " has " + length + " characters, Glue takes 1 to "
                            + KeyCodec.MAX_VALUE_LENGTH);
        }
        Optional<String> unreadable = whyUnreadable(values);
        if (unreadable.isPresent()) {
            return refused(wanted, FailureCode.INVALID_PARTITION_VALUES, unreadable.get());
        }
        int length = wanted.locationUri().length();
        if (length == 0 || length > MAX_LOCATION_LENGTH) {
            return refused(
                    wanted,
                    FailureCode.INVALID_LOCATION,
                    "the location has " + length + " characters, Glue takes 1 to " + MAX_LOCATION_LENGTH);
        }
        PartitionRegistration before = seen.putIfAbsent(wanted.values(), wanted);
        if (before != null && !before.equals(wanted)) {
            return refused(
                    wanted,
                    FailureCode.DUPLICATE_PARTITION,
                    "given twice, first with " + before.locationUri() + ", then with " + wanted.locationUri());
        }
        return Optional.empty();
    }

    private static OptionalInt wrongValue(List<String> values) {
        return IntStream.range(0, values.size())
                .filter(i -> values.get(i).isEmpty() || values.get(i).length() > KeyCodec.MAX_VALUE_LENGTH)
                .findFirst();
    }

    /** Glue accepts any text for any key, and readers then fail on every query of the table. */
    private Optional<String> whyUnreadable(List<String> values) {
        return IntStream.range(0, values.size())
                .filter(i -> keys.get(i).type() != KeyType.STRING)
                .mapToObj(i -> codecs.get(i).whyNot(values.get(i)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refused> refused(PartitionRegistration wanted, FailureCode code, String message) {
        return Optional.of(new Refused(wanted.values(), code, message));
    }
}
