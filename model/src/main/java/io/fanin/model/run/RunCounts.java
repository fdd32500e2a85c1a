package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.OptionalLong;

/**
 * The counts of a pass, with the same names as fields of the report, the table-creator's answer, the event and the
 * command line's status.
 *
 * @param registered partitions that this run registered, in all its passes
 * @param failed partitions that failed in this pass
 * @param outstanding partitions that failed, in this run or an earlier one, and are not registered
 * @param setAside outstanding partitions that failed so often that scheduled runs leave them out
 * @param missing periods without a prefix; absent if the spec does not count them as outstanding, or there are none
 * @param badRecords raw records that are not in the table, of the partitions that this run registered, in all its
 *     passes; absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunCounts(
        long registered,
        long failed,
        long outstanding,
        Long setAside,
        OptionalLong missing,
        @JsonUnwrapped Exempt exempt,
        OptionalLong badRecords,
        @JsonUnwrapped Gone gone) {

    /** If a document lacks {@code setAside}, nothing is set aside. */
    public RunCounts {
        setAside = setAside == null ? 0 : setAside;
    }

    RunCounts settingAside(long partitions) {
        return new RunCounts(registered, failed, outstanding, partitions, missing, exempt, badRecords, gone);
    }

    /**
     * Partitions that are not outstanding, although no run has found them sound.
     *
     * @param waived partitions that users have waived; absent if there are none
     * @param unverified registered partitions that no run has processed, as last counted; absent if there are none, or
     *     they were never counted
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Exempt(OptionalLong waived, OptionalLong unverified) {

        public static final Exempt NONE = new Exempt(OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * Partitions whose data is gone.
     *
     * @param vanished registered partitions whose data is gone, as of the last full detection; absent if there are none
     * @param deregistered partitions that this run deregistered; absent if there are none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Gone(OptionalLong vanished, OptionalLong deregistered) {

        public static final Gone NONE = new Gone(OptionalLong.empty(), OptionalLong.empty());
    }
}
