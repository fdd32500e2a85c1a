package io.fanin.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listings have the order, the levels and the pages of S3's. */
class FakeS3ListingTest {

    private final FakeS3Fixture fixture = new FakeS3Fixture();
    private final FakeS3 s3 = fixture.s3;
    private final S3Client client = fixture.client;

    @Test
    void levelIsListedWithoutWhatLiesBelow() {
        fixture.fill("dt=1/a", "dt=1/b", "dt=2/hour=1/a", "dt=2/hour=2/a", "readme");

        ListObjectsV2Response page =
                client.listObjectsV2(list -> list.bucket("lake").delimiter("/"));

        assertThat(page.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("dt=1/", "dt=2/");
        assertThat(page.contents()).extracting(S3Object::key).containsExactly("readme");
        assertThat(page.keyCount()).isEqualTo(3);
        assertThat(page.isTruncated()).isFalse();
        assertThat(fixture.listAll(list -> list.prefix("dt=2/").delimiter("/")))
                .containsExactly("dt=2/hour=1/", "dt=2/hour=2/");
    }

    @ParameterizedTest
    @EnumSource(StartAfterInside.class)
    void startAfterInsideACommonPrefixDependsOnTheSetting(StartAfterInside behaviour) {
        fixture.fill("dt=1/a", "dt=2/a", "dt=2/b", "dt=3/a");
        s3.startAfterInside(behaviour);

        List<String> names = fixture.listAll(list -> list.delimiter("/").startAfter("dt=2/a"));

        assertThat(names)
                .isEqualTo(behaviour == StartAfterInside.RETURNS_PREFIX ? List.of("dt=2/", "dt=3/") : List.of("dt=3/"));
        assertThat(fixture.listAll(list -> list.startAfter("dt=2/a"))).containsExactly("dt=2/b", "dt=3/a");
    }

    @Test
    void keysAreSortedByTheirUtf8Bytes() {
        List<String> keys = Arrays.asList("z", "é", "\uFFFD", "\uD83D\uDE00", "\uE000", "a");
        keys.forEach(key -> s3.put("lake", key, "x"));

        List<String> byBytes = new ArrayList<>(keys);
        byBytes.sort((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));

        assertThat(fixture.listAll(list -> {})).isEqualTo(byBytes).endsWith("\uFFFD", "\uD83D\uDE00");
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
            assertThat(fixture.listAll(list -> list.maxKeys(maxKeys))).as(what).containsExactlyElementsOf(keys);
            assertThat(fixture.listAll(list -> list.prefix("t/").delimiter("/").maxKeys(maxKeys)))
                    .as(what)
                    .containsExactlyElementsOf(new TreeSet<>(
                            keys.stream().map(key -> key.substring(0, 4)).toList()));
        }
    }

    @Test
    void emptyPagesPrecedeEachPageWithNamesIfRequested() {
        fixture.fill("a", "b", "c");
        s3.pageSize(2).emptyPages(2);

        ListObjectsV2Response page = client.listObjectsV2(list -> list.bucket("lake"));

        assertThat(page.keyCount()).isZero();
        assertThat(page.isTruncated()).isTrue();
        s3.log().reset();
        assertThat(fixture.listAll(list -> {})).containsExactly("a", "b", "c");
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
        assertThat(fixture.listAll(list -> list.encodingType(EncodingType.URL))).containsExactly(key);
    }
}
