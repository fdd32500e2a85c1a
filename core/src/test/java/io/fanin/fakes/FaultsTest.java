package io.fanin.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FaultsTest {

    private final FakeS3 s3 = new FakeS3().createBucket("lake");
    private final S3Client client = s3.client();
    private final S3Client once = s3.client(DefaultRetryStrategy.doNotRetry());

    @Test
    void failureBeforeTheEffectIsRetriedByTheSdk() {
        s3.faults().on("PutObject").first(2).then(Fault.slowDown());

        put(client, "a");

        assertThat(s3.log().count("PutObject")).isEqualTo(3);
        assertThat(s3.keys("lake")).containsExactly("a");
    }

    @Test
    void dropBeforeTheEffectLeavesNothingBehind() {
        s3.faults().on("PutObject").thenDrop();

        assertThatThrownBy(() -> put(once, "a")).isInstanceOf(SdkClientException.class);

        assertThat(s3.keys("lake")).isEmpty();
    }

    @Test
    void dropAfterTheEffectLeavesItInPlace() {
        s3.faults().on("PutObject").nth(2).thenDropAfter();

        put(once, "a");
        assertThatThrownBy(() -> put(once, "b")).isInstanceOf(SdkClientException.class);
        put(once, "c");

        assertThat(s3.keys("lake")).containsExactly("a", "b", "c");
    }

    @Test
    void conditionalPutThatWasDroppedAfterwardsIsRefusedOnItsOwnRetry() {
        s3.faults().on("PutObject").first(1).thenTimeOutAfter();

        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket("lake").key("lease").ifNoneMatch("*"), RequestBody.fromString("mine")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        error -> assertThat(error.statusCode()).isEqualTo(412));
        assertThat(s3.text("lake", "lease")).hasValue("mine");
    }

    @Test
    void listingThatIsCutShortIsNotRetriedByTheSdk() {
        s3.put("lake", "a", "x").faults().on("ListObjectsV2").first(1).thenTruncate();

        assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket("lake")))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("XML");
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(1);
        assertThat(client.listObjectsV2(list -> list.bucket("lake")).contents()).hasSize(1);
    }

    @Test
    void objectThatIsCutShortIsReadAgainByTheSdk() {
        s3.put("lake", "a", "0123456789").faults().on("GetObject").first(1).thenTruncate();

        var read = client.getObjectAsBytes(get -> get.bucket("lake").key("a"));

        assertThat(read.asUtf8String()).isEqualTo("0123456789");
        assertThat(s3.log().count("GetObject")).isEqualTo(2);
    }

    @Test
    void anotherWriterCanComeInBetween() {
        s3.faults()
                .on("PutObject")
                .where(call -> call.fact("if-none-match").equals("*"))
                .first(1)
                .thenRun(() -> s3.put("lake", "lease", "theirs"));

        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket("lake").key("lease").ifNoneMatch("*"), RequestBody.fromString("mine")))
                .isInstanceOf(S3Exception.class);
        assertThat(s3.text("lake", "lease")).hasValue("theirs");
    }

    @Test
    void hookOfOnesOwnSeesEveryCallTwice() {
        StringBuilder seen = new StringBuilder();
        s3.faults().hook((moment, call) -> {
            seen.append(moment).append(' ').append(call.target()).append('\n');
            return Optional.empty();
        });

        put(client, "x/a");

        assertThat(seen).hasToString("BEFORE lake/x/a\nAFTER lake/x/a\n");
    }

    @Test
    void logCountsAndRemembersCalls() {
        put(client, "x/a");
        client.listObjectsV2(
                list -> list.bucket("lake").prefix("x/").delimiter("/").startAfter("x/0"));

        assertThat(s3.log().count()).isEqualTo(2);
        assertThat(s3.log().calls("ListObjectsV2")).singleElement().satisfies(call -> {
            assertThat(call.target()).isEqualTo("lake/x/");
            assertThat(call.fact("start-after")).isEqualTo("x/0");
        });
        s3.log().reset();
        assertThat(s3.log().count("PutObject")).isZero();
    }

    private static void put(S3Client client, String key) {
        client.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString("x"));
    }
}
