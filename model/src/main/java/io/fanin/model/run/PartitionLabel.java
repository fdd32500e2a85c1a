package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import java.util.List;

/**
 * A partition as shown to users in reports, plans, notices and pages.
 *
 * @param partition its name as Hive and Glue print it
 * @param prefix of its data
 * @param detail for users; empty if there is none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PartitionLabel(String partition, String prefix, String detail) {

    /** An empty detail is left out of documents. */
    public PartitionLabel {
        detail = detail == null ? "" : detail;
    }

    public static PartitionLabel of(Partition partition, List<PartitionKey> keys, String detail) {
        return new PartitionLabel(partition.values().nameFor(keys), partition.dataPrefix(), detail);
    }
}
