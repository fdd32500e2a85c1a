package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.Batches;
import io.fanin.core.catalog.FailureKind;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.Rounds;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Deregistered;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Kept;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Refused;
import io.fanin.core.catalog.partition.WriteAnswer.Failure;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.PartitionError;

/**
 * Deletes partitions from the catalog in batches, in rounds: deletions that Glue throttles or answers ambiguously are
 * retried, each time after another check whether they are allowed. At the end everything is read back, so that every
 * partition reported as deregistered is gone.
 */
public final class PartitionDeregistrar {

    /** The maximum number of entries of a BatchDeletePartition in Glue. */
    static final int MAX_DELETE = 25;

    private final GlueClient glue;
    private final PartitionReader reader;
    private final Rounds rounds;

    public PartitionDeregistrar(GlueClient glue, PartitionReader reader, Rounds rounds) {
        this.glue = glue;
        this.reader = reader;
        this.rounds = rounds;
    }

    /** Checks partitions just before they are deleted. */
    @FunctionalInterface
    public interface LastCheck {

        /** The partitions of a batch that must not be deleted. */
        Map<PartitionValues, Kept> kept(List<PartitionValues> batch);
    }

    /**
     * Deletes the partitions; returns one outcome for each.
     *
     * @param columns of the table
     */
    public Map<PartitionValues, DeregistrationOutcome> deregister(
            TableName table, int columns, Collection<PartitionValues> partitions, LastCheck check) {
        Map<PartitionValues, DeregistrationOutcome> outcomes = new LinkedHashMap<>();
        Map<PartitionValues, Failure> again = new LinkedHashMap<>();
        Set<PartitionValues> open = new LinkedHashSet<>(partitions);
        int attempts = rounds.repeat(open.size(), requests -> {
            again.clear();
            requests.each(Batches.of(open, MAX_DELETE), batch -> delete(table, batch, check))
                    .forEach(answer -> {
                        outcomes.putAll(answer.settled());
                        again.putAll(answer.again());
                    });
            open.retainAll(again.keySet());
            return open.size();
        });
        again.forEach((values, failure) -> outcomes.put(
                values, new Refused(failure.code(), failure.message() + " (after " + attempts + " attempts)")));
        return confirmed(table, columns, outcomes);
    }

    /** The settled partitions of a batch, and those to retry, each with its failure. */
    private record Answer(Map<PartitionValues, DeregistrationOutcome> settled, Map<PartitionValues, Failure> again) {}

    private Answer delete(TableName table, List<PartitionValues> batch, LastCheck check) {
        Answer answer = new Answer(new HashMap<>(), new HashMap<>());
        answer.settled().putAll(check.kept(batch));
        List<PartitionValues> left = batch.stream()
                .filter(values -> !answer.settled().containsKey(values))
                .toList();
        if (!left.isEmpty()) {
            Map<PartitionValues, Refusal> refusals = send(table, left);
            left.forEach(values -> Optional.ofNullable(refusals.get(values))
                    .ifPresentOrElse(
                            refusal -> note(table, values, refusal, answer),
                            () -> answer.settled().put(values, new Deregistered())));
        }
        return answer;
    }

    /** The failure for which a partition, alone or with its whole batch, was not deleted. */
    private record Refusal(FailureKind kind, Failure failure) {

        static Refusal ofEntry(Failure failure) {
            return new Refusal(FailureKind.ofCode(failure.code()), failure);
        }

        static Refusal ofCall(SdkException e) {
            return new Refusal(FailureKind.of(e), new Failure(FailureKind.codeOf(e), FailureKind.messageOf(e)));
        }
    }

    private Map<PartitionValues, Refusal> send(TableName table, List<PartitionValues> batch) {
        Map<List<String>, Failure> errors = new HashMap<>();
        try {
            List<PartitionError> entries = glue.batchDeletePartition(
                            request -> request.overrideConfiguration(PartitionWriter.ONE_ATTEMPT)
                                    .databaseName(table.database())
                                    .tableName(table.table())
                                    .partitionsToDelete(PartitionReader.keys(batch)))
                    .errors();
            entries.forEach(entry -> PartitionWriter.put(errors, entry.partitionValues(), entry.errorDetail()));
        } catch (SdkException e) {
            if (FailureKind.of(e) == FailureKind.MISSING) {
                throw call(table).failed(e);
            }
            return batch.stream().collect(Collectors.toMap(Function.identity(), values -> Refusal.ofCall(e)));
        }
        Map<PartitionValues, Refusal> refusals = new HashMap<>();
        // Of one that is not named, reading back tells whether it is still there.
        batch.forEach(values -> Optional.ofNullable(errors.get(values.values()))
                .ifPresent(failure -> refusals.put(values, Refusal.ofEntry(failure))));
        return refusals;
    }

    private static void note(TableName table, PartitionValues values, Refusal refusal, Answer answer) {
        Failure failure = refusal.failure();
        switch (refusal.kind()) {
            case MISSING -> answer.settled().put(values, new Deregistered());
            case RETRYABLE, AMBIGUOUS -> answer.again().put(values, failure);
            case EXISTS, INVALID, DENIED, LIMIT, OTHER ->
                answer.settled().put(values, refused(PartitionWriter.withRemedy(call(table), failure)));
        }
    }

    private static Refused refused(Failure failure) {
        return new Refused(failure.code(), failure.message());
    }

    /** An absent partition counts as deregistered even if it was kept: an invocation that died may have deleted it. */
    private Map<PartitionValues, DeregistrationOutcome> confirmed(
            TableName table, int columns, Map<PartitionValues, DeregistrationOutcome> outcomes) {
        Set<PartitionValues> there = reader.read(table, columns, List.copyOf(outcomes.keySet()), partition -> true)
                .keySet();
        outcomes.replaceAll((values, outcome) -> switch (outcome) {
            case Kept kept -> there.contains(values) ? kept : new Deregistered();
            case Deregistered gone ->
                there.contains(values)
                        ? new Refused(
                                FailureCode.NOT_VERIFIED.word(),
                                "Glue accepted the deletion, but the partition is still in the catalog")
                        : gone;
            case Refused refused -> there.contains(values) ? refused : new Deregistered();
        });
        return outcomes;
    }

    private static GlueCall call(TableName table) {
        return GlueCall.onTable("BatchDeletePartition", table);
    }
}
