package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of a pass, for people and programs.
 *
 * @param counts with the number set aside taken from the failures
 * @param completeThrough the newest period before which nothing detected is outstanding
 * @param failures all partitions of the table that are outstanding
 * @param skipped partitions that this pass found not to exist: neither registered nor failed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunReport(
        @JsonUnwrapped Header header,
        TableStatus status,
        @JsonUnwrapped RunCounts counts,
        Optional<String> completeThrough,
        List<Outstanding> failures,
        Tally skipped,
        @JsonUnwrapped Details details) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** Fields that a document leaves out have their defaults. */
    public RunReport {
        failures = List.copyOf(failures);
        skipped = skipped == null ? Tally.NONE : skipped;
        counts = counts.settingAside(
                failures.stream().filter(Outstanding::setAside).count());
    }

    /**
     * Which pass it is, of which table.
     *
     * @param execution the execution's ARN: the run folder may have another name than the execution
     * @param begun when the execution was started; absent if that is not known
     * @param table {@code database.table}
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Header(
            int version,
            RunId run,
            int pass,
            Optional<String> execution,
            Optional<Instant> begun,
            String table,
            String location) {

        /** For an execution whose start is not known. */
        public Header(int version, RunId run, int pass, Optional<String> execution, String table, String location) {
            this(version, run, pass, execution, Optional.empty(), table, location);
        }
    }

    /**
     * Further details, which only some readers need.
     *
     * @param millisPerPartition that the processors of this pass took on average; absent if that is not known
     * @param tableCreated when the table was created that this pass registered in; absent if Glue does not say
     * @param healed whether the table was partial before this pass, and is complete after it
     * @param badRecordsSample the first partitions that are registered without some of their raw records
     * @param quarantine the URI of the folder where these records lie; absent if they are not kept
     * @param waivers all waived partitions of the table
     * @param changes the run's changes to the table other than registering partitions
     * @param usage absent if not measured
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Details(
            OptionalLong millisPerPartition,
            Optional<Instant> tableCreated,
            Boolean healed,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BadRecords> badRecordsSample,
            Optional<String> quarantine,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WaivedPartition> waivers,
            @JsonUnwrapped TableChanges changes,
            Optional<PassUsage> usage) {

        /** Fields that a document leaves out have their defaults. */
        public Details {
            healed = healed != null && healed;
            badRecordsSample = badRecordsSample == null ? List.of() : List.copyOf(badRecordsSample);
            waivers = waivers == null ? List.of() : List.copyOf(waivers);
        }

        /** Of a pass whose usage was not measured. */
        public Details(
                OptionalLong millisPerPartition,
                Optional<Instant> tableCreated,
                Boolean healed,
                List<BadRecords> badRecordsSample,
                Optional<String> quarantine,
                List<WaivedPartition> waivers,
                TableChanges changes) {
            this(
                    millisPerPartition,
                    tableCreated,
                    healed,
                    badRecordsSample,
                    quarantine,
                    waivers,
                    changes,
                    Optional.empty());
        }
    }

    /**
     * The resources that a pass has used.
     *
     * @param functions the processors, and until the report was written the detector and the table-creator
     * @param stateTransitions as {@link StateTransitions} estimates
     */
    public record PassUsage(@JsonUnwrapped Usage functions, long stateTransitions) {}

    /**
     * Whether a redrive could do nothing for a table that is partial: nothing failed in this pass, and all that is outstanding from earlier
     * ones is set aside.
     */
    public boolean leavesNothingToRedrive() {
        return status == TableStatus.PARTIAL && counts.failed() == 0 && counts.setAside() == counts.outstanding();
    }

    /**
     * A partition that is registered without some of its raw records.
     *
     * @param partition as Hive and Glue print it
     * @param prefix where its raw data lies
     * @param count of these records
     */
    public record BadRecords(String partition, String prefix, long count) {}

    /**
     * A partition that is not registered, and why.
     *
     * @param registeredBy who had registered it when it failed: a run's folder, or an empty text for another tool;
     *     absent where it was not registered
     * @param setAside whether it failed so often that no scheduled run tries it again
     * @param source the prefix in the source's bucket that holds its data, where that is converted
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Outstanding(
            String partition,
            List<String> values,
            String prefix,
            @JsonUnwrapped Cause cause,
            int attempts,
            Optional<String> registeredBy,
            Boolean setAside,
            Optional<String> source) {

        /** Where a document does not say it, nothing is set aside. */
        public Outstanding {
            setAside = setAside != null && setAside;
            toPartition(values, prefix, source);
        }

        /**
         * Why it failed last.
         *
         * @param since when the pass began in which it failed first; absent if that is not known
         */
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        public record Cause(String error, String message, Optional<Instant> since) {

            /** A failure whose first occurrence is not known. */
            public Cause(String error, String message) {
                this(error, message, Optional.empty());
            }

            /** The same for a text that names several failures. */
            public Cause inShort() {
                return new Cause(Failure.shortError(error), Failure.shortMessage(message), since);
            }
        }

        public Partition toPartition() {
            return toPartition(values, prefix, source);
        }

        private static Partition toPartition(List<String> values, String prefix, Optional<String> source) {
            return new Partition(new PartitionValues(values), prefix, source);
        }
    }
}
