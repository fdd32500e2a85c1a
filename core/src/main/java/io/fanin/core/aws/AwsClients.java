package io.fanin.core.aws;

import java.time.Duration;
import java.util.List;
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
 * The AWS clients of the Lambdas. Region, credentials and endpoint come from the environment, as the SDK's default
 * provider chains read it.
 *
 * <p>Every client retries as the SDK's mode {@code STANDARD} does: three attempts at throttling, 5xx and broken
 * connections, within the time of the whole call. Glue's ConcurrentModificationException is not retried here: an
 * UpdateTable sent again with the same version fails again, and has to be rebuilt from the table's current state, as
 * {@link io.fanin.core.catalog.client.GlueCatalog} does; it also resends batches of partitions.
 */
public final class AwsClients {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    /** Covers the transfer of a large object; a stalled one is ended by the socket's timeout. */
    private static final Duration S3_CALL_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(65);

    /** Shared: each HTTP client that is built reads the JDK's trusted certificates, a hundred and more. */
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECTION_TIMEOUT)
            .socketTimeout(SOCKET_TIMEOUT)
            .build();

    private AwsClients() {}

    /** A new client of S3, whose calls go through the interceptors. */
    public static S3Client s3(ExecutionInterceptor... interceptors) {
        return S3Client.builder()
                .httpClient(HTTP)
                .overrideConfiguration(
                        retrying(interceptors).apiCallTimeout(S3_CALL_TIMEOUT).build())
                .build();
    }

    /** A new client of Glue, whose calls go through the interceptors. */
    public static GlueClient glue(ExecutionInterceptor... interceptors) {
        return GlueClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded(interceptors))
                .build();
    }

    /** A new client of Step Functions. */
    public static SfnClient stepFunctions() {
        return SfnClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded())
                .build();
    }

    /** A new client of EventBridge. */
    public static EventBridgeClient eventBridge() {
        return EventBridgeClient.builder()
                .httpClient(HTTP)
                .overrideConfiguration(bounded())
                .build();
    }

    /** A new client of SNS. */
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
                .addExecutionInterceptor(new WholeAnswers());
    }
}
