package io.fanin.model.failure;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

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

    /** Failures of partitions that another spec may heal, or prevent. */
    private static final Set<FailureCode> HEALED_BY_SPEC = EnumSet.of(
            FailureCode.BAD_COMPRESSION,
            FailureCode.BAD_GZIP,
            FailureCode.BAD_PARQUET,
            FailureCode.BAD_RECORD,
            FailureCode.BAD_RECORDS,
            FailureCode.BAD_ZSTD,
            FailureCode.EXPECTATION_FAILED,
            FailureCode.SCHEMA_MISMATCH,
            FailureCode.WRONG_FORMAT);

    private FailureAdvice() {}

    /** Whether all of these failures are of one kind, each is its partition's, and another spec may heal them. */
    public static boolean areAlikeAndHealedBySpec(Collection<String> words) {
        return new HashSet<>(words).size() == 1
                && FailureCode.find(words.iterator().next())
                        .filter(HEALED_BY_SPEC::contains)
                        .isPresent();
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
