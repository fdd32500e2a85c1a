package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.OptionalLong;

/**
 * The counts of a pass, which report, answer, event and status have as fields of their own.
 *
 * @param registered partitions that this run registered, in all its passes
 * @param failed partitions that failed in this pass
 * @param outstanding partitions that failed, in this run or an earlier one, and are not registered
 * @param setAside those of them that failed so often that no scheduled run tries them again
 * @param missing periods without a prefix, where the spec counts them as outstanding and there are any
 * @param waived partitions that users have waived, where there are any
 * @param badRecords raw records that are not in the table, of the partitions that this run registered, in all its passes,
 *     where there are any
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunCounts(
        long registered,
        long failed,
        long outstanding,
        Long setAside,
        OptionalLong missing,
        OptionalLong waived,
        OptionalLong badRecords,
        @JsonUnwrapped Gone gone) {

    /** If a document lacks {@code setAside}, nothing is set aside. */
    public RunCounts {
        setAside = setAside == null ? 0 : setAside;
    }

    RunCounts settingAside(long partitions) {
        return new RunCounts(registered, failed, outstanding, partitions, missing, waived, badRecords, gone);
    }

    /**
     * Partitions whose data is gone.
     *
     * @param vanished those that are still registered, as of the last full detection, where there are any
     * @param deregistered those that this run deregistered, where there are any
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Gone(OptionalLong vanished, OptionalLong deregistered) {

        public static final Gone NONE = new Gone(OptionalLong.empty(), OptionalLong.empty());
    }
}
