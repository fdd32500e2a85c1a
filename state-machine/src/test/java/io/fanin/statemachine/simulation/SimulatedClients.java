package io.fanin.statemachine.simulation;

import io.fanin.fakes.FakeAws;
import io.fanin.fakes.FakeS3;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients that serve one history after the other, since building them takes longer than using them. They lack slow
 * features without an effect: signatures, checksums, and rules for endpoints. They keep no state of a history; their
 * retries have no budget that could be exhausted.
 */
final class SimulatedClients implements AutoCloseable {

    private static final Queue<SimulatedClients> IDLE = new ConcurrentLinkedQueue<>();

    private static final List<AuthSchemeOption> UNSIGNED =
            List.of(AuthSchemeOption.builder().schemeId("smithy.api#noAuth").build());

    private static final String HOST = "https://aws.example/";
    private static final CompletableFuture<Endpoint> GLUE = at(HOST);

    private final Door toS3 = new Door();
    private final Door toGlue = new Door();
    private final boolean reused;
    private final S3Client s3;
    private final GlueClient glue;

    private SimulatedClients(Mutant mutant) {
        reused = mutant.leavesClientsAsTheyAre();
        s3 = configured(S3Client.builder(), toS3, mutant.towardsS3())
                .authSchemeProvider(any -> UNSIGNED)
                .endpointProvider(asked -> at(HOST + asked.bucket()))
                .forcePathStyle(true)
                .disableS3ExpressSessionAuth(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
        glue = configured(GlueClient.builder(), toGlue, mutant.towardsGlue())
                .authSchemeProvider(any -> UNSIGNED)
                .endpointProvider(any -> GLUE)
                .build();
    }

    /** Clients of these services, used by one function until they are closed. */
    static SimulatedClients of(FakeAws aws, Mutant mutant) {
        SimulatedClients idle = mutant.leavesClientsAsTheyAre() ? IDLE.poll() : null;
        SimulatedClients clients = idle == null ? new SimulatedClients(mutant) : idle;
        clients.toS3.leadsTo = aws.s3();
        clients.toGlue.leadsTo = aws.glue();
        return clients;
    }

    S3Client s3() {
        return s3;
    }

    GlueClient glue() {
        return glue;
    }

    @Override
    public void close() {
        toS3.leadsTo = Door.NOWHERE;
        toGlue.leadsTo = Door.NOWHERE;
        if (reused) {
            IDLE.add(this);
        }
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder, SdkHttpClient http, List<ExecutionInterceptor> interceptors) {
        StandardRetryStrategy retries = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .circuitBreakerEnabled(false)
                .build();
        return builder.httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(config -> config.retryStrategy(retries)
                        .executionInterceptors(interceptors)
                        .defaultProfileFile(ProfileFile.aggregator().build()));
    }

    private static CompletableFuture<Endpoint> at(String url) {
        return CompletableFuture.completedFuture(
                Endpoint.builder().url(URI.create(url)).build());
    }

    /** An HTTP client that leads to one service after the other. */
    private static final class Door implements SdkHttpClient {

        private static final SdkHttpClient NOWHERE = new FakeS3();

        private volatile SdkHttpClient leadsTo = NOWHERE;

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return leadsTo.prepareRequest(request);
        }

        @Override
        public void close() {}
    }
}
