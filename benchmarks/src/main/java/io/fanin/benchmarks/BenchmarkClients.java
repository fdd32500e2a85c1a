package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Loopback;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.aws.WholeAnswers;
import io.fanin.fakes.FakeAws;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients that send real requests to S3 and Glue in memory, with the HTTP client of the functions. */
final class BenchmarkClients implements AutoCloseable {

    private final Loopback s3Server;
    private final Loopback glueServer;
    private final S3Client s3;
    private final GlueClient glue;

    /** @param requests counts the requests of the clients */
    BenchmarkClients(FakeAws aws, RequestCounter requests) {
        this.s3Server = Loopback.serving(aws.s3());
        this.glueServer = Loopback.serving(aws.glue());
        this.s3 = s3At(s3Server.endpoint(), requests);
        this.glue = built(GlueClient.builder(), glueServer.endpoint(), UrlConnectionHttpClient.create(), requests);
    }

    /** An S3 client for another endpoint. */
    static S3Client s3At(URI endpoint, RequestCounter requests) {
        return built(S3Client.builder().forcePathStyle(true), endpoint, UrlConnectionHttpClient.create(), requests);
    }

    /** A client of S3 in memory. */
    static S3Client s3Through(SdkHttpClient http, ExecutionInterceptor... counters) {
        return built(S3Client.builder().forcePathStyle(true), URI.create("http://s3.local"), http, counters);
    }

    S3Client s3() {
        return s3;
    }

    GlueClient glue() {
        return glue;
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C built(
            B builder, URI endpoint, SdkHttpClient http, ExecutionInterceptor... counters) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(http)
                .overrideConfiguration(config ->
                        config.executionInterceptors(List.of(counters)).addExecutionInterceptor(new WholeAnswers()))
                .build();
    }

    @Override
    public void close() {
        s3.close();
        glue.close();
        s3Server.close();
        glueServer.close();
    }
}
