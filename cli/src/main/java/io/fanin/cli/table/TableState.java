package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.FailedPartition;
import io.fanin.core.record.PublishedParameters.Difference;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.WaivedPartition;
import io.fanin.model.run.detection.UnfitNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table's state: the answer of {@code status}.
 *
 * @param status {@code COMPLETE}, {@code PARTIAL}, or {@code NEVER_RUN}
 * @param parameters of the table in the catalog, which publish its state to readers
 * @param differences parameters that differ from the table's record
 * @param hasRecord whether this stack has a record of the table
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableState(
        String table,
        String status,
        @JsonUnwrapped Progress progress,
        List<FailedPartition> failures,
        @JsonUnwrapped Runs runs,
        Map<String, String> parameters,
        List<Difference> differences,
        boolean hasRecord)
        implements ListedTable {

    static final String NEVER_RUN = "NEVER_RUN";

    /**
     * The table's progress.
     *
     * @param completeThrough the newest period up to which no detected partition is outstanding
     * @param behindSeconds from the beginning of that period until now
     * @param outstanding the number of partitions that failed and have not been registered since
     * @param missing the periods without a prefix
     * @param waived the number of waived partitions
     * @param unverified the number of registered partitions that no run has checked, as last counted; absent if there
     *     are none, or they were never counted
     * @param openSince the earliest open period
     * @param unfit the names that do not fit the table's layout
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Progress(
            Optional<String> completeThrough,
            OptionalLong behindSeconds,
            long outstanding,
            @JsonUnwrapped Missing missing,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WaivedPartition> waived,
            OptionalLong unverified,
            Optional<String> openSince,
            Optional<UnfitNames> unfit) {}

    /**
     * Periods without a prefix.
     *
     * @param missing their number; empty if they do not count as outstanding
     * @param missingPartitions the first of these periods' partitions, if the last run has seen them
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Missing(
            OptionalLong missing,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missingPartitions) {}

    /**
     * The executions of the table.
     *
     * @param redrivable the execution whose redrive processes most outstanding partitions
     * @param holder ARN of the execution that holds the table's lease
     * @param failedSince a later execution, which failed and changed nothing
     * @param leftOut whether runs of all tables leave the table out by mistake, as far as there was a notice
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Runs(
            Optional<LastRun> lastRun,
            Optional<String> redrivable,
            Optional<String> holder,
            Optional<FailedSince> failedSince,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean leftOut) {

        /** The name of the execution that works on the table, and makes any other one find it busy. */
        Optional<String> atWork() {
            return holder.map(Executions::name)
                    .or(() -> lastRun.filter(LastRun::isRunning).flatMap(LastRun::execution));
        }
    }

    @Override
    public ExitCode exitCode() {
        if (runs.leftOut() || nothingFits()) {
            return ExitCode.FAILED;
        }
        if (!differences.isEmpty()) {
            return ExitCode.DIFFERENT;
        }
        return isPartial() ? ExitCode.PARTIAL : ExitCode.DONE;
    }

    boolean isPartial() {
        return status.equals(TableStatus.PARTIAL.name());
    }

    /**
     * Whether the last run is known to have registered partitions, and published the result. While a run registers, it
     * has published that it has registered none.
     */
    boolean isResultPublished() {
        return hasRecord && differences.isEmpty() && !"0".equals(parameters.getOrDefault(FaninNames.REGISTERED, "0"));
    }

    /** Whether each run fails because no name fits the table's layout. */
    boolean nothingFits() {
        return progress.unfit().filter(UnfitNames::none).isPresent();
    }
}
