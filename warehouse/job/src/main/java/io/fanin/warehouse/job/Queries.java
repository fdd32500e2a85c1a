package io.fanin.warehouse.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Queries in Athena, each of which runs once: started again under the same name, it is the one that runs or has run, since an
 * event may come twice, and a function may die while it waits.
 */
final class Queries {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    private final AthenaClient athena;
    private final JobSettings settings;
    private final Consumer<Duration> pause;

    Queries(AthenaClient athena, JobSettings settings, Consumer<Duration> pause) {
        this.athena = athena;
        this.settings = settings;
        this.pause = pause;
    }

    /**
     * Runs the query until it is through; again where Athena itself was at fault.
     *
     * @param name the same whenever the query is
     * @param sql by the name under which it runs: each attempt has one of its own
     * @return the name under which it has run
     * @throws QueryFailedException when it has failed, or was cancelled
     */
    String run(String name, UnaryOperator<String> sql) {
        for (int attempt = 1; ; attempt++) {
            String token = digest(name + "\n" + attempt);
            QueryExecution ended = ended(start(token, sql.apply(token)));
            if (ended.status().state() == QueryExecutionState.SUCCEEDED) {
                return token;
            }
            if (attempt == ATTEMPTS || !isRetryable(ended)) {
                throw new QueryFailedException(
                        "query " + ended.queryExecutionId() + " of the job of " + settings.database() + "."
                                + settings.table() + " is " + ended.status().stateAsString() + ": "
                                + ended.status().stateChangeReason());
            }
        }
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

    /** 64 characters, which a token and a folder take. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
