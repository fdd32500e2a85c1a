package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.FailureKind;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.core.catalog.PageTokens;
import io.fanin.core.parallel.Workers;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.TableName;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Partition;

/**
 * Lists a table's partitions without their columns: all of them, in one sequence of pages or in segments, or those of a
 * window.
 */
public final class PartitionScan {

    /** The maximum number of partitions in a page of GetPartitions in Glue. */
    static final int MAX_PAGE = 1000;

    /** The maximum number of segments in which Glue lists a table. */
    static final int SEGMENTS = 10;

    /**
     * Glue's errors for an expression that it does not accept, and for a value that the key's type cannot hold
     * ({@code __HIVE_DEFAULT_PARTITION__} is not an integer), which it reports only when it compares.
     */
    private static final Set<String> REFUSALS =
            Set.of("InvalidInputException", "InvalidStateException", "ValidationException");

    private final GlueClient glue;
    private final GlueRetries retries;
    private final Workers workers;
    private final Runnable beforeEach;
    private final boolean bounded;

    public PartitionScan(GlueClient glue, GlueRetries retries, Workers workers) {
        this(glue, retries, workers, () -> {}, false);
    }

    private PartitionScan(GlueClient glue, GlueRetries retries, Workers workers, Runnable beforeEach, boolean bounded) {
        this.glue = glue;
        this.retries = retries;
        this.workers = workers;
        this.beforeEach = beforeEach;
        this.bounded = bounded;
    }

    /**
     * The same for a reader that does not read to the end at any cost.
     *
     * @param before run before each page is requested, by any thread; throws to end the listing
     */
    public PartitionScan checkedBy(Runnable before) {
        return new PartitionScan(glue, retries, workers, before, true);
    }

    public void forEach(TableName table, Consumer<Partition> consumer) {
        pages(table, request(table), consumer);
    }

    /**
     * Passes the partitions of the first pages to the consumer.
     *
     * @param most the maximum number of requests, 1 or more
     * @return whether these are all partitions of the table
     */
    public boolean forFirst(TableName table, int most, Consumer<Partition> consumer) {
        AtomicInteger sent = new AtomicInteger();
        return pages(table, request(table), consumer, () -> sent.getAndIncrement() == most);
    }

    /**
     * Passes the partitions that match an expression to the consumer.
     *
     * @throws io.fanin.core.catalog.CatalogException if Glue refuses the expression
     */
    public void forEachWhere(TableName table, String expression, Consumer<Partition> consumer) {
        try {
            pages(table, request(table).toBuilder().expression(expression).build(), consumer);
        } catch (RefusedExpressionException e) {
            throw call(table).failed((GlueException) e.getCause());
        }
    }

    /**
     * Passes at least the partitions whose period begins at or after a moment: all of them, if Glue cannot compare the
     * keys.
     *
     * @param consumer called by several threads at a time
     */
    public void forEachFrom(
            TableName table, List<PartitionKey> keys, LocalDateTime from, Consumer<Partition> consumer) {
        Optional<String> expression = WindowExpression.of(keys, from);
        if (expression.isEmpty()) {
            forEachInPagesOrSegments(table, consumer);
            return;
        }
        // The partitions passed on before a refusal all lie within the window.
        Set<List<String>> given = new HashSet<>();
        try {
            GetPartitionsRequest window =
                    request(table).toBuilder().expression(expression.get()).build();
            pages(table, window, partition -> giveOnce(partition, given, consumer));
        } catch (RefusedExpressionException e) {
            forEachInPagesOrSegments(table, partition -> {
                if (!given.contains(partition.values())) {
                    consumer.accept(partition);
                }
            });
        }
    }

    /**
     * Passes all partitions to the consumer, in one sequence of pages as long as they are few: segments take a request
     * each, and a large table takes too long without. A reader that does not read to the end at any cost takes no
     * segments, whose first pages it would read twice.
     *
     * @param consumer called by several threads at a time
     */
    public void forEachInPagesOrSegments(TableName table, Consumer<Partition> consumer) {
        if (bounded) {
            forEach(table, consumer);
            return;
        }
        Set<List<String>> given = new HashSet<>();
        boolean isWhole = forFirst(table, SEGMENTS, partition -> {
            given.add(partition.values());
            consumer.accept(partition);
        });
        if (!isWhole) {
            forEachInSegments(table, partition -> {
                if (!given.contains(partition.values())) {
                    consumer.accept(partition);
                }
            });
        }
    }

    public void forEachInSegments(TableName table, Consumer<Partition> consumer) {
        try (ExecutorService threads = workers.open(SEGMENTS)) {
            CompletionService<Void> ends = new ExecutorCompletionService<>(threads);
            for (int number = 0; number < SEGMENTS; number++) {
                GetPartitionsRequest segment = segment(table, number);
                ends.submit(() -> pages(table, segment, consumer, threads::isShutdown), null);
            }
            try {
                Workers.awaitAll(ends, SEGMENTS);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static GetPartitionsRequest request(TableName table) {
        return GetPartitionsRequest.builder()
                .databaseName(table.database())
                .tableName(table.table())
                .excludeColumnSchema(true)
                .maxResults(MAX_PAGE)
                .build();
    }

    private static GetPartitionsRequest segment(TableName table, int number) {
        return request(table).toBuilder()
                .segment(segment -> segment.segmentNumber(number).totalSegments(SEGMENTS))
                .build();
    }

    private static void giveOnce(Partition partition, Set<List<String>> given, Consumer<Partition> consumer) {
        if (given.add(partition.values())) {
            consumer.accept(partition);
        }
    }

    private void pages(TableName table, GetPartitionsRequest first, Consumer<Partition> consumer) {
        pages(table, first, consumer, () -> false);
    }

    /** Returns whether the last page was read, and not cancelled before. */
    private boolean pages(
            TableName table, GetPartitionsRequest first, Consumer<Partition> consumer, BooleanSupplier isCancelled) {
        PageTokens tokens = new PageTokens(call(table));
        Optional<GetPartitionsRequest> next = Optional.of(first);
        while (next.isPresent() && !isCancelled.getAsBoolean()) {
            beforeEach.run();
            GetPartitionsResponse page = page(table, next.get());
            page.partitions().forEach(consumer);
            next = tokens.next(page.nextToken())
                    .map(token -> first.toBuilder().nextToken(token).build());
        }
        return next.isEmpty();
    }

    private GetPartitionsResponse page(TableName table, GetPartitionsRequest request) {
        return retries.repeatable(call(table), () -> {
            try {
                return glue.getPartitions(request);
            } catch (GlueException e) {
                if (request.expression() != null && REFUSALS.contains(FailureKind.codeOf(e))) {
                    throw new RefusedExpressionException(e);
                }
                throw e;
            }
        });
    }

    private static GlueCall call(TableName table) {
        return GlueCall.onTable("GetPartitions", table);
    }

    /** Caught within this class. */
    private static final class RefusedExpressionException extends RuntimeException {

        private RefusedExpressionException(GlueException cause) {
            super(cause);
        }
    }
}
