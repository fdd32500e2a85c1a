package io.fanin.model.failure;

import java.util.Collection;

/** Advice on failures, chosen by their error words, for reports, pages and the command line. */
public final class FailureAdvice {

    private static final String OTHERWISE = "Read the message, remove the cause, then redrive.";

    private FailureAdvice() {}

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
