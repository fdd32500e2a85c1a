package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.cost.StateTransitions;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import io.fanin.model.text.LogSafe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of a pass, for people and programs. The table-creator writes it when it has registered the pass; answers,
 * events, notices, histories and pages take their numbers from it.
 *
 * @param counts with the number set aside taken from the failures
 * @param failures all partitions of the table that are outstanding
 * @param skipped partitions without data in this pass, neither registered nor failed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunReport(
        @JsonUnwrapped Header header,
        TableStatus status,
        @JsonUnwrapped RunCounts counts,
        @JsonUnwrapped TableProgress progress,
        List<Outstanding> failures,
        Tally skipped,
        @JsonUnwrapped Details details) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** Fields missing from a document have their defaults. */
    public RunReport {
        failures = List.copyOf(failures);
        skipped = skipped == null ? Tally.NONE : skipped;
        counts = counts.settingAside(
                failures.stream().filter(Outstanding::setAside).count());
    }

    /**
     * The pass and the table of a report.
     *
     * @param execution the execution's ARN; the run folder may have another name than the execution
     * @param begun when the execution was started; absent if not known
     * @param location the URI of the table's folder
     * @param source the URI of the folder with the raw data; absent if the table's own objects are the raw data
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Header(
            int version,
            RunId run,
            int pass,
            Optional<String> execution,
            Optional<Instant> begun,
            TableName table,
            String location,
            Optional<String> source) {}

    /**
     * Details that only some readers need.
     *
     * @param millisPerPartition that the processors of this pass took on average; absent if not known
     * @param tableCreated when the table was created in which this pass registered; absent if Glue does not return it
     * @param healed whether the table was partial before this pass, and is complete after it
     * @param leftOut the raw data of registered partitions that is not in the table
     * @param waivers all waived partitions of the table
     * @param changes the run's changes to the table other than registering partitions
     * @param usage absent if not measured
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Details(
            OptionalLong millisPerPartition,
            Optional<Instant> tableCreated,
            Boolean healed,
            @JsonUnwrapped LeftOut leftOut,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WaivedPartition> waivers,
            @JsonUnwrapped TableChanges changes,
            Optional<PassUsage> usage) {

        /** Fields missing from a document have their defaults. */
        public Details {
            healed = healed != null && healed;
            leftOut = leftOut == null ? LeftOut.NOTHING : leftOut;
            waivers = waivers == null ? List.of() : List.copyOf(waivers);
        }

        /** The first partitions that are registered without some of their raw records. */
        public List<BadRecords> badRecordsSample() {
            return leftOut.badRecordsSample();
        }

        /** The URI of the folder with these records; empty if they are not kept. */
        public Optional<String> quarantine() {
            return leftOut.quarantine();
        }

        /** The names that raw records and columns do not share. */
        public UnmatchedNames names() {
            return leftOut.names();
        }
    }

    /**
     * The raw data of registered partitions that is not in the table.
     *
     * @param badRecordsSample the first partitions that are registered without some of their raw records
     * @param quarantine the URI of the folder with these records; absent if they are not kept
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LeftOut(
            List<BadRecords> badRecordsSample,
            Optional<String> quarantine,
            @JsonUnwrapped UnmatchedNames names) {

        public static final LeftOut NOTHING = new LeftOut(List.of(), Optional.empty(), UnmatchedNames.NONE);

        /** Fields missing from a document are empty. */
        public LeftOut {
            badRecordsSample = badRecordsSample == null ? List.of() : List.copyOf(badRecordsSample);
            quarantine = quarantine == null ? Optional.empty() : quarantine;
            names = names == null ? UnmatchedNames.NONE : names;
        }
    }

    /**
     * The resources that a pass has used.
     *
     * @param functions the processors, and until the report was written the detector and the table-creator
     * @param stateTransitions an estimate of {@link StateTransitions}
     */
    public record PassUsage(@JsonUnwrapped Usage functions, long stateTransitions) {}

    /**
     * Whether a redrive would have nothing to process although the table is partial: nothing failed in this pass, and
     * all partitions that are outstanding from other runs are set aside, or left to a later run.
     */
    public boolean leavesNothingToRedrive() {
        return status == TableStatus.PARTIAL
                && counts.failed() == 0
                && failures.stream().filter(Outstanding::isLeftByRedrive).count() == counts.outstanding();
    }

    /** The outstanding partitions that a redrive of the run would not leave to a later run. */
    public List<Outstanding> ownFailures() {
        return failures.stream()
                .filter(failure -> failure.cause.laterRun.isEmpty())
                .toList();
    }

    /** Whether something has failed, and not only what was set aside before, or is left to a later run. */
    public boolean asksForRedrive() {
        return !failures.isEmpty() && !leavesNothingToRedrive();
    }

    /**
     * Whether the failures are probably the spec's, although each alone is its partition's: the run has registered
     * nothing, all that is outstanding failed for one reason, and several of these partitions are new in this run.
     * Partitions that failed before, or are registered, tell nothing about the spec.
     */
    public boolean hintsAtSpec() {
        return counts.registered() == 0
                && failures.stream()
                                .filter(failure -> failure.isNewInRun(header.pass))
                                .count()
                        > 1
                && FailureAdvice.areAlikeAndHealedBySpec(
                        failures.stream().map(failure -> failure.cause.error()).toList());
    }

    /**
     * A partition that is registered without some of its raw records.
     *
     * @param partition as Hive and Glue print it
     * @param prefix of its raw data
     * @param count of the records that are left out
     */
    public record BadRecords(String partition, String prefix, long count) {}

    /**
     * A partition that is not registered, with the cause.
     *
     * @param setAside whether it failed so often that scheduled runs leave it out
     * @param source the prefix of its data in the source's bucket; absent if the data is not converted
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Outstanding(
            String partition,
            List<String> values,
            String prefix,
            @JsonUnwrapped Cause cause,
            int attempts,
            @JsonUnwrapped StandingRegistration standing,
            Boolean setAside,
            Optional<String> source) {

        /** If a document lacks {@code setAside}, the partition is not set aside. */
        public Outstanding {
            setAside = setAside != null && setAside;
            toPartition(values, prefix, source);
        }

        /**
         * The cause of its last failure.
         *
         * @param since after which time the data was read with which it first failed; absent if not known
         * @param laterRun the later run with another spec in which it failed, and to which a redrive of this run leaves
         *     it; absent if there is none
         */
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        public record Cause(String error, String message, Optional<Instant> since, Optional<RunId> laterRun) {

            /** If a document lacks {@code laterRun}, there is none. */
            public Cause {
                laterRun = laterRun == null ? Optional.empty() : laterRun;
            }

            /** A failure whose first occurrence is not known. */
            public Cause(String error, String message) {
                this(error, message, Optional.empty(), Optional.empty());
            }

            /** The cause, shortened for texts that list several. */
            public Cause inShort() {
                return new Cause(Failure.shortError(error), Failure.shortMessage(message), since, laterRun);
            }
        }

        /** The text for a partition that a redrive leaves to a later run. */
        public static String leftTo(RunId later) {
            return "left to run " + LogSafe.name(later.value()) + ", which has a later spec";
        }

        /** Whether the run is not held for it: it is set aside, or left to a later run. */
        private boolean isLeftByRedrive() {
            return setAside || cause.laterRun.isPresent();
        }

        /** Whether it is not registered, and can have failed in the passes of one run only. */
        private boolean isNewInRun(int pass) {
            return !standing.exists() && attempts <= pass + 1;
        }

        /** Whether readers see the data that failed: the partition is registered, and its data is the table's own. */
        public boolean readInPlace() {
            return standing.exists() && source.isEmpty();
        }

        public Partition toPartition() {
            return toPartition(values, prefix, source);
        }

        private static Partition toPartition(List<String> values, String prefix, Optional<String> source) {
            return new Partition(new PartitionValues(values), prefix, source);
        }
    }
}
