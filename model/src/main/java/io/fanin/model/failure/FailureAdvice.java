package io.fanin.model.failure;

import java.util.Collection;

/** What to do about failures, by their words, whoever has chosen these. */
public final class FailureAdvice {

    private static final String OTHERWISE = "Read the message, remove the cause, then redrive.";

    private FailureAdvice() {}

    /** What to do about a failure, in one or two sentences. */
    public static String of(String word) {
        return FailureCode.find(word).map(FailureCode::advice).orElse(OTHERWISE);
    }

    /** Whether the spec has caused all of these failures, so that a redrive would meet them again. */
    public static boolean needsAnotherSpec(Collection<String> words) {
        return !words.isEmpty()
                && words.stream()
                        .allMatch(word -> FailureCode.find(word)
                                .filter(code -> code.origin() == FailureOrigin.SPEC)
                                .isPresent());
    }
}
