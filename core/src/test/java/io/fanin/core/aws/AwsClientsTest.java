package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

class AwsClientsTest {

    @BeforeEach
    void sayTheRegion() {
        System.setProperty("aws.region", "eu-central-1");
    }

    @AfterEach
    void forgetTheRegion() {
        System.clearProperty("aws.region");
    }

    @Test
    void glueMakesThreeAttemptsWithinABoundedTime() {
        try (GlueClient glue = AwsClients.glue()) {
            ClientOverrideConfiguration config =
                    glue.serviceClientConfiguration().overrideConfiguration();
            assertThat(glue.serviceClientConfiguration().region()).isEqualTo(Region.EU_CENTRAL_1);
            assertThat(config.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(3);
            assertThat(config.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(20));
            assertThat(config.apiCallTimeout()).hasValue(Duration.ofSeconds(65));
        }
    }

    @Test
    void stepFunctionsIsAskedWithinABoundedTime() {
        try (SfnClient sfn = AwsClients.stepFunctions()) {
            ClientOverrideConfiguration config =
                    sfn.serviceClientConfiguration().overrideConfiguration();
            assertThat(config.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(8);
            assertThat(config.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(20));
            assertThat(config.apiCallTimeout()).hasValue(Duration.ofSeconds(65));
        }
    }

    @Test
    void s3MakesThreeAttemptsWithTimeForALargeObject() {
        try (S3Client s3 = AwsClients.s3()) {
            ClientOverrideConfiguration config = s3.serviceClientConfiguration().overrideConfiguration();
            assertThat(config.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(3);
            assertThat(config.apiCallTimeout()).hasValue(Duration.ofMinutes(10));
        }
    }
}
