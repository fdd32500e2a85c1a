package io.fanin.model.run.waiver;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.PartitionValues;
import java.util.List;

/**
 * A run's change to a table's waivers, resolved from the execution's input by the detector and applied by the
 * table-creator.
 *
 * @param waive each replaces its partition's earlier waiver
 * @param unwaive partitions that count again
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WaiverChange(List<Waiver> waive, List<PartitionValues> unwaive) {

    public static final WaiverChange NONE = new WaiverChange(List.of(), List.of());

    /** Fields missing from a document are empty. */
    public WaiverChange {
        waive = waive == null ? List.of() : List.copyOf(waive);
        unwaive = unwaive == null ? List.of() : List.copyOf(unwaive);
    }
}
