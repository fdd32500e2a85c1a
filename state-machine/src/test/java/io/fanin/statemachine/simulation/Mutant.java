package io.fanin.statemachine.simulation;

import io.fanin.core.aws.WholeAnswers;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

/** A product with one defect, to verify that the oracle notices it. */
enum Mutant {
    NONE,

    /** Writes to the state bucket ignore their conditions. */
    WRITES_WITHOUT_CONDITIONS,

    /** The table is replaced although it has changed since it was read. */
    UPDATES_WITHOUT_VERSION,

    /** The errors of a batch's entries are not read. */
    TAKES_BATCHES_FOR_DONE,

    /** Throttled entries are treated as failures of the partition. */
    BLAMES_PARTITIONS_FOR_THROTTLING,

    /** The table is never set to {@code PARTIAL}. */
    NEVER_SAYS_PARTIAL,

    /** Now and then a change of the table is acknowledged, but not made. */
    LOSES_TABLE_UPDATES,

    /** Now and then a change of the table's record is acknowledged, but not made. */
    LOSES_RECORDS,

    /** Data that cannot be read is accepted. */
    READS_NOTHING,

    /** The statement in detection about the table that it saw is not found. */
    FORGETS_WHICH_TABLE,

    /** The inventory of a Glue job's raw data is taken after the job. */
    LOOKS_AFTER_THE_JOB,

    /** A partial run succeeds, as if there were nothing to redrive. */
    LEAVES_THE_GATE_OPEN,

    /** The lease is taken for an execution that has ended. */
    LEASES_WHAT_HAS_ENDED,

    /** A listing that was answered without a body is taken for an empty one. */
    TAKES_NO_ANSWER_FOR_AN_EMPTY_LISTING,

    /** A table that was created again is mistaken for the former one. */
    TAKES_ANY_TABLE_FOR_ITS_OWN,

    /** A column removed after detection is mistaken for one that was missing. */
    ADDS_REMOVED_COLUMNS,

    /** The owner of a folder is unknown. */
    FORGETS_WHOSE_FOLDER_IT_IS,

    /** The inbox's entries for a run are deleted when it has only begun. */
    EMPTIES_THE_INBOX_EARLY,

    /** The failure of a waived partition is not kept. */
    FORGETS_WHAT_IS_WAIVED,

    /** Partitions that detection found without data are deregistered without another look. */
    DEREGISTERS_WITHOUT_LOOKING,

    /** Glue's refusals to deregister are not read. */
    TAKES_DEREGISTRATIONS_FOR_DONE,

    /** Partitions registered by another tool are mistaken for a run's. */
    DEREGISTERS_WHAT_OTHERS_REGISTERED,

    /** Any number of vanished partitions is deregistered. */
    DEREGISTERS_ANY_NUMBER,

    /** Vanished partitions are deregistered although the spec only reports them. */
    DEREGISTERS_UNASKED,

    /** A superseded version of a partition is removed as soon as it is noted. */
    REMOVES_VERSIONS_AT_ONCE,

    /** A remade partition is written into the folder of the former version. */
    WRITES_INTO_THE_VERSION_IN_USE,

    /** A run of all tables considers each table up to date. */
    LEAVES_TABLES_OUT,

    /** Old partitions that remain unverified are not counted. */
    TAKES_OLD_PARTITIONS_FOR_VERIFIED,

    /** S3's expiry date of an object is not read. */
    OVERLOOKS_EXPIRY,

    /** The files of a version count as uploaded as soon as they are sent. */
    TAKES_VERSIONS_FOR_UPLOADED,

    /** A superseded version is removed even if the catalog points to it. */
    REMOVES_THE_VERSION_IN_USE,

    /** Keys in local time are read as UTC. */
    READS_KEYS_AS_UTC,

    /** Missing periods whose waivers have ended are not looked for. */
    FORGETS_WAIVED_GAPS,

    /** Partitions are processed before their markers exist. */
    WAITS_FOR_NO_MARKER;

    private static final double NOW_AND_THEN = 0.3;

    /** The fault of a request. */
    Optional<Fault> fault(Call call, SeededRandom random) {
        if (this == FORGETS_WHOSE_FOLDER_IT_IS && call.target().startsWith("state/owners/")) {
            return Optional.of(
                    call.operation().equals("GetObject")
                            ? new Fault.Fail(404, "NoSuchKey", "Forgotten")
                            : new Fault.Empty());
        }
        boolean mayBeLost = switch (this) {
            case LOSES_TABLE_UPDATES -> call.operation().equals("UpdateTable");
            case LOSES_RECORDS ->
                call.operation().equals("PutObject") && call.target().endsWith("/" + RunFiles.RECORD);
            case TAKES_VERSIONS_FOR_UPLOADED ->
                call.operation().equals("PutObject")
                        && LakeBuckets.ofCall(call.target()).isPresent();
            default -> false;
        };
        return mayBeLost && random.chance(NOW_AND_THEN) ? Optional.of(new Fault.Empty()) : Optional.empty();
    }

    /** Whether it is noticed only if runs of all tables run the table. */
    boolean needsAllTables() {
        return this == LEAVES_TABLES_OUT;
    }

    /** Whether it is noticed only if a Glue job makes the partitions, and data arrives meanwhile. */
    boolean needsAJob() {
        return this == LOOKS_AFTER_THE_JOB || needsARival();
    }

    /** Whether it is noticed only if partitions are made as versions. */
    boolean needsVersions() {
        return switch (this) {
            case REMOVES_VERSIONS_AT_ONCE,
                    WRITES_INTO_THE_VERSION_IN_USE,
                    TAKES_VERSIONS_FOR_UPLOADED,
                    REMOVES_THE_VERSION_IN_USE,
                    OVERLOOKS_EXPIRY -> true;
            default -> false;
        };
    }

    /** Whether it is noticed only if another table claims the folder. */
    boolean needsARival() {
        return this == FORGETS_WHOSE_FOLDER_IT_IS;
    }

    /** Whether it is noticed only if abandoned invocations continue late. */
    boolean needsLateInvocations() {
        return this == LEASES_WHAT_HAS_ENDED;
    }

    /** Whether it is noticed only if S3 sends events. */
    boolean needsEvents() {
        return this == EMPTIES_THE_INBOX_EARLY;
    }

    /** Whether it is noticed only if another tool has registered partitions before. */
    boolean needsOldPartitions() {
        return this == TAKES_OLD_PARTITIONS_FOR_VERIFIED;
    }

    /** Whether it is noticed only if partitions are waived. */
    boolean needsWaivers() {
        return this == FORGETS_WHAT_IS_WAIVED || needsGaps();
    }

    /** Whether it is noticed only if missing periods are outstanding. */
    boolean needsGaps() {
        return this == FORGETS_WAIVED_GAPS;
    }

    /** Whether it is noticed only if runs wait for markers. */
    boolean needsMarkers() {
        return this == WAITS_FOR_NO_MARKER;
    }

    /** Whether it is noticed only if all data of registered partitions vanishes. */
    boolean needsVanishedData() {
        return switch (this) {
            case TAKES_NO_ANSWER_FOR_AN_EMPTY_LISTING,
                    DEREGISTERS_WITHOUT_LOOKING,
                    TAKES_DEREGISTRATIONS_FOR_DONE,
                    DEREGISTERS_WHAT_OTHERS_REGISTERED,
                    DEREGISTERS_ANY_NUMBER,
                    DEREGISTERS_UNASKED -> true;
            default -> false;
        };
    }

    /** Whether it is noticed only if others drop the table, which is rare. */
    boolean needsTheTableDropped() {
        return this == FORGETS_WHICH_TABLE || this == TAKES_ANY_TABLE_FOR_ITS_OWN;
    }

    /** Whether its calls pass through the same interceptors as the product's. */
    boolean leavesClientsAsTheyAre() {
        return Stream.of(towardsS3(), towardsGlue())
                .allMatch(through -> through.size() == 1 && through.getFirst() instanceof WholeAnswers);
    }

    /** Whether it is noticed only if others change the table's columns, which is rare. */
    boolean needsColumnsChanged() {
        return this == ADDS_REMOVED_COLUMNS;
    }

    /** The interceptors of calls to S3. */
    List<ExecutionInterceptor> towardsS3() {
        return this == TAKES_NO_ANSWER_FOR_AN_EMPTY_LISTING ? own() : readingWhole();
    }

    /** The interceptors of calls to Glue. */
    List<ExecutionInterceptor> towardsGlue() {
        return this == LOSES_TABLE_UPDATES ? own() : readingWhole();
    }

    private List<ExecutionInterceptor> readingWhole() {
        return Stream.concat(own().stream(), Stream.of(new WholeAnswers())).toList();
    }

    private List<ExecutionInterceptor> own() {
        return switch (this) {
            case WRITES_WITHOUT_CONDITIONS -> List.of(new Unconditional());
            case UPDATES_WITHOUT_VERSION, NEVER_SAYS_PARTIAL -> List.of(new Altered(this));
            case TAKES_BATCHES_FOR_DONE -> List.of(new CredulousMutant());
            case BLAMES_PARTITIONS_FOR_THROTTLING -> List.of(new Blaming());
            case FORGETS_WHICH_TABLE ->
                List.of(new ForgetfulMutant(
                        key -> key.contains("/detection-") || key.endsWith("/spec.json"),
                        "tableCreated",
                        "tableIgnored"));
            case TAKES_NO_ANSWER_FOR_AN_EMPTY_LISTING,
                    TAKES_ANY_TABLE_FOR_ITS_OWN,
                    ADDS_REMOVED_COLUMNS,
                    OVERLOOKS_EXPIRY -> List.of(new AnswerMutants(this));
            case FORGETS_WHAT_IS_WAIVED ->
                List.of(new ForgetfulMutant(
                        RunFiles.RECORD::equals, "(\"hash\":\"\\w+\"}),\"failure\":", "$1,\"ignored\":"));
            case FORGETS_WAIVED_GAPS ->
                List.of(new ForgetfulMutant(RunFiles.RECORD::equals, "\"reopened\"", "\"forgiven\""));
            case TAKES_OLD_PARTITIONS_FOR_VERIFIED ->
                List.of(new ForgetfulMutant(
                        key -> key.contains("/detection-") || key.endsWith("/spec.json"),
                        "\"verifiable\":\\d(?=[,}])",
                        "\"verifiable\":0"));
            case REMOVES_VERSIONS_AT_ONCE -> List.of(new VersionMutants.Hasty());
            case REMOVES_THE_VERSION_IN_USE -> List.of(new VersionMutants.Blind());
            case TAKES_DEREGISTRATIONS_FOR_DONE -> List.of(new DeregistrationMutants.Credulous());
            case DEREGISTERS_WHAT_OTHERS_REGISTERED -> List.of(new DeregistrationMutants.Adopting());
            default -> List.of();
        };
    }

    private static final class Unconditional implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().method() == SdkHttpMethod.PUT
                    ? context.httpRequest().toBuilder()
                            .removeHeader("If-Match")
                            .removeHeader("If-None-Match")
                            .build()
                    : context.httpRequest();
        }
    }

    private record Altered(Mutant how) implements ExecutionInterceptor {
        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return switch (context.request()) {
                case UpdateTableRequest update
                when how == UPDATES_WITHOUT_VERSION ->
                    update.toBuilder().versionId(null).build();
                case UpdateTableRequest update ->
                    update.toBuilder().tableInput(complete(update.tableInput())).build();
                case CreateTableRequest create
                when how == NEVER_SAYS_PARTIAL ->
                    create.toBuilder().tableInput(complete(create.tableInput())).build();
                case SdkRequest other -> other;
            };
        }

        private static TableInput complete(TableInput table) {
            Map<String, String> parameters = new HashMap<>(table.parameters());
            parameters.replace("fanin.status", "COMPLETE");
            return table.toBuilder().parameters(parameters).build();
        }
    }

    private static final class Blaming implements ExecutionInterceptor {
        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            return context.response() instanceof BatchCreatePartitionResponse answer
                    ? answer.toBuilder()
                            .errors(answer.errors().stream()
                                    .map(Blaming::blamed)
                                    .toList())
                            .build()
                    : context.response();
        }

        private static PartitionError blamed(PartitionError error) {
            return error.errorDetail().errorCode().startsWith("Thrott")
                    ? error.toBuilder()
                            .errorDetail(detail -> detail.errorCode("InvalidInputException"))
                            .build()
                    : error;
        }
    }
}
