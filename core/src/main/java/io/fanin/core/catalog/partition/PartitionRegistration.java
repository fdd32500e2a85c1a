package io.fanin.core.catalog.partition;

import io.fanin.model.partition.PartitionValues;
import java.util.Map;

/**
 * The intended state of a partition in the catalog.
 *
 * @param locationUri the raw prefix as {@code s3://bucket/prefix/}, exactly as S3 lists it: readers use it literally,
 *     so it is never escaped again
 * @param parameters the partition's parameters; other parameters in the catalog are kept
 * @param leavesOthers whether the partition stays as it is if another tool has registered it at another location
 */
public record PartitionRegistration(
        PartitionValues values, String locationUri, Map<String, String> parameters, boolean leavesOthers) {

    public PartitionRegistration {
        parameters = Map.copyOf(parameters);
    }

    /** The intended state whoever has registered the partition before. */
    public PartitionRegistration(PartitionValues values, String locationUri, Map<String, String> parameters) {
        this(values, locationUri, parameters, false);
    }
}
