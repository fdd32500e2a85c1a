package io.fanin.model.failure;

import static io.fanin.model.failure.FailureOrigin.PARTITION;
import static io.fanin.model.failure.FailureOrigin.PASSING;
import static io.fanin.model.failure.FailureOrigin.SPEC;
import static io.fanin.model.failure.FailureOrigin.STACK;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reasons for which a partition fails. Their words are part of results, reports and the table's record, and never
 * change. Other words occur, too: those of custom processors, and the names of unforeseen exceptions and AWS errors.
 */
public enum FailureCode {
    ACCESS_DENIED(
            "AccessDenied",
            STACK,
            "The processor's role may not list the prefix, read the object, write into the table's folder, or use the KMS key; or the key is disabled, deleted, or the writer's own.",
            "If only some partitions have it, see who owns their objects, and their key. Let the processor's role read (parameter"
                    + " DataBuckets) or write (TargetBuckets), with the key (DataKeys), also in policies of another account; then redrive."
                    + " Waive what nobody will grant.",
            false),
    ARCHIVED(
            "Archived",
            PARTITION,
            "The object is in an archive storage class: nobody can read it, and Athena skips it in a table even when it is restored.",
            "Restore the object; in a table's folder copy it back, too, or set the table's read_restored_glacier_objects to true; then redrive."),
    BAD_COMPRESSION(
            "BadCompression",
            PARTITION,
            "The bzip2, xz, LZ4 or Snappy data is damaged or followed by other bytes, a bzip2 object of a table has more than one stream, or the object's name says one of these formats and its first bytes do not.",
            "Write the object again, then redrive."),
    BAD_GZIP(
            "BadGzip",
            PARTITION,
            "The gzip is damaged (CRC, length) or followed by other bytes, or the object is named .gz but is not gzip.",
            "Write the object again, then redrive."),
    BAD_PARQUET(
            "BadParquet",
            PARTITION,
            "The object lacks Parquet's magic bytes, its footer cannot be read, or Athena and Trino do not read how its data is stored.",
            "Write the object again, then redrive."),
    BAD_RECORD(
            "BadRecord",
            PARTITION,
            "The table's SerDe cannot read a record, or would read its values as NULL or as other values;"
                    + " with convert, the header of a CSV object cannot be used, or it is unclear where a broken record ends.",
            "Correct the records where they are written, then redrive; or start a new execution with other column"
                    + " types, or with types false, which registers them unread. If all partitions fail, correct the spec."),
    BAD_RECORDS(
            "BadRecords",
            PARTITION,
            "More records are bad than the spec allows.",
            "Correct the records where they are written, then redrive; or start a new execution with other column types,"
                    + " onBadRecord or maxBadRecords. If all partitions fail, correct the spec."),
    BAD_ZSTD(
            "BadZstd",
            PARTITION,
            "The Zstandard data is damaged or followed by other bytes, needs a window of more than 64 MiB (in a table's object, of more than 8 MiB), has skippable frames in a table's object, or the object is named .zst but is not Zstandard.",
            "Write the object again, then redrive."),
    CORRUPT(
            "Corrupt",
            PARTITION,
            "The headers of the Parquet file contradict each other or its pages, its values cannot be read or do not match their checksums, Parquet files were joined into one, or the Avro file is damaged: it cannot be read safely.",
            "Write the object again, then redrive."),
    DEADLINE_EXCEEDED(
            "DeadlineExceeded",
            STACK,
            "The function's time was not enough for the partition.",
            "Make partitions smaller, or raise the stack's parameter ProcessorMemory, with which the CPU grows; then redrive."),
    DUCKDB_ERROR(
            "DuckDbError",
            PASSING,
            "DuckDB failed in a way that nobody has foreseen.",
            "Redrive. If it happens again, report the message."),
    DUPLICATE_PARTITION(
            "DuplicatePartition",
            PARTITION,
            "Two prefixes mean the same partition.",
            "Remove one of the prefixes, then redrive."),
    EXPECTATION_FAILED(
            "ExpectationFailed",
            PARTITION,
            "The data can be read and breaks an expectation of the spec.",
            "Correct the data, then redrive; if the expectation is wrong, start a new execution with another one."),
    FOREIGN_OBJECTS(
            "ForeignObjects",
            PARTITION,
            "The partition's folder in the table holds data that somebody else wrote.",
            "Move away what others wrote, except what the catalog has registered, then redrive; or start a new execution"
                    + " with another location in the spec."),
    GLUE_JOB_FAILED(
            "GlueJobFailed",
            PARTITION,
            "The run of the Glue job failed.",
            "Look at the job's run in AWS Glue, remove the cause, then redrive."),
    GLUE_JOB_NOT_RUN(
            "GlueJobNotRun",
            STACK,
            "The Glue job could not be started.",
            "Let the stack run the job (parameter GlueJobs) if that was refused, or wait for other runs to end; then"
                    + " redrive. A lower JobConcurrency applies to new executions only.",
            false),
    GLUE_JOB_STOPPED("GlueJobStopped", PASSING, "Somebody stopped the run of the Glue job.", "Redrive."),
    GLUE_JOB_TIMEOUT(
            "GlueJobTimeout",
            STACK,
            "The run of the Glue job took longer than the job's timeout, or than the 49 hours that an execution waits"
                    + " for it.",
            "Raise the job's timeout, up to those 49 hours, or make the job faster; then redrive. Or start a new"
                    + " execution with a smaller partitionsPerRun in its spec."),
    INVALID_LOCATION(
            "InvalidLocation",
            PARTITION,
            "Glue does not accept the location, or S3 the names of files in it: it is empty or too long.",
            "Write the data under a shorter prefix, and waive this partition."),
    INVALID_PARTITION_VALUES(
            "InvalidPartitionValues",
            PARTITION,
            "Glue does not accept the values, or no reader could read the table with them.",
            "Write the data under another prefix, and waive this partition."),
    NO_OBJECTS(
            "NoObjects",
            PARTITION,
            "Below the prefix, there are no objects that query engines would read or, for a table that is only registered, none with content.",
            "Write the data, then redrive; waive the partition if it never comes. onEmpty says what an empty one means."),
    NO_RECEIPT(
            "NoReceipt",
            PASSING,
            "The batch's child execution failed without being caught, or was stopped.",
            "Redrive. If it happens again, look at the child execution in the Map run.",
            false),
    NO_RESULT(
            "NoResult",
            PASSING,
            "The processor answered, and its result object does not exist or lacks the partition.",
            "Redrive. If it happens again, look into the processor's log group.",
            false),
    NO_SPACE(
            "NoSpace",
            STACK,
            "The function's disk is too small.",
            "Raise the stack's parameter ProcessorStorage, then redrive."),
    NOT_PROCESSED(
            "NotProcessed",
            PASSING,
            "The partition was waived before any run had processed it, and no longer is.",
            "Redrive, or wait for the next run.",
            false),
    NOT_VERIFIED(
            "NotVerified",
            PASSING,
            "Glue accepted the partition, but reading it back did not return what was sent.",
            "Redrive. If it happens again, look for somebody else who changes the table's partitions.",
            false),
    NOTHING_WRITTEN(
            "NothingWritten",
            STACK,
            "The custom processor ended without a failure and without data.",
            "Deploy a processor that writes data or throws a PartitionFailedException, then redrive."),
    OUT_OF_MEMORY(
            "OutOfMemory",
            STACK,
            "The work needs more memory than the function has.",
            "Raise the stack's parameter ProcessorMemory, or make partitions smaller; then redrive."),
    OUTDATED("Outdated", PASSING, "A later run has changed the table: this result is not used.", "Redrive.", false),
    OUTSIDE_LOCATION(
            "OutsideLocation",
            SPEC,
            "The partition lies outside the table's location.",
            "Start a new execution of the table's spec with this partition in its detection."),
    RAW_DATA_EXPIRED(
            "RawDataExpired",
            SPEC,
            "The raw data of a partition has changed, and a lifecycle rule has deleted a part of it, or will within a day: made of the"
                    + " rest, it could lose rows. Readers have it as it was made.",
            "Waive it, once S3 has deleted what it was made of; or write again what has expired, if you have it, and start a new"
                    + " execution with this partition in its detection, which makes it of what is there."),
    REPLACED("Replaced", PASSING, "The object was written again between the listing and the read.", "Redrive."),
    ROW_COUNT_MISMATCH(
            "RowCountMismatch",
            PASSING,
            "The files that were written do not hold the rows that were read; nothing was published.",
            "Redrive. If it happens again, report the message."),
    SCHEMA_MISMATCH(
            "SchemaMismatch",
            PARTITION,
            "The columns of the data do not match the table's.",
            "Write the data with the table's columns, then redrive; or start a new execution with a spec that has the new ones. If the table"
                    + " was created with wrong ones, and nothing is registered yet, delete it first."),
    SEVERAL_VERSIONS(
            "SeveralVersions",
            PASSING,
            "The raw data lies in another table's folder, which holds several versions of the partition.",
            "Leave it to a run after the next one of that table, a day later, which removes what is superseded.",
            false),
    SQL_ERROR(
            "SqlError",
            SPEC,
            "The query or condition is invalid, uses what it may not, or fails on the data.",
            "Start a new execution with a corrected query; if the data is wrong, correct it and redrive."),
    SQL_RESULT_MISMATCH(
            "SqlResultMismatch",
            SPEC,
            "The query's result does not fit the table's columns.",
            "Start a new execution with a query or columns that fit each other."),
    SQL_TIMEOUT(
            "SqlTimeout",
            SPEC,
            "The query took longer than the spec allows.",
            "Start a new execution with a larger processor.timeoutSeconds or a simpler query."),
    TRUNCATED(
            "Truncated",
            PARTITION,
            "The object ends within compressed data or a record: its writer died, or its upload was incomplete.",
            "Write the object again, then redrive."),
    UNKNOWN(
            "Unknown",
            PASSING,
            "Glue refused the partition and gave no reason.",
            "Redrive. If it happens again, ask AWS's support.",
            false),
    UNKNOWN_PROCESSOR(
            "UnknownProcessor",
            SPEC,
            "The deployment has no custom processor of this name.",
            "Start a new execution with the name of a deployed processor, or deploy this one and redrive."),
    UNKNOWN_TABLE(
            "UnknownTable",
            SPEC,
            "The query names a table that the catalog does not have.",
            "Start a new execution with a corrected query, or create the table and redrive."),
    UNREADABLE_RECEIPT(
            "UnreadableReceipt",
            PASSING,
            "The batch's child execution answered something other than a receipt.",
            "Redrive. If it happens again, look at the child execution in the Map run.",
            false),
    UNREADABLE_RESULT(
            "UnreadableResult",
            PASSING,
            "The processor's result object in the state bucket cannot be read.",
            "Redrive. If it happens again, look into the processor's log group.",
            false),
    UNSUPPORTED_TYPE(
            "UnsupportedType",
            SPEC,
            "A column has a type that cannot be read or written here.",
            "Start a new execution with another type in the spec, or write the data with a supported one and redrive."),
    UNTRIED(
            "Untried",
            PASSING,
            "The pass ended before the partition was sent to Glue.",
            "Redrive, or wait for the next run.",
            false),
    UNUSABLE_TABLE(
            "UnusableTable",
            SPEC,
            "The query names a table that exists and cannot be read here.",
            "Start a new execution with a query that does without the table; or make the table readable and redrive, if that"
                    + " changes no parameter of the stack: a redriven execution keeps those of its beginning."),
    VANISHED("Vanished", PASSING, "The object was deleted between the listing and the read.", "Redrive."),
    WRONG_FORMAT(
            "WrongFormat",
            PARTITION,
            "By its name or first bytes, the object has a format or compression that is not read for this table, or its name is one that query engines do not list.",
            "Name the object as the table's format asks, or move it away; then redrive."),

    PROCESSOR_THROTTLED(
            "Lambda.TooManyRequestsException",
            PASSING,
            "Lambda throttled the processor through all retries.",
            "Redrive when fewer functions run. A lower MaxConcurrency applies to new executions only.",
            false),
    PROCESSOR_TIMED_OUT(
            "Sandbox.Timedout",
            STACK,
            "The processor ran out of time.",
            "Make partitions smaller, or raise the stack's parameter ProcessorMemory, with which the CPU grows; then redrive.",
            false),
    PROCESSOR_DIED(
            "Runtime.ExitError",
            STACK,
            "The processor's process ended, usually out of memory.",
            "Raise the stack's parameter ProcessorMemory, then redrive.",
            false),
    PROCESSOR_FAILED(
            "States.TaskFailed",
            PASSING,
            "The receipt does not hold the error's name; the batch's child execution in the Map run shows it.",
            "Redrive. If it happens again, look at the child execution and into the processor's log group.",
            false),
    REGISTRATION_INVALID(
            "InvalidInputException",
            PARTITION,
            "Glue rejects the partition.",
            "Write the data under another prefix, and waive this partition."),
    REGISTRATION_DENIED(
            "AccessDeniedException",
            STACK,
            "The table-creator's role may not register partitions of the table.",
            "Grant what the message names, in IAM, Lake Formation or the policy of the catalog's key; then redrive.",
            false),
    REGISTRATION_LIMIT(
            "ResourceNumberLimitExceededException",
            STACK,
            "A quota of the account's Glue Data Catalog is used up.",
            "Ask AWS for a higher quota or remove partitions, then redrive.",
            false);

    /** Words of AWS or Java with the same meaning as one of the codes. */
    private static final Map<String, FailureCode> SYNONYMS = Map.of(
            "States.Timeout",
            PROCESSOR_TIMED_OUT,
            "Runtime.OutOfMemory",
            PROCESSOR_DIED,
            "java.lang.OutOfMemoryError",
            PROCESSOR_DIED,
            "OutOfMemoryError",
            OUT_OF_MEMORY,
            "ValidationException",
            REGISTRATION_INVALID,
            "PermissionTypeMismatchException",
            REGISTRATION_DENIED,
            "GlueEncryptionException",
            REGISTRATION_DENIED);

    private static final Map<String, FailureCode> BY_WORD = byWord();

    private final String word;
    private final FailureOrigin origin;
    private final String meaning;
    private final String advice;
    private final boolean countsAsAttempt;

    FailureCode(String word, FailureOrigin origin, String meaning, String advice) {
        this(word, origin, meaning, advice, true);
    }

    FailureCode(String word, FailureOrigin origin, String meaning, String advice, boolean countsAsAttempt) {
        this.word = word;
        this.origin = origin;
        this.meaning = meaning;
        this.advice = advice;
        this.countsAsAttempt = countsAsAttempt;
    }

    /** The word in results, reports and the table's record. */
    public String word() {
        return word;
    }

    public FailureOrigin origin() {
        return origin;
    }

    /** The meaning of the code, as a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Advice for users, in one or two sentences. */
    public String advice() {
        return advice;
    }

    /** Whether such a failure counts as an attempt, and so brings the partition closer to being set aside. */
    public boolean countsAsAttempt() {
        return countsAsAttempt;
    }

    /** Words of AWS or Java with the same meaning. */
    public List<String> synonyms() {
        return SYNONYMS.entrySet().stream()
                .filter(entry -> entry.getValue() == this)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The code for a word; empty for words of custom processors and unforeseen errors. */
    public static Optional<FailureCode> find(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    private static Map<String, FailureCode> byWord() {
        Map<String, FailureCode> all = new HashMap<>(SYNONYMS);
        Arrays.stream(values()).forEach(code -> all.put(code.word, code));
        return all;
    }
}
