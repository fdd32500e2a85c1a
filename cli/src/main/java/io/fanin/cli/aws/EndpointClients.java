package io.fanin.cli.aws;

import io.fanin.core.aws.IdleConnections;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.aws.ShortBodies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients for an endpoint. Calls to this machine bypass a proxy.
 *
 * @param counter counts the requests of all of them
 */
public record EndpointClients(Endpoint endpoint, RequestCounter counter) implements Clients {

    public EndpointClients(Endpoint endpoint) {
        this(endpoint, new RequestCounter());
    }

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    static {
        IdleConnections.keep();
    }

    @Override
    public CloudFormationClient cloudFormation() {
        return built(CloudFormationClient.builder());
    }

    @Override
    public String region() {
        try (CloudFormationClient client = cloudFormation()) {
            return client.serviceClientConfiguration().region().id();
        }
    }

    @Override
    public String deletion(String uri) {
        return endpoint.deletion(uri);
    }

    @Override
    public Map<String, Long> sentRequests() {
        return counter.counts();
    }

    @Override
    public GlueClient glue() {
        return built(GlueClient.builder());
    }

    @Override
    public S3Client s3() {
        return built(S3Client.builder().forcePathStyle(!endpoint.isAws()));
    }

    @Override
    public SfnClient stepFunctions() {
        return built(SfnClient.builder());
    }

    @Override
    public StsClient sts() {
        return built(StsClient.builder());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C built(B builder) {
        endpoint.url().ifPresent(builder::endpointOverride);
        endpoint.region().map(Region::of).ifPresent(builder::region);
        return builder.credentialsProvider(credentials())
                .httpClient(http())
                .overrideConfiguration(config -> {
                    config.retryStrategy(RetryMode.STANDARD);
                    config.addExecutionInterceptor(counter).addExecutionInterceptor(new ShortBodies());
                    endpoint.profile().ifPresent(config::defaultProfileName);
                })
                .build();
    }

    private AwsCredentialsProvider credentials() {
        return endpoint.keys()
                .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(credentials(keys)))
                .or(() -> endpoint.profile().map(EndpointClients::ofProfile))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    /**
     * The credentials of a named profile only, as in the AWS CLI: the default chain would prefer keys in the
     * environment. The provider is a chain of one, which has the default chain's error messages.
     */
    private static AwsCredentialsProvider ofProfile(String name) {
        return AwsCredentialsProviderChain.of(ProfileCredentialsProvider.create(name));
    }

    private static AwsCredentials credentials(Endpoint.AccessKeys keys) {
        return keys.token()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(keys.id(), keys.secret(), token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.id(), keys.secret()));
    }

    private SdkHttpClient http() {
        return isThisMachine()
                ? UrlConnectionHttpClient.create(EndpointClients::withoutProxy)
                : UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTION_TIMEOUT)
                        .build();
    }

    /**
     * Opens a connection directly: an HTTP client of the SDK would read the trusted certificates first, which takes a
     * tenth of a command's time.
     */
    private static HttpURLConnection withoutProxy(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) CONNECTION_TIMEOUT.toMillis());
            connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isThisMachine() {
        Optional<String> host = endpoint.url().map(URI::getHost);
        return host.filter(name -> name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]"))
                .isPresent();
    }
}
