package io.fanin.warehouse.job;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.AthenaError;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;

/** Runs each query once for each token, with the outcomes that it is given, else successfully. */
final class FakeAthena implements AthenaClient {

    private final Map<String, QueryExecutionStatus> ended = new LinkedHashMap<>();
    private final Deque<QueryExecutionStatus> outcomes = new ArrayDeque<>();
    private final List<StartQueryExecutionRequest> queries = new ArrayList<>();
    private final Consumer<String> unload;
    private int asked;

    /** A fake that calls this when a query succeeds. */
    FakeAthena(Consumer<String> unload) {
        this.unload = unload;
    }

    FakeAthena failing(boolean retryable) {
        outcomes.add(QueryExecutionStatus.builder()
                .state(QueryExecutionState.FAILED)
                .stateChangeReason("SYNTAX_ERROR: line 1:8")
                .completionDateTime(Instant.EPOCH)
                .athenaError(AthenaError.builder().retryable(retryable).build())
                .build());
        return this;
    }

    /** The queries that have run, each once. */
    List<StartQueryExecutionRequest> queries() {
        return queries;
    }

    @Override
    public StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
        ended.computeIfAbsent(request.clientRequestToken(), token -> {
            queries.add(request);
            QueryExecutionStatus outcome = (outcomes.isEmpty()
                            ? QueryExecutionStatus.builder().state(QueryExecutionState.SUCCEEDED)
                            : outcomes.remove().toBuilder())
                    .submissionDateTime(Instant.EPOCH.plusSeconds(queries.size()))
                    .build();
            if (outcome.state() == QueryExecutionState.SUCCEEDED) {
                unload.accept(request.queryString());
            }
            return outcome;
        });
        return StartQueryExecutionResponse.builder()
                .queryExecutionId(request.clientRequestToken())
                .build();
    }

    @Override
    public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
        asked++;
        QueryExecutionStatus running = QueryExecutionStatus.builder()
                .state(QueryExecutionState.RUNNING)
                .build();
        return GetQueryExecutionResponse.builder()
                .queryExecution(execution -> execution
                        .queryExecutionId(request.queryExecutionId())
                        .status(asked == 1 ? running : ended.get(request.queryExecutionId())))
                .build();
    }

    @Override
    public String serviceName() {
        return "athena";
    }

    @Override
    public void close() {}
}
