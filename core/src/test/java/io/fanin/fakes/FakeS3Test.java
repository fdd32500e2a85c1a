package io.fanin.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects are written, read, deleted and refused as by S3. */
class FakeS3Test {

    private final FakeS3Fixture fixture = new FakeS3Fixture();
    private final ManualClock clock = fixture.clock;
    private final FakeS3 s3 = fixture.s3;
    private final S3Client client = fixture.client;

    @Test
    void objectIsReadBackWithItsEtagAndTime() {
        String etag = putObject("a b+c/é.json", "hello").eTag();

        var read = client.getObjectAsBytes(get -> get.bucket("lake").key("a b+c/é.json"));
        assertThat(read.asUtf8String()).isEqualTo("hello");
        assertThat(read.response().eTag()).isEqualTo(etag);
        assertThat(read.response().lastModified()).isEqualTo("2013-02-08T17:00:00Z");

        var head = client.headObject(request -> request.bucket("lake").key("a b+c/é.json"));
        assertThat(head.contentLength()).isEqualTo(5);
        assertThat(s3.keys("lake")).containsExactly("a b+c/é.json");
    }

    @Test
    void metadataIsKeptWithTheObjectAndReplacedWithIt() {
        client.putObject(
                put -> put.bucket("lake").key("a").metadata(Map.of("detection", "x", "other", "y")),
                RequestBody.fromString("hello"));

        assertThat(client.headObject(head -> head.bucket("lake").key("a")).metadata())
                .isEqualTo(Map.of("detection", "x", "other", "y"));
        assertThat(client.getObjectAsBytes(get -> get.bucket("lake").key("a"))
                        .response()
                        .metadata())
                .isEqualTo(Map.of("detection", "x", "other", "y"));

        putObject("a", "hello");
        assertThat(client.headObject(head -> head.bucket("lake").key("a")).metadata())
                .isEmpty();

        s3.put("lake", "a", "hello", "detection", "z");
        assertThat(client.headObject(head -> head.bucket("lake").key("a")).metadata())
                .isEqualTo(Map.of("detection", "z"));
    }

    @Test
    void bodyOfADrainedKeyIsReadAndCountedAndNotKept() {
        s3.drain("/manifest.json");

        client.putObject(
                put -> put.bucket("lake").key("a/manifest.json").ifNoneMatch("*"),
                RequestBody.fromBytes(new byte[300_000]));
        putObject("a/other.json", "hello");

        assertThat(s3.drainedBytes()).isBetween(300_000L, 310_000L);
        assertThat(s3.text("lake", "a/manifest.json")).hasValue("");
        assertThat(s3.text("lake", "a/other.json")).hasValue("hello");
    }

    @Test
    void largeBodyArrivesWithoutItsChunking() {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);

        client.putObject(put -> put.bucket("lake").key("large"), RequestBody.fromBytes(content));

        assertThat(s3.get("lake", "large")).hasValue(content);
        assertThat(client.getObjectAsBytes(get -> get.bucket("lake").key("large"))
                        .asByteArrayUnsafe())
                .isEqualTo(content);
    }

    @Test
    void putIfAbsentIsRefusedOnceTheKeyExists() {
        client.putObject(put -> put.bucket("lake").key("lease").ifNoneMatch("*"), RequestBody.fromString("first"));

        assertRefused(
                412,
                "PreconditionFailed",
                () -> client.putObject(
                        put -> put.bucket("lake").key("lease").ifNoneMatch("*"), RequestBody.fromString("second")));
        assertThat(s3.text("lake", "lease")).hasValue("first");
    }

    @Test
    void putIfMatchReplacesOnlyTheVersionThatWasRead() {
        String first = putObject("state", "1").eTag();
        client.putObject(put -> put.bucket("lake").key("state").ifMatch(first), RequestBody.fromString("2"));

        assertRefused(
                412,
                "PreconditionFailed",
                () -> client.putObject(
                        put -> put.bucket("lake").key("state").ifMatch(first), RequestBody.fromString("3")));
        assertThatThrownBy(() -> client.putObject(
                        put -> put.bucket("lake").key("missing").ifMatch(first), RequestBody.fromString("3")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThat(s3.text("lake", "state")).hasValue("2");
    }

    @Test
    void conditionalDeleteSparesWhatSomebodyElseHasWritten() {
        String mine = putObject("lease", "mine").eTag();
        s3.put("lake", "lease", "theirs");

        assertRefused(
                412,
                "PreconditionFailed",
                () -> client.deleteObject(
                        delete -> delete.bucket("lake").key("lease").ifMatch(mine)));
        assertThat(s3.text("lake", "lease")).hasValue("theirs");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-3, 0123", "bytes=6-, 6789", "bytes=-4, 6789", "bytes=-40, 0123456789", "bytes=8-40, 89"})
    void rangeIsServed(String range, String expected) {
        s3.put("lake", "digits", "0123456789");

        var part =
                client.getObjectAsBytes(get -> get.bucket("lake").key("digits").range(range));

        assertThat(part.asUtf8String()).isEqualTo(expected);
        assertThat(part.response().contentRange()).endsWith("/10");
    }

    @Test
    void rangeBeyondTheEndIsRefused() {
        s3.put("lake", "digits", "0123456789");

        assertRefused(
                416,
                "InvalidRange",
                () -> client.getObjectAsBytes(
                        get -> get.bucket("lake").key("digits").range("bytes=10-")));
    }

    @Test
    void whatIsMissingOrForbiddenHasItsTypedException() {
        s3.put("lake", "secret/a", "x").deny("lake", "secret/");

        assertThatThrownBy(
                        () -> client.getObjectAsBytes(get -> get.bucket("lake").key("nope")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> client.headObject(head -> head.bucket("lake").key("nope")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> client.headBucket(head -> head.bucket("nope")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket("nope")))
                .isInstanceOf(NoSuchBucketException.class);
        assertRefused(
                403,
                "AccessDenied",
                () -> client.getObjectAsBytes(get -> get.bucket("lake").key("secret/a")));
        assertRefused(
                403,
                "AccessDenied",
                () -> client.listObjectsV2(list -> list.bucket("lake").prefix("secret/")));
        assertThat(fixture.listAll(list -> {})).containsExactly("secret/a");
    }

    @Test
    void deleteObjectsAnswersForEachKey() {
        fixture.fill("a", "b", "c");
        s3.faults()
                .on("DeleteObjects")
                .thenFailEntry(List.of("b"), new Fault.Fail(500, "InternalError", "We encountered an internal error."));

        DeleteObjectsResponse response = client.deleteObjects(delete -> delete.bucket("lake")
                .delete(keys -> keys.objects(identifier("a"), identifier("b"), identifier("missing"))));

        assertThat(response.deleted()).hasSize(2);
        assertThat(response.errors()).singleElement().satisfies(error -> {
            assertThat(error.key()).isEqualTo("b");
            assertThat(error.code()).isEqualTo("InternalError");
        });
        assertThat(s3.keys("lake")).containsExactly("b", "c");
    }

    @Test
    void deleteObjectsLeavesWhatIsNoLongerAsItsConditionSays() {
        fixture.fill("a", "b");
        String etag = putObject("a", "hello").eTag();

        DeleteObjectsResponse response = client.deleteObjects(delete -> delete.bucket("lake")
                .delete(keys -> keys.objects(
                        identifier("a").toBuilder().eTag(etag).build(),
                        identifier("b").toBuilder().eTag(etag).build())));

        assertThat(response.deleted()).hasSize(1);
        assertThat(response.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("PreconditionFailed"));
        assertThat(s3.keys("lake")).containsExactly("b");
    }

    @Test
    void laterPutIsModifiedLater() {
        s3.put("lake", "a", "1");
        clock.advance(Duration.ofMinutes(5));
        s3.put("lake", "b", "2");

        assertThat(client.listObjectsV2(list -> list.bucket("lake")).contents())
                .extracting(S3Object::lastModified)
                .containsExactly(Instant.parse("2013-02-08T17:00:00Z"), Instant.parse("2013-02-08T17:05:00Z"));
    }

    @Test
    void unknownOperationIsRefusedByName() {
        assertRefused(501, "NotImplemented", () -> client.listBuckets());
        assertRefused(
                501,
                "NotImplemented",
                () -> client.getObjectTagging(tags -> tags.bucket("lake").key("a")));
    }

    private PutObjectResponse putObject(String key, String content) {
        return client.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(content));
    }

    private static ObjectIdentifier identifier(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    private static void assertRefused(int status, String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3Exception.class, error -> {
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
