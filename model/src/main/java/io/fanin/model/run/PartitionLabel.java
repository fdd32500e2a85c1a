package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import java.util.List;

/**
 * A partition named for people.
 *
 * @param partition as Hive and Glue print it
 * @param prefix where its data lies
 * @param detail details for people; empty for none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PartitionLabel(String partition, String prefix, String detail) {

    /** An empty detail is not written. */
    public PartitionLabel {
        detail = detail == null ? "" : detail;
    }

    public static PartitionLabel of(Partition partition, List<PartitionKey> keys, String detail) {
        return new PartitionLabel(partition.values().nameFor(keys), partition.dataPrefix(), detail);
    }
}
