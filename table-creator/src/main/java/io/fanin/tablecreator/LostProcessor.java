package io.fanin.tablecreator;

import io.fanin.core.run.Failure;

/** Explains the error names under which Step Functions catches a processor that gave no answer. */
final class LostProcessor {

    private LostProcessor() {}

    static Failure failure(String error) {
        return Failure.external(error, "the processor gave no answer (" + error + "): " + explanation(error));
    }

    private static String explanation(String error) {
        return switch (error) {
            case "Sandbox.Timedout", "States.Timeout" ->
                "it ran out of time; raise the stack's parameter ProcessorTimeout, or make the partition smaller";
            case "Runtime.ExitError", "Runtime.OutOfMemory", "java.lang.OutOfMemoryError" ->
                "its process ended, most often for want of memory; raise the stack's parameter ProcessorMemory";
            case "Lambda.TooManyRequestsException" ->
                "Lambda throttled it through all retries; lower the stack's parameter MaxConcurrency";
            case "States.TaskFailed" ->
                "the receipt does not hold the error's name; the batch's child execution in the Map run shows it, and so does"
                        + " the processor's log group";
            default -> "see the processor's log group";
        };
    }
}
