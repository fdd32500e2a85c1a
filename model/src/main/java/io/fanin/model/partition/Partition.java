package io.fanin.model.partition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A partition of a table, as detection finds it and a manifest hands it to processors: in S3 a prefix, in Glue a
 * {@code Partition}. Its values identify it.
 *
 * @param prefix the raw key prefix in the table's bucket, ending in {@code /}, exactly as S3 lists it
 * @param source the raw key prefix in the source's bucket that holds the data to be converted, ending in {@code /};
 *     empty if the table's objects are the raw data
 * @param madeOf when the oldest of the raw objects was written that the registered partition was made of; empty if it
 *     is not registered, or not made anew. It does not tell partitions apart
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Partition(PartitionValues values, String prefix, Optional<String> source, Optional<Instant> madeOf) {

    public Partition {
        requireFolder(prefix);
        source.ifPresent(Partition::requireFolder);
        Objects.requireNonNull(madeOf, "madeOf");
    }

    /** A partition that is not registered. */
    public Partition(PartitionValues values, String prefix, Optional<String> source) {
        this(values, prefix, source, Optional.empty());
    }

    /** A partition whose objects are registered as they are. */
    public Partition(PartitionValues values, String prefix) {
        this(values, prefix, Optional.empty());
    }

    /** The same partition, which is registered as made of raw objects, the oldest of them of this time. */
    public Partition madeOf(Instant oldest) {
        return new Partition(values, prefix, source, Optional.of(oldest));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition(var itsValues, var itsPrefix, var itsSource, var itsOldest)
                && values.equals(itsValues)
                && prefix.equals(itsPrefix)
                && source.equals(itsSource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values, prefix, source);
    }

    private static void requireFolder(String prefix) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix of a partition ends in '/': " + prefix);
        }
    }

    /** The prefix of the data to be processed: in the source's bucket if there is a source, else in the table's. */
    public String dataPrefix() {
        return source.orElse(prefix);
    }
}
