package io.fanin.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class FakeS3Test {

    private final ManualClock clock = new ManualClock(Instant.parse("2013-02-08T17:00:00.123Z"));
    private final FakeS3 s3 = new FakeS3(clock, new RequestLog(), new Faults()).createBucket("lake");
    private final S3Client client = s3.client();

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
        assertThat(listAll(list -> {})).containsExactly("secret/a");
    }

    @Test
    void levelIsListedWithoutWhatLiesBelow() {
        fill("dt=1/a", "dt=1/b", "dt=2/hour=1/a", "dt=2/hour=2/a", "readme");

        ListObjectsV2Response page =
                client.listObjectsV2(list -> list.bucket("lake").delimiter("/"));

        assertThat(page.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("dt=1/", "dt=2/");
        assertThat(page.contents()).extracting(S3Object::key).containsExactly("readme");
        assertThat(page.keyCount()).isEqualTo(3);
        assertThat(page.isTruncated()).isFalse();
        assertThat(listAll(list -> list.prefix("dt=2/").delimiter("/")))
                .containsExactly("dt=2/hour=1/", "dt=2/hour=2/");
    }

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void startAfterInsideACommonPrefixDependsOnTheSetting(StartAfterInside behaviour) {
        fill("dt=1/a", "dt=2/a", "dt=2/b", "dt=3/a");
        s3.startAfterInside(behaviour);

        List<String> names = listAll(list -> list.delimiter("/").startAfter("dt=2/a"));

        assertThat(names)
                .isEqualTo(behaviour == StartAfterInside.RETURNS_PREFIX ? List.of("dt=2/", "dt=3/") : List.of("dt=3/"));
        assertThat(listAll(list -> list.startAfter("dt=2/a"))).containsExactly("dt=2/b", "dt=3/a");
    }

    @Test
    void keysAreSortedByTheirUtf8Bytes() {
        List<String> keys = Arrays.asList("z", "é", "\uFFFD", "\uD83D\uDE00", "\uE000", "a");
        keys.forEach(key -> s3.put("lake", key, "x"));

        List<String> byBytes = new ArrayList<>(keys);
        byBytes.sort((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));

        assertThat(listAll(list -> {})).isEqualTo(byBytes).endsWith("\uFFFD", "\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pagesOfAnySizeReturnEveryNameOnce(long seed) {
        Random random = new Random(seed);
        TreeSet<String> keys = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            keys.add("t/" + random.nextInt(6) + "/" + random.nextInt(9) + (random.nextBoolean() ? "/x" : ""));
        }
        keys.forEach(key -> s3.put("lake", key, "x"));

        for (int size = 1; size < 8; size++) {
            int maxKeys = size;
            String what = "seed " + seed + ", pages of " + size;
            assertThat(listAll(list -> list.maxKeys(maxKeys))).as(what).containsExactlyElementsOf(keys);
            assertThat(listAll(list -> list.prefix("t/").delimiter("/").maxKeys(maxKeys)))
                    .as(what)
                    .containsExactlyElementsOf(new TreeSet<>(
                            keys.stream().map(key -> key.substring(0, 4)).toList()));
        }
    }

    @Test
    void emptyPagesComeBeforeEachThatHasNamesWhereTheyAreAskedFor() {
        fill("a", "b", "c");
        s3.pageSize(2).emptyPages(2);

        ListObjectsV2Response page = client.listObjectsV2(list -> list.bucket("lake"));

        assertThat(page.keyCount()).isZero();
        assertThat(page.isTruncated()).isTrue();
        s3.log().reset();
        assertThat(listAll(list -> {})).containsExactly("a", "b", "c");
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(6);
    }

    @Test
    void aPageHoldsAThousandNamesAtMost() {
        for (int i = 0; i < 1001; i++) {
            s3.put("lake", "k" + i, "");
        }

        ListObjectsV2Response page =
                client.listObjectsV2(list -> list.bucket("lake").maxKeys(5000));

        assertThat(page.contents()).hasSize(1000);
        assertThat(page.isTruncated()).isTrue();
    }

    @Test
    void controlCharacterSpoilsAListingUnlessItIsUrlEncoded() {
        String key = "a\u0001 b+%&<>\"/é";
        s3.put("lake", key, "x");

        assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket("lake")))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("XML");
        assertThat(listAll(list -> list.encodingType(EncodingType.URL))).containsExactly(key);
    }

    @Test
    void deleteObjectsAnswersForEachKey() {
        fill("a", "b", "c");
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
        fill("a", "b");
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

    private void fill(String... keys) {
        for (String key : keys) {
            s3.put("lake", key, key);
        }
    }

    private List<String> listAll(Consumer<ListObjectsV2Request.Builder> options) {
        List<String> names = new ArrayList<>();
        client.listObjectsV2Paginator(list -> options.accept(list.bucket("lake")))
                .forEach(page -> {
                    page.commonPrefixes().forEach(prefix -> names.add(prefix.prefix()));
                    page.contents().forEach(object -> names.add(object.key()));
                });
        return names;
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
