package io.fanin.core.partition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;

/**
 * One key by which a table is partitioned.
 *
 * @param name as Glue knows it; compared without case
 * @param format how a moment is written into the prefix, in the letters of {@link java.time.format.DateTimeFormatter}
 *     (Athena's {@code projection.<key>.format}); a {@code /} in it makes the key span several levels of a template
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PartitionKey(String name, KeyType type, Optional<String> format) {

    public PartitionKey {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a partition key needs a name");
        }
        if (type == null) {
            throw new IllegalArgumentException("partition key '" + name + "' needs a type");
        }
        if (format.isPresent()) {
            TimePattern pattern = TimePattern.of(format.get());
            if (type.integerBits().isPresent()) {
                throw new IllegalArgumentException("partition key '" + name + "' is of type " + type.hiveName()
                        + ": only string, date and timestamp keys have a format");
            }
            if (type == KeyType.DATE && pattern.tellsTimeOfDay()) {
                throw new IllegalArgumentException("partition key '" + name + "' is of type date, and its format "
                        + format.get() + " tells a time of day: make it a timestamp or string key");
            }
        }
    }

    public PartitionKey(String name, KeyType type) {
        this(name, type, Optional.empty());
    }

    /** The name in the form by which two names are the same key. */
    public String canonicalName() {
        return name.toLowerCase(Locale.ROOT);
    }
}
