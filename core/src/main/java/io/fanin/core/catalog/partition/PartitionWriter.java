package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.Batches;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.FailureKind;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.ParallelRequests;
import io.fanin.core.catalog.partition.WriteAnswer.Failure;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;

/**
 * Sends partitions in batches and returns Glue's answer for each; neither this class nor the SDK resends anything: a
 * batch whose answer is lost may have become visible in part, so it is read back before it is sent again. A batch that
 * is refused as a whole because of an invalid entry is sent in halves until the invalid entry is alone.
 */
public final class PartitionWriter {

    /** The maximum number of entries of a BatchCreatePartition or BatchUpdatePartition in Glue. */
    static final int MAX_WRITE = 100;

    static final AwsRequestOverrideConfiguration ONE_ATTEMPT = AwsRequestOverrideConfiguration.builder()
            .addPlugin(client -> client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .build()))
            .build();

    private final GlueClient glue;

    /** One batch call; it returns the entries of {@code Errors} by their values, of which there may be none. */
    @FunctionalInterface
    private interface Send {
        Map<List<String>, Failure> errorsOf(TableName table, List<PartitionInput> batch);
    }

    private record Write(ParallelRequests requests, String operation, TableName table, Send send) {

        GlueCall call() {
            return GlueCall.onTable(operation, table);
        }
    }

    public PartitionWriter(GlueClient glue) {
        this.glue = glue;
    }

    /**
     * Creates partitions.
     *
     * @param partitions each request entry is built when its batch is sent, since all of them repeat the table's
     *     columns
     * @throws CatalogException if Glue refuses all entries: the table is gone, or access is denied
     */
    <P> Map<PartitionValues, WriteAnswer> create(
            ParallelRequests requests, TableName table, Collection<P> partitions, Function<P, PartitionInput> input) {
        return write(new Write(requests, "BatchCreatePartition", table, this::sendCreate), partitions, input);
    }

    /** Replaces existing partitions; otherwise like {@link #create}. */
    <P> Map<PartitionValues, WriteAnswer> update(
            ParallelRequests requests, TableName table, Collection<P> partitions, Function<P, PartitionInput> input) {
        return write(new Write(requests, "BatchUpdatePartition", table, this::sendUpdate), partitions, input);
    }

    private <P> Map<PartitionValues, WriteAnswer> write(
            Write write, Collection<P> partitions, Function<P, PartitionInput> input) {
        List<List<P>> batches = Batches.of(partitions, MAX_WRITE);
        Map<PartitionValues, WriteAnswer> answers = new LinkedHashMap<>();
        write.requests()
                .each(
                        batches,
                        batch -> writeBatch(write, batch.stream().map(input).toList()))
                .forEach(answers::putAll);
        return answers;
    }

    /** An error that names none of the batch's partitions may be of any of those without an error of their own. */
    private static Map<PartitionValues, WriteAnswer> writeBatch(Write write, List<PartitionInput> batch) {
        Map<List<String>, Failure> errors;
        try {
            errors = write.send().errorsOf(write.table(), batch);
        } catch (SdkException e) {
            return refusedAsAWhole(write, batch, e);
        }
        Set<List<String>> sent = batch.stream().map(PartitionInput::values).collect(Collectors.toSet());
        WriteAnswer ofOthers = errors.entrySet().stream()
                .filter(error -> !sent.contains(error.getKey()))
                .findFirst()
                .<WriteAnswer>map(error -> new WriteAnswer.Unknown(withRemedy(write.call(), error.getValue())))
                .orElseGet(WriteAnswer.Accepted::new);
        Map<PartitionValues, WriteAnswer> answers = new LinkedHashMap<>();
        for (PartitionInput partition : batch) {
            WriteAnswer answer = Optional.ofNullable(errors.get(partition.values()))
                    .map(failure -> WriteAnswer.ofEntry(withRemedy(write.call(), failure)))
                    .orElse(ofOthers);
            answers.put(new PartitionValues(partition.values()), answer);
        }
        return answers;
    }

    private static Map<PartitionValues, WriteAnswer> refusedAsAWhole(
            Write write, List<PartitionInput> batch, SdkException e) {
        Failure failure = withRemedy(write.call(), new Failure(FailureKind.codeOf(e), FailureKind.messageOf(e)));
        return switch (FailureKind.of(e)) {
            case INVALID ->
                batch.size() == 1 ? forAll(batch, new WriteAnswer.Refused(failure)) : inHalves(write, batch);
            case EXISTS -> forAll(batch, new WriteAnswer.Exists(failure));
            case RETRYABLE -> forAll(batch, new WriteAnswer.Again(failure));
            case AMBIGUOUS -> forAll(batch, new WriteAnswer.Unknown(failure));
            case LIMIT -> forAll(batch, new WriteAnswer.Refused(failure));
            case MISSING, DENIED, OTHER -> throw write.call().failed(e);
        };
    }

    /** Adds the remedy for a partition that stays unregistered; the others are resent, or exist already. */
    static Failure withRemedy(GlueCall call, Failure failure) {
        FailureKind kind = FailureKind.ofCode(failure.code());
        return kind == FailureKind.DENIED || kind == FailureKind.LIMIT
                ? call.remedy(kind, failure.code() + ": " + failure.message())
                        .map(remedy -> new Failure(failure.code(), failure.message() + "; " + remedy))
                        .orElse(failure)
                : failure;
    }

    private static Map<PartitionValues, WriteAnswer> inHalves(Write write, List<PartitionInput> batch) {
        Map<PartitionValues, WriteAnswer> answers = new LinkedHashMap<>();
        Batches.of(batch, (batch.size() + 1) / 2).forEach(half -> answers.putAll(writeBatch(write, half)));
        return answers;
    }

    private static Map<PartitionValues, WriteAnswer> forAll(List<PartitionInput> batch, WriteAnswer answer) {
        Map<PartitionValues, WriteAnswer> answers = new LinkedHashMap<>();
        batch.forEach(partition -> answers.put(new PartitionValues(partition.values()), answer));
        return answers;
    }

    private Map<List<String>, Failure> sendCreate(TableName table, List<PartitionInput> batch) {
        Map<List<String>, Failure> errors = new HashMap<>();
        List<PartitionError> entries = glue.batchCreatePartition(request -> request.overrideConfiguration(ONE_ATTEMPT)
                        .databaseName(table.database())
                        .tableName(table.table())
                        .partitionInputList(batch))
                .errors();
        entries.forEach(entry -> put(errors, entry.partitionValues(), entry.errorDetail()));
        return errors;
    }

    private Map<List<String>, Failure> sendUpdate(TableName table, List<PartitionInput> batch) {
        List<BatchUpdatePartitionRequestEntry> updates = batch.stream()
                .map(partition -> BatchUpdatePartitionRequestEntry.builder()
                        .partitionValueList(partition.values())
                        .partitionInput(partition)
                        .build())
                .toList();
        Map<List<String>, Failure> errors = new HashMap<>();
        List<BatchUpdatePartitionFailureEntry> entries = glue.batchUpdatePartition(
                        request -> request.overrideConfiguration(ONE_ATTEMPT)
                                .databaseName(table.database())
                                .tableName(table.table())
                                .entries(updates))
                .errors();
        entries.forEach(entry -> put(errors, entry.partitionValueList(), entry.errorDetail()));
        return errors;
    }

    static void put(Map<List<String>, Failure> errors, List<String> values, ErrorDetail detail) {
        errors.put(
                values,
                detail == null
                        ? new Failure(FailureCode.UNKNOWN.word(), "Glue gave no reason")
                        : new Failure(String.valueOf(detail.errorCode()), String.valueOf(detail.errorMessage())));
    }
}
