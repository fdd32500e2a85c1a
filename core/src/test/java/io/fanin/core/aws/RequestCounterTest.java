package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;

class RequestCounterTest {

    private final FakeAws aws = new FakeAws();
    private final RequestCounter requests = new RequestCounter();

    @Test
    void requestsAreCountedByServiceAndOperation() {
        aws.s3().createBucket("lake");
        S3Client s3 = aws.s3().client(requests);
        GlueClient glue = aws.glue().client(requests);

        s3.listObjectsV2(request -> request.bucket("lake"));
        Map<String, Long> before = requests.counts();
        s3.listObjectsV2(request -> request.bucket("lake"));
        s3.listObjectsV2(request -> request.bucket("lake"));
        assertThatThrownBy(
                        () -> glue.getTable(request -> request.databaseName("a").name("b")))
                .isInstanceOf(EntityNotFoundException.class);

        assertThat(before).isEqualTo(Map.of("S3 ListObjectsV2", 1L));
        assertThat(requests.since(before)).isEqualTo(Map.of("S3 ListObjectsV2", 2L, "Glue GetTable", 1L));
        assertThat(requests.since(requests.counts())).isEmpty();
    }
}
