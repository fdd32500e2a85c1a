package io.fanin.core.catalog.partition;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.WindowStart;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The reason why Glue is not asked for a table's partitions from a time on, or refuses: all of them are read then. */
public final class WindowRefusal {

    /** JSqlParser's, with which Glue reads expressions, as Trino's GlueExpressionUtil lists them. */
    static final Set<String> RESERVED_WORDS = Set.of(
            ("all and any as asc begin between by case create delete desc distinct do drop else end escape exists from"
                            + " full group having in index inner insert intersect into is join key left like limit"
                            + " natural not null offset on open or order outer primary replace right select set some"
                            + " table then top truncate union update using values when where with")
                    .split(" ", -1));

    /** Any: that it can be compared does not depend on it. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private WindowRefusal() {}

    /**
     * The reason; empty if the window can be asked for, or if the keys contain no time, so that there is no window.
     *
     * @param registered values of the table's partitions
     */
    public static Optional<String> of(List<PartitionKey> keys, Collection<PartitionValues> registered) {
        if (!new PartitionTime(keys).hasTime()) {
            return Optional.empty();
        }
        return WindowStart.of(keys, TIME)
                .map(start -> ofKeys(keys, WindowExpression.keysOf(start), registered))
                .orElse(Optional.of("the times in the keys do not sort as text"));
    }

    private static Optional<String> ofKeys(
            List<PartitionKey> keys, List<PartitionKey> compared, Collection<PartitionValues> registered) {
        return compared.stream()
                .filter(key -> !canBeNamed(key))
                .findFirst()
                .map(key -> "an expression cannot name key " + key.name())
                .or(() -> Optional.of(compared.getFirst())
                        .filter(key -> key.type() != KeyType.STRING && hasNull(registered, keys.indexOf(key)))
                        .map(key -> "key " + key.name() + " has the value " + PartitionValues.HIVE_DEFAULT
                                + ", which Glue compares with no "
                                + key.type().name().toLowerCase(Locale.ROOT)));
    }

    private static boolean canBeNamed(PartitionKey key) {
        return WindowExpression.hasPlainName(key) && !RESERVED_WORDS.contains(key.canonicalName());
    }

    private static boolean hasNull(Collection<PartitionValues> registered, int key) {
        return registered.stream()
                .map(PartitionValues::values)
                .anyMatch(values -> values.size() > key && values.get(key).equals(PartitionValues.HIVE_DEFAULT));
    }
}
