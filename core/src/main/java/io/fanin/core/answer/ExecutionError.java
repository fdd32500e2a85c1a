package io.fanin.core.answer;

import static io.fanin.model.failure.FailureOrigin.PARTITION;
import static io.fanin.model.failure.FailureOrigin.PASSING;
import static io.fanin.model.failure.FailureOrigin.SPEC;
import static io.fanin.model.failure.FailureOrigin.STACK;

import io.fanin.model.failure.FailureOrigin;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The errors with which executions end, by their names in Step Functions. An exception's name is that of its class. */
public enum ExecutionError {
    /** The table is partial: the execution is held at the gate. */
    TABLE_PARTIAL(
            "io.fanin.tablecreator.TablePartialException",
            PARTITION,
            "The table is partial: what succeeded is registered, and the execution is held until it is redriven.",
            "Correct what the message names, then redrive; after a change of the spec, start a new execution."),
    /** Another execution holds the table's lease. */
    TABLE_BUSY(
            "io.fanin.tablecreator.TableBusyException",
            PASSING,
            "The execution was redriven while another one was working on the table, or another has taken the table over;"
                    + " nothing more was changed.",
            "Redrive when the other execution has ended, if anything is still outstanding."),
    /** Another execution holds the table's lease, when a redriven one detects, or one that has begun before. */
    REDRIVEN_WHILE_BUSY(
            "io.fanin.detector.RedrivenWhileBusyException",
            PASSING,
            "The execution was redriven in Detect new partitions while another one was working on the table; nothing was changed.",
            "Redrive when the other execution has ended."),
    /** An invocation outlives its execution, or DescribeExecution has not yet seen that it was redriven. */
    EXECUTION_ENDED(
            "io.fanin.core.lease.ExecutionEndedException",
            PASSING,
            "Step Functions said that the execution had ended when it was about to take the table's lease again, even after"
                    + " retries; nothing was changed.",
            "Redrive it if anything is still outstanding."),
    /** Tables of a run of all tables are partial, and none has failed. */
    TABLES_PARTIAL(
            "io.fanin.tablecreator.summary.TablesPartialException",
            PARTITION,
            "Tables of a run of all tables are partial, and none has failed.",
            "Correct what fanin status --all EXECUTION shows, and run fanin redrive --all EXECUTION, which redrives the tables'"
                    + " executions and then this one; after a change of a spec, start a new execution."),
    /** Tables of a run of all tables have failed; others may be partial. */
    TABLES_FAILED(
            "io.fanin.tablecreator.summary.TablesFailedException",
            STACK,
            "Tables of a run of all tables have failed: their executions ended with an error other than that of a partial"
                    + " table, were stopped, or could not be started.",
            "Remove the causes, which fanin status --all EXECUTION shows, and run fanin redrive --all EXECUTION, which redrives"
                    + " the tables' executions and then this one; after a change of a spec, start a new execution."),

    SPEC_REFUSED(
            "io.fanin.model.spec.SpecException",
            SPEC,
            "The execution's input or the table spec is invalid; the message gives the paths.",
            "Start a new execution with a corrected input or spec. A redrive is enough if Detect new partitions failed, and the"
                    + " spec in S3, the table or the parameter that the message names was corrected; or if Check processing"
                    + " failed, and a bucket, table or job was (not the stack's parameter DataBuckets)."),
    /** Each run of the table would find nothing. */
    NOTHING_FITS(
            "io.fanin.detector.NothingFitsException",
            SPEC,
            "There are prefixes in the table's folder, and none of them fits its layout: no run can find a partition.",
            "Start a new execution with the layout of the prefixes, or rename them. A spec that lies in S3 is read again by a"
                    + " redrive."),
    /** A part of the table cannot tell its status. */
    RECORD_LOST(
            "io.fanin.core.record.RecordLostException",
            STACK,
            "The table is partial or has waived partitions, and the record that names them is not in the state bucket: only a run"
                    + " that looks at the whole table can replace it.",
            "Run the table once with the detection full, or list, and waive again what was waived; then redrive this one. If"
                    + " another stack runs the table, too, stop one of them."),
    CATALOG_REFUSED(
            "io.fanin.core.catalog.CatalogException",
            STACK,
            "Glue refused a request about the table as a whole, or the table is not what the spec says.",
            "Grant or correct what the message names, then redrive; after a change of the spec, start a new execution."),
    /** The table that a run has worked on is not there any more, or is not the same. */
    TABLE_REPLACED(
            "io.fanin.core.catalog.table.TableReplacedException",
            PASSING,
            "The table was dropped, created again, or changed by somebody else after the execution began.",
            "Start a new execution for the table."),
    CATALOG_UNAVAILABLE(
            "io.fanin.core.catalog.CatalogUnavailableException",
            PASSING,
            "Glue gave no answer through all retries, or throttled them.",
            "Redrive, or wait for the next run."),
    S3_REFUSED(
            "io.fanin.core.s3.S3AccessException",
            STACK,
            "A folder of the table, of its raw data or of the specs could not be listed: S3 refused it, or has no such bucket.",
            "Create the bucket that the message misses, or let the function's role list it (parameters DataBuckets, TargetBuckets,"
                    + " SpecBuckets), then redrive; after a change of the spec, start a new execution."),
    RUN_FOLDER_INCOMPLETE(
            "io.fanin.core.run.folder.RunFolderException",
            PASSING,
            "The run's folder lacks a document: it has expired, or somebody removed it.",
            "Start a new execution for the table."),
    DOCUMENT_DAMAGED(
            "io.fanin.model.json.UnreadableDocumentException",
            STACK,
            "A document in the state bucket, which the message names, is cut short or was changed by somebody else.",
            "Keep a copy and delete it if it is a table's record, or its lease while no execution is working on the table, then run"
                    + " the table with the detection full, or list; correct the owners of folders by hand; start a new execution if"
                    + " it is one of the run's folder."),
    DISK_FULL(
            "io.fanin.detector.DiskFullException",
            STACK,
            "The detector's disk is too small for what the detection of the table keeps on it.",
            "Start new executions of mode range, or of mode partitions if the table has no time keys, each for a part of the"
                    + " table's partitions."),
    NOTHING_CHECKED(
            "io.fanin.records.scratch.ConversionException",
            STACK,
            "The spec's queries or conditions could not be checked: the function has too little disk or time.",
            "Raise the stack's parameter that the message names, then redrive."),
    NOTIFICATION_FAILED(
            "io.fanin.tablecreator.events.NotificationFailedException",
            PASSING,
            "No execution fails with it, but the table-creator after an execution's end: it could not send an event or notice"
                    + " about that.",
            "Do not redrive for that: the table's next run sends the notice. The run's report has what the event says; where"
                    + " it has none, Step Functions has the cause."),

    FUNCTION_TIMED_OUT(
            "Sandbox.Timedout",
            STACK,
            "A function ran out of time.",
            "Redrive. If it happens again, take fewer partitions at a time, with the detection range or partitions; in Check"
                    + " processing, raise the stack's parameter ProcessorMemory."),
    FUNCTION_DIED(
            "Runtime.ExitError",
            STACK,
            "The process of the detector or the table-creator ended, or in Check processing the processor's, usually out of"
                    + " memory.",
            "Redrive. If it happens again, take fewer partitions at a time, with the detection range or partitions; in Check"
                    + " processing, raise the stack's parameter ProcessorMemory."),
    HEAP_EXHAUSTED(
            "java.lang.OutOfMemoryError",
            STACK,
            "The detector or the table-creator needs more memory than it has: a run has too many partitions, or too many"
                    + " that fail; or in Check processing the processor does.",
            "Start a new execution of fewer partitions, with the detection range or partitions; in Check processing, raise the"
                    + " stack's parameter ProcessorMemory, then redrive."),
    FUNCTION_THROTTLED(
            "Lambda.TooManyRequestsException",
            PASSING,
            "Lambda throttled a function through all retries.",
            "Redrive when fewer functions run."),
    STATE_TIMED_OUT(
            "States.Timeout",
            PASSING,
            "A state took longer than the definition allows.",
            "Redrive. If it happens again, look into the function's log group."),
    STATE_TOO_LARGE(
            "States.DataLimitExceeded",
            PASSING,
            "A state's output had more than 256 KiB.",
            "Start a new execution in smaller parts, with the mode range, and report it."),
    ITEMS_UNREADABLE(
            "States.ItemReaderFailed",
            STACK,
            "The Map could not read its items in the state bucket: its role may not, or they are gone.",
            "Allow the state machine's role to read and decrypt the state bucket, then redrive; if the items are gone, start a new"
                    + " execution.");

    private final String className;
    private final FailureOrigin origin;
    private final String meaning;
    private final String advice;

    ExecutionError(String className, FailureOrigin origin, String meaning, String advice) {
        this.className = className;
        this.origin = origin;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** The errors with which a function fails an execution on purpose, so that it can be redriven. */
    public static Stream<ExecutionError> onPurpose() {
        return Stream.of(TABLE_PARTIAL, TABLE_BUSY, REDRIVEN_WHILE_BUSY, TABLES_PARTIAL, TABLES_FAILED);
    }

    /** Whether a redrive is of no use, or not until the table was run by another execution. */
    public boolean needsMoreThanRedrive() {
        return switch (this) {
            case SPEC_REFUSED,
                    NOTHING_FITS,
                    RECORD_LOST,
                    TABLE_REPLACED,
                    RUN_FOLDER_INCOMPLETE,
                    DOCUMENT_DAMAGED,
                    DISK_FULL,
                    NOTIFICATION_FAILED,
                    HEAP_EXHAUSTED,
                    STATE_TOO_LARGE -> true;
            default -> false;
        };
    }

    /** The error with this name; empty for unforeseen errors. */
    public static Optional<ExecutionError> find(String error) {
        return Arrays.stream(values())
                .filter(one -> one.className.equals(error))
                .findFirst();
    }

    /** Its name in Step Functions. */
    public String className() {
        return className;
    }

    public FailureOrigin origin() {
        return origin;
    }

    /** Its meaning, as a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Advice for users, in one or two sentences. */
    public String advice() {
        return advice;
    }
}
