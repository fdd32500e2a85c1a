package io.fanin.warehouse.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Queries in Athena, each of which runs once: starting a query again under the same name returns the earlier one, since
 * an event may be delivered twice, and a function may end while it waits.
 */
final class Queries {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The maximum attempts of one invocation. If it fails, Lambda repeats the event. */
    private static final int ATTEMPTS = 3;

    private final AthenaClient athena;
    private final JobSettings settings;
    private final Consumer<Duration> pause;
    private final Clock clock;

    Queries(AthenaClient athena, JobSettings settings, Consumer<Duration> pause, Clock clock) {
        this.athena = athena;
        this.settings = settings;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * A successful attempt.
     *
     * @param name identifies it
     * @param submitted when it was submitted, which is before it read any data
     */
    record Attempt(String name, Instant submitted) {}

    /**
     * Runs the query and waits for its end. Repeats it if Athena itself has failed, or if the query failed in an
     * earlier invocation for the same event: for a known token, Athena returns the earlier query, even a failed one.
     *
     * @param name identifies the query
     * @param sql the query for the name of an attempt; each attempt has its own
     * @return the successful attempt
     * @throws QueryFailedException if it has failed, or was cancelled
     */
    Attempt run(String name, UnaryOperator<String> sql) {
        Instant begin = clock.instant();
        int mine = 0;
        for (int attempt = 1; ; attempt++) {
            String token = digest(name + "\n" + attempt);
            QueryExecution ended = ended(start(token, sql.apply(token)));
            if (ended.status().state() == QueryExecutionState.SUCCEEDED) {
                return new Attempt(token, ended.status().submissionDateTime());
            }
            mine += hasEndedBefore(ended, begin) ? 0 : 1;
            if (mine == ATTEMPTS || (mine > 0 && !isRetryable(ended))) {
                throw new QueryFailedException(
                        "query " + ended.queryExecutionId() + " of the job of " + settings.database() + "."
                                + settings.table() + " is " + ended.status().stateAsString() + ": "
                                + ended.status().stateChangeReason());
            }
        }
    }

    private static boolean hasEndedBefore(QueryExecution ended, Instant begin) {
        Instant end = ended.status().completionDateTime();
        return end != null && end.isBefore(begin);
    }

    private static boolean isRetryable(QueryExecution ended) {
        return ended.status().athenaError() != null
                && Boolean.TRUE.equals(ended.status().athenaError().retryable());
    }

    private String start(String token, String sql) {
        return athena.startQueryExecution(StartQueryExecutionRequest.builder()
                        .clientRequestToken(token)
                        .workGroup(settings.workGroup())
                        .queryExecutionContext(context -> context.database(settings.database()))
                        .queryString(sql)
                        .build())
                .queryExecutionId();
    }

    private QueryExecution ended(String id) {
        while (true) {
            QueryExecution execution = athena.getQueryExecution(request -> request.queryExecutionId(id))
                    .queryExecution();
            switch (execution.status().state()) {
                case SUCCEEDED, FAILED, CANCELLED -> {
                    return execution;
                }
                default -> pause.accept(INTERVAL);
            }
        }
    }

    /** 64 characters, which both a request token and a folder name allow. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
