package io.fanin.model.partition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A partition of a table, as detection finds it and a manifest hands it to processors: in S3 a prefix, in Glue a
 * {@code Partition}. Its values identify it.
 *
 * @param prefix the raw key prefix in the table's bucket, ending in {@code /}, exactly as S3 lists it
 * @param source the raw key prefix in the source's bucket that holds the data to be converted, ending in {@code /};
 *     empty if the table's objects are the raw data
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Partition(PartitionValues values, String prefix, Optional<String> source) {

    public Partition {
        requireFolder(prefix);
        source.ifPresent(Partition::requireFolder);
    }

    /** A partition whose objects are registered as they are. */
    public Partition(PartitionValues values, String prefix) {
        this(values, prefix, Optional.empty());
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
