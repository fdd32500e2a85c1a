package io.fanin.tablecreator.results;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Failure;

/** Explains the error names that Step Functions catches for a processor without an answer. */
final class LostProcessor {

    private LostProcessor() {}

    static Failure failure(String error) {
        return Failure.ofService(
                error,
                "the processor gave no answer (" + error + "). "
                        + FailureCode.find(error)
                                .map(code -> code.meaning() + " " + code.advice())
                                .orElse("See the processor's log group."));
    }
}
