package io.fanin.core.aws;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The AWS clients of the Lambdas. Region, credentials and endpoint come from the environment, through the SDK's default
 * provider chains.
 *
 * <p>Every client retries throttling, 5xx and broken connections in the SDK's mode {@code STANDARD}: three attempts,
 * eight by the client of Step Functions, within the timeout of the whole call. Glue's ConcurrentModificationException
 * is not retried here: an UpdateTable that is sent again with the same version fails again, and has to be rebuilt from
 * the table's current state, as in {@link io.fanin.core.catalog.client.GlueCatalog}, which also resends batches of
 * partitions.
 */
public final class AwsClients {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    /** Long enough for the transfer of a large object; a stalled transfer is ended by the socket's timeout. */
    private static final Duration S3_CALL_TIMEOUT = Duration.ofMinutes(10);

    static {
        IdleConnections.keep();
    }

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(65);

    /**
     * Step Functions throttles questions about executions early, those of all stacks of an account together. The gate,
     * which asks, is not retried by the state machine.
     */
    private static final int STEP_FUNCTIONS_ATTEMPTS = 8;

    /** Shared, because each new HTTP client reads all of the JDK's trusted certificates. */
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECTION_TIMEOUT)
            .socketTimeout(SOCKET_TIMEOUT)
            .build();

    private AwsClients() {}

    /** A new S3 client whose calls go through the interceptors. */
    public static S3Client s3(ExecutionInterceptor... interceptors) {
        return S3Client.builder()
                .httpClient(HTTP)
                .overrideConfiguration(
                        retrying(interceptors).apiCallTimeout(S3_CALL_TIMEOUT).build())
                .build();
    }

    /** A new Glue client whose calls go through the interceptors. */
    public static GlueClient glue(ExecutionInterceptor... interceptors) {
        return GlueClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded(interceptors))
                .build();
    }

    /** A new Step Functions client, which also waits while many executions ask at a time. */
    public static SfnClient stepFunctions() {
        return SfnClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded().toBuilder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(STEP_FUNCTIONS_ATTEMPTS)
                                .build())
                        .build())
                .build();
    }

    /** A new EventBridge client. */
    public static EventBridgeClient eventBridge() {
        return EventBridgeClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded())
                .build();
    }

    /** A new SNS client. */
    public static SnsClient sns() {
        return SnsClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded())
                .build();
    }

    private static ClientOverrideConfiguration bounded(ExecutionInterceptor... interceptors) {
        return retrying(interceptors)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .apiCallTimeout(CALL_TIMEOUT)
                .build();
    }

    private static ClientOverrideConfiguration.Builder retrying(ExecutionInterceptor... interceptors) {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
                .executionInterceptors(List.of(interceptors))
                .addExecutionInterceptor(new WholeAnswers())
                .addExecutionInterceptor(new ShortBodies());
    }
}
