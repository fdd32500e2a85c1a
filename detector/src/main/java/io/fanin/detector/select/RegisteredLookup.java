package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.PartitionValues;
import java.util.Collection;
import java.util.Map;

/** Asks the catalog for partitions by their values. */
public interface RegisteredLookup {

    /** Those of the values that are registered. */
    Map<PartitionValues, RegisteredPartition> find(Collection<PartitionValues> values);
}
