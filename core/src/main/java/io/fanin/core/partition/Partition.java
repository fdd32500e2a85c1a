package io.fanin.core.partition;

/**
 * A partition: in S3 a prefix, in Glue a {@code Partition}.
 *
 * @param prefix the raw key prefix in the table's bucket, ending in {@code /}, exactly as S3 lists it
 */
public record Partition(PartitionValues values, String prefix) {

    public Partition {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix of a partition ends in '/': " + prefix);
        }
    }
}
