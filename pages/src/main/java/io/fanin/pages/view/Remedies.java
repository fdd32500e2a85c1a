package io.fanin.pages.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to do about each kind of failure. */
final class Remedies {

    private static final String OTHERWISE = "Read the message, remove the cause, then redrive.";

    private static final Map<String, String> ALL = all();

    private Remedies() {}

    /** By the word for the failure. */
    static String of(String reason) {
        return ALL.getOrDefault(reason, OTHERWISE);
    }

    private static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "Write the object again, then redrive.", "Truncated", "BadGzip", "BadZstd", "BadParquet", "Corrupt");
        put(
                all,
                "Correct the records where they are written, or let the spec's onBadRecord leave bad records out; then redrive.",
                "BadRecord");
        put(
                all,
                "Write the data, or waive the partition if it never comes; onEmpty says what an empty one means.",
                "NoObjects");
        put(
                all,
                "Write the data with the table's columns, or run a spec with the new ones.",
                "SchemaMismatch",
                "UnsupportedType");
        put(
                all,
                "Correct the data, or the expectation in the spec if it is wrong, and run the spec again.",
                "ExpectationFailed");
        put(all, "Name the object as the table's format asks, or move it away; then redrive.", "WrongFormat");
        put(all, "Nothing to repair: the data changed while it was read. Redrive.", "Vanished", "Replaced");
        put(all, "Restore the object from its archive, then redrive.", "Archived");
        put(
                all,
                "Let the processor's role read the prefix (parameter DataBuckets) and its KMS key (DataKeys); then redrive.",
                "AccessDenied");
        put(all, "Raise the stack's parameter ProcessorStorage, then redrive.", "NoSpace");
        put(
                all,
                "Raise the stack's parameter ProcessorMemory, then redrive.",
                "OutOfMemory",
                "Runtime.ExitError",
                "Runtime.OutOfMemory",
                "java.lang.OutOfMemoryError");
        put(
                all,
                "Raise the stack's parameter ProcessorTimeout, or make partitions smaller; then redrive.",
                "DeadlineExceeded",
                "Sandbox.Timedout",
                "States.Timeout");
        put(all, "Lower the stack's parameter MaxConcurrency, then redrive.", "Lambda.TooManyRequestsException");
        put(
                all,
                "Look at the job's run in AWS Glue, then redrive.",
                "GlueJobFailed",
                "GlueJobStopped",
                "GlueJobNotRun");
        put(all, "Raise the timeout of the Glue job, then redrive.", "GlueJobTimeout");
        put(all, "Move away what others wrote into the table's folder, or choose another.", "ForeignObjects");
        put(all, "Run the table's spec again with this partition in its detection.", "OutsideLocation");
        put(
                all,
                "Redrive. If it happens again, look into the processor's log group.",
                "NoReceipt",
                "NoResult",
                "UnreadableReceipt",
                "UnreadableResult",
                "States.TaskFailed",
                "Untried",
                "NotProcessed",
                "NotVerified");
        put(
                all,
                "Glue does not take such values: write the data under another prefix, and waive this one.",
                "InvalidPartitionValues",
                "InvalidLocation",
                "InvalidInputException");
        put(all, "Two prefixes mean the same partition: remove one of them, then redrive.", "DuplicatePartition");
        return all;
    }

    private static void put(Map<String, String> all, String remedy, String... reasons) {
        List.of(reasons).forEach(reason -> all.put(reason, remedy));
    }
}
