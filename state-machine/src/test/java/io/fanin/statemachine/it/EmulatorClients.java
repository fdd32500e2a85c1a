package io.fanin.statemachine.it;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of the emulator. */
record EmulatorClients(
        URI endpoint,
        S3Client s3,
        GlueClient glue,
        LambdaClient lambda,
        SfnClient sfn,
        EventBridgeClient events,
        SqsClient sqs,
        SnsClient sns,
        KinesisClient kinesis)
        implements AutoCloseable {

    static final Region REGION = Region.US_EAST_1;

    /** Both the access key and the secret key. */
    static final String KEY = "test";

    static EmulatorClients of(URI endpoint) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .socketTimeout(Duration.ofMinutes(2))
                .build();
        return new EmulatorClients(
                endpoint,
                local(S3Client.builder().forcePathStyle(true), endpoint, http),
                local(GlueClient.builder(), endpoint, http),
                local(LambdaClient.builder(), endpoint, http),
                local(SfnClient.builder(), endpoint, http),
                local(EventBridgeClient.builder(), endpoint, http),
                local(SqsClient.builder(), endpoint, http),
                local(SnsClient.builder(), endpoint, http),
                local(KinesisClient.builder(), endpoint, http));
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C local(
            B builder, URI endpoint, SdkHttpClient http) {
        return builder.httpClient(http)
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .build();
    }

    @Override
    public void close() {
        s3.close();
        glue.close();
        lambda.close();
        sfn.close();
        events.close();
        sqs.close();
        sns.close();
        kinesis.close();
    }
}
