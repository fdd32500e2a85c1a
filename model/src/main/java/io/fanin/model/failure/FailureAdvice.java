package io.fanin.model.failure;

import java.util.Collection;
import java.util.HashSet;

/** Advice on failures, chosen by their error words, for reports, pages and the command line. */
public final class FailureAdvice {

    private static final String OTHERWISE = "Read the message, remove the cause, then redrive.";

    /** The advice for the failures of a run whose report hints at the spec. */
    public static final String PROBABLY_SPEC =
            "All partitions failed for the same reason: probably the spec is wrong, or the producer has changed its format."
                    + " Start a new execution with a corrected spec: a redrive would use the same spec again, and helps only"
                    + " if the data is written again.";

    /** The advice for failures of which all need another spec. */
    public static final String ANOTHER_SPEC =
            "Start a new execution with a spec that is changed as the errors say. A redrive would use the same spec again, and"
                    + " helps only if something else is corrected, such as a table that a query names.";

    private FailureAdvice() {}

    /** Whether all of these failures are of one kind, each is its partition's, and another spec may heal them. */
    public static boolean areAlikeAndHealedBySpec(Collection<String> words) {
        return new HashSet<>(words).size() == 1
                && FailureCode.find(words.iterator().next())
                        .filter(FailureAdvice::mayBeHealedBySpec)
                        .isPresent();
    }

    /** Whether it is of a partition's data, and another spec may heal or prevent it. */
    private static boolean mayBeHealedBySpec(FailureCode code) {
        return switch (code) {
            case BAD_COMPRESSION,
                    BAD_GZIP,
                    BAD_PARQUET,
                    BAD_RECORD,
                    BAD_RECORDS,
                    BAD_ZSTD,
                    EXPECTATION_FAILED,
                    SCHEMA_MISMATCH,
                    WRONG_FORMAT -> true;
            case ARCHIVED,
                    CORRUPT,
                    DUPLICATE_PARTITION,
                    FOREIGN_OBJECTS,
                    GLUE_JOB_FAILED,
                    INVALID_LOCATION,
                    INVALID_PARTITION_VALUES,
                    NO_OBJECTS,
                    TRUNCATED,
                    REGISTRATION_INVALID -> false;
            // of something else than data
            case ACCESS_DENIED,
                    DEADLINE_EXCEEDED,
                    DUCKDB_ERROR,
                    GLUE_JOB_NOT_RUN,
                    GLUE_JOB_STOPPED,
                    GLUE_JOB_TIMEOUT,
                    NO_RECEIPT,
                    NO_RESULT,
                    NO_SPACE,
                    NOT_PROCESSED,
                    NOT_VERIFIED,
                    NOTHING_WRITTEN,
                    OUT_OF_MEMORY,
                    OUTDATED,
                    OUTSIDE_LOCATION,
                    RAW_DATA_EXPIRED,
                    REPLACED,
                    ROW_COUNT_MISMATCH,
                    SEVERAL_VERSIONS,
                    SQL_ERROR,
                    SQL_RESULT_MISMATCH,
                    SQL_TIMEOUT,
                    UNKNOWN,
                    UNKNOWN_PROCESSOR,
                    UNKNOWN_TABLE,
                    UNREADABLE_RECEIPT,
                    UNREADABLE_RESULT,
                    UNSUPPORTED_TYPE,
                    UNTRIED,
                    UNUSABLE_TABLE,
                    VANISHED,
                    PROCESSOR_THROTTLED,
                    PROCESSOR_TIMED_OUT,
                    PROCESSOR_DIED,
                    PROCESSOR_FAILED,
                    REGISTRATION_DENIED,
                    REGISTRATION_LIMIT -> false;
        };
    }

    /**
     * The advice for one failure, in one or two sentences; general advice for words that are no {@link FailureCode}.
     */
    public static String of(String word) {
        return FailureCode.find(word).map(FailureCode::advice).orElse(OTHERWISE);
    }

    /** Whether the spec has caused all of these failures, so that they would recur in a redrive. */
    public static boolean needsAnotherSpec(Collection<String> words) {
        return !words.isEmpty()
                && words.stream()
                        .allMatch(word -> FailureCode.find(word)
                                .filter(code -> code.origin() == FailureOrigin.SPEC)
                                .isPresent());
    }
}
