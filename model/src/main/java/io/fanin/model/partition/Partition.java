package io.fanin.model.partition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A partition of a table: in S3 a prefix, in Glue a {@code Partition}.
 *
 * @param prefix the raw key prefix in the table's bucket, ending in {@code /}, exactly as S3 lists it
 * @param source the raw key prefix in the source's bucket that holds the data to be converted, ending in {@code /}; empty
 *     where the data stays as and where it is
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Partition(PartitionValues values, String prefix, Optional<String> source) {

    public Partition {
        requireFolder(prefix);
        source.ifPresent(Partition::requireFolder);
    }

    /** A partition whose data stays as and where it is. */
    public Partition(PartitionValues values, String prefix) {
        this(values, prefix, Optional.empty());
    }

    private static void requireFolder(String prefix) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix of a partition ends in '/': " + prefix);
        }
    }

    /** Where the data lies that is to be processed: in the source's bucket where there is one, else in the table's. */
    public String dataPrefix() {
        return source.orElse(prefix);
    }
}
