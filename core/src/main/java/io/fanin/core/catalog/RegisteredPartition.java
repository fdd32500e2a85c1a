package io.fanin.core.catalog;

import io.fanin.core.partition.PartitionValues;
import java.util.Map;
import java.util.Optional;

/**
 * A partition as the catalog has it.
 *
 * @param location the URI of its folder, as it was registered; other tools may leave it out
 */
public record RegisteredPartition(PartitionValues values, Optional<String> location, Map<String, String> parameters) {}
