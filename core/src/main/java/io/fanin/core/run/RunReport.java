package io.fanin.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import java.util.List;
import java.util.Optional;

/**
 * What a pass came to, for people and programs; {@code failures} are all partitions of the table that are outstanding.
 *
 * @param table {@code database.table}
 * @param registered partitions that this run registered, in all its passes
 * @param failed partitions that failed in this pass
 * @param outstanding partitions that failed, in this run or an earlier one, and are not registered
 * @param completeThrough the newest period before which nothing detected is outstanding
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunReport(
        int version,
        RunId run,
        int pass,
        String table,
        String location,
        TableStatus status,
        long registered,
        long failed,
        long outstanding,
        Optional<String> completeThrough,
        List<Outstanding> failures) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    public RunReport {
        failures = List.copyOf(failures);
    }

    /**
     * A partition that is not registered, and why.
     *
     * @param registeredBy under whose registration it stood all the same when it failed: a run's folder, or an empty text
     *     for another tool; absent where it was not registered
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Outstanding(
            String partition,
            List<String> values,
            String prefix,
            String error,
            String message,
            int attempts,
            Optional<String> registeredBy) {

        public Partition toPartition() {
            return new Partition(new PartitionValues(values), prefix);
        }
    }
}
