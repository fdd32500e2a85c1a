package io.fanin.warehouse;

import software.amazon.awscdk.services.lambda.Code;

/**
 * The Java function that writes a table's partitions.
 *
 * @param code a zip, or a jar with all dependencies
 * @param handler the class, with its package
 */
public record BatchJob(Code code, String handler) {

    public BatchJob {
        if (code == null || handler == null || handler.isBlank()) {
            throw new IllegalArgumentException(
                    "a job needs code and the class that handles its events: BatchJob.of(Code.fromAsset(\"job.zip\"),"
                            + " \"com.example.Aggregates\")");
        }
    }

    public static BatchJob of(Code code, String handler) {
        return new BatchJob(code, handler);
    }
}
