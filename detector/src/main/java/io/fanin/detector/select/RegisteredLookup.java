package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.PartitionValues;
import java.util.Collection;
import java.util.Map;

/** Looks up partitions in the catalog by their values. */
public interface RegisteredLookup {

    Map<PartitionValues, RegisteredPartition> find(Collection<PartitionValues> values);
}
