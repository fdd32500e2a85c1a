package io.fanin.benchmarks;

import static io.fanin.benchmarks.HoursFixture.CLOCK;
import static io.fanin.benchmarks.HoursFixture.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Faults;
import io.fanin.fakes.RequestLog;
import io.fanin.fakes.StartAfterInside;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Keys that are computed are answered as if they were held: the same requests go to a bucket that holds them. */
class HoursInS3Test {

    private static final long SEED = 20_261_118;
    private static final int LISTINGS = 120;

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void listingsAreThoseOfABucketThatHoldsTheKeys(StartAfterInside inside) {
        S3Client computed = computedS3().startAfterInside(inside).client();
        S3Client held = heldS3().startAfterInside(inside).client();
        Random random = new Random(SEED);
        for (int i = 0; i < LISTINGS; i++) {
            ListObjectsV2Request request = randomListing(random);

            assertThat(pages(computed, request))
                    .as("seed %d, listing %d: %s", SEED, i, request)
                    .isEqualTo(pages(held, request));
        }
    }

    @Test
    void computedObjectsAreReadLikeStoredOnes() {
        S3Client computed = computedS3().client();
        String key = "events/2026/01/01/00/part-00007.json";

        assertThat(computed.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String())
                .isEqualTo("{}");
        assertThatThrownBy(() ->
                        computed.getObjectAsBytes(get -> get.bucket("lake").key(key + "x")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void computedBucketCannotBeWrittenTo() {
        S3Client computed = computedS3().client();

        assertThatThrownBy(() -> computed.putObject(put -> put.bucket("lake").key("a"), RequestBody.fromString("b")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("cannot hold a");
    }

    private static FakeS3 computedS3() {
        return new FakeS3(CLOCK, new RequestLog(), new Faults()).createBucket("lake", HOURS, "{}");
    }

    private static FakeS3 heldS3() {
        FakeS3 s3 = new FakeS3(CLOCK, new RequestLog(), new Faults()).createBucket("lake");
        keys().forEach(key -> s3.put("lake", key, "{}"));
        return s3;
    }

    private static Stream<String> keys() {
        return IntStream.range(0, HOURS.count())
                .mapToObj(HOURS::values)
                .flatMap(values -> Hours.names().stream().map(name -> HOURS.prefix(values) + name));
    }

    private static ListObjectsV2Request randomListing(Random random) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket("lake")
                .prefix(randomName(random))
                .maxKeys(pick(random, 1, 2, 30, 1_000));
        Optional.of("/").filter(slash -> random.nextInt(4) > 0).ifPresent(request::delimiter);
        Optional.of(randomName(random)).filter(name -> random.nextBoolean()).ifPresent(request::startAfter);
        Optional.of(EncodingType.URL).filter(url -> random.nextBoolean()).ifPresent(request::encodingType);
        return request.build();
    }

    /** The beginning of a key, at a level's end or amid it, or something just before or after it. */
    private static String randomName(Random random) {
        String key = HOURS.prefix(HOURS.values(random.nextInt(HOURS.count())))
                + Hours.names().get(random.nextInt(Hours.FILES));
        String beginning = random.nextBoolean()
                ? key.substring(0, random.nextInt(key.length() + 1))
                : String.join("/", Arrays.copyOf(key.split("/", -1), 1 + random.nextInt(6))) + "/";
        return beginning + pick(random, "", "", "", "", " ", "0", "~", "\uE000", "\uD83D\uDE00");
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** No more than a few of them: pages of one key would be thousands. */
    private static List<List<?>> pages(S3Client s3, ListObjectsV2Request first) {
        List<List<?>> pages = new ArrayList<>();
        Optional<ListObjectsV2Request> next = Optional.of(first);
        while (next.isPresent() && pages.size() < 5) {
            ListObjectsV2Response page = s3.listObjectsV2(next.get());
            pages.add(List.of(page.contents(), page.commonPrefixes(), page.isTruncated(), page.keyCount()));
            next = Optional.ofNullable(page.nextContinuationToken())
                    .map(token -> first.toBuilder().continuationToken(token).build());
        }
        return pages;
    }
}
