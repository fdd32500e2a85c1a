package io.fanin.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeS3;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inspection of several partitions with shared listings. */
class SharedListingsTest {

    private static final String LIST = "ListObjectsV2";
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final FakeS3 s3 = new FakeS3().createBucket("lake");
    private final Inventories inventories = new Inventories(new S3Pages(s3.client()));

    @Test
    void fortyEightHoursOfTwentyObjectsCostOneRequest() {
        Map<String, Long> hours = new HashMap<>();
        IntStream.range(0, 48)
                .forEach(i -> hours.put("t/dt=2026-11-%02d/hour=%02d/".formatted(1 + i / 24, i % 24), 20L));
        hours.keySet().forEach(prefix -> files(prefix, 20));

        assertSameAsAlone(hours, 1);
    }

    @Test
    void whatLiesBetweenPartitionsIsPassedOver() {
        files("t/region=eu/dt=1/", 20);
        files("t/region=eu/dt=2/", 5_000);
        files("t/region=us/dt=1/", 20);
        Map<String, Long> limits = Map.of("t/region=eu/dt=1/", 20L, "t/region=us/dt=1/", 20L);

        assertSameAsAlone(limits, 2);
    }

    @Test
    void partitionThatHasFarMoreThanExpectedCostsNoMore() {
        files("t/dt=1/", 5_000);
        files("t/dt=2/", 20);
        Map<String, Long> limits = Map.of("t/dt=1/", 20L, "t/dt=2/", 20L);

        assertSameAsAlone(limits, 2);
    }

    /** They come before the slash, and so before the partition that they begin like. */
    @ParameterizedTest
    @ValueSource(strings = {"-backup", ".bak", " copy", "$", "._", ".zzz", ".é"})
    void foreignFoldersThatBeginAlikeCostNothing(String end) {
        files("t/dt=1/", 20);
        files("t/dt=2" + end + "/", 3_000);
        files("t/dt=2/", 20);
        files("t/dt=3" + end + "/", 3_000);
        files("t/dt=3/", 20);
        Map<String, Long> limits = Map.of("t/dt=1/", 20L, "t/dt=2/", 20L, "t/dt=3/", 20L);

        assertSameAsAlone(limits, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a b", "%2F", "\uFFFD", "\uD83D\uDE00", "o'neil", "~"})
    void namesOfAnyKindAreFound(String name) {
        Map<String, Long> limits = Map.of("t/k=" + name + "/", 5L, "t/k=a/", 5L, "t/k=z" + name + "/", 5L);
        limits.keySet().forEach(prefix -> files(prefix, 2));

        assertSameAsAlone(limits, 1);
    }

    @Test
    void nameAsLongAsAKeyMayBeIsFound() {
        String prefix = "t/k=" + "x".repeat(1_016) + "/";
        files(prefix.substring(0, 900) + "/", 2);
        s3.put("lake", prefix + "a", "12");

        assertSameAsAlone(Map.of(prefix, 5L, prefix.substring(0, 900) + "/", 5L));
    }

    @Test
    void markerOfTheFolderItselfIsSeen() {
        s3.put("lake", "t/dt=1/", "").put("lake", "t/dt=2/", "");

        Map<String, Inspection> seen = inventories.inspect("lake", Map.of("t/dt=1/", 0L, "t/dt=2/", 0L), Marker.NONE);

        assertThat(seen.values()).hasSize(2).allMatch(Inspection::nothingButMarkers);
    }

    @Test
    void emptyPagesDoNotEndTheLook() {
        files("t/dt=1/", 3);
        files("t/dt=2/", 3);
        s3.emptyPages(2);

        assertSameAsAlone(Map.of("t/dt=1/", 3L, "t/dt=2/", 3L));
    }

    @Test
    void nothingAskedCostsNothing() {
        assertThat(inventories.inspect("lake", Map.of(), Marker.NONE)).isEmpty();
        assertThat(s3.log().count(LIST)).isZero();
    }

    /** A page that ends with a partition's last object does not tell that it is the last. */
    @Test
    void noPartitionTakesMoreRequestsThanAlone() {
        for (int seed = 0; seed < 150; seed++) {
            noPartitionTakesMoreRequestsThanAlone("seed " + seed, new Random(seed));
        }
    }

    private static void noPartitionTakesMoreRequestsThanAlone(String seed, Random random) {
        int pageSize = 1 + random.nextInt(8);
        FakeS3 some = new FakeS3().createBucket("lake").pageSize(pageSize);
        Map<String, Long> limits = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            String prefix = "t/a=" + random.nextInt(3) + "/b=" + random.nextInt(30) + "/";
            for (int file = random.nextInt(3 * pageSize); file > 0; file--) {
                some.put("lake", prefix + List.of("", "_", "x", "y/").get(random.nextInt(4)) + file, "{}");
            }
            if (random.nextBoolean()) {
                limits.put(prefix, random.nextBoolean() ? NO_LIMIT : random.nextInt(5));
            }
        }
        Inventories all = new Inventories(new S3Pages(some.client()));
        Marker marker = random.nextBoolean() ? new Marker.Named("_1") : Marker.NONE;
        Map<String, Inspection> alone = new HashMap<>();
        limits.forEach((prefix, limit) -> alone.put(
                prefix, all.inspect("lake", Map.of(prefix, limit), marker).get(prefix)));
        int separately = some.log().count(LIST);
        long fullPages = limits.keySet().stream()
                .map(prefix -> some.keys("lake", prefix).size())
                .filter(held -> held > 0 && held % pageSize == 0)
                .count();
        some.log().reset();

        Map<String, Inspection> together = all.inspect("lake", limits, marker);

        assertThat((long) some.log().count(LIST)).as(seed).isLessThanOrEqualTo(separately + fullPages);
        assertThat(together).as(seed).hasSameSizeAs(limits);
        together.forEach((prefix, seen) -> {
            assertThat(seen.inventory()).as(seed).isEqualTo(alone.get(prefix).inventory());
            assertThat(seen.markerThere()).as(seed).isEqualTo(alone.get(prefix).markerThere());
        });
    }

    private void assertSameAsAlone(Map<String, Long> limits) {
        Map<String, Inspection> together = inventories.inspect("lake", limits, Marker.NONE);
        limits.forEach((prefix, limit) -> assertThat(together.get(prefix).inventory())
                .as(prefix)
                .isEqualTo(inventories
                        .inspect("lake", Map.of(prefix, limit), Marker.NONE)
                        .get(prefix)
                        .inventory()));
    }

    private void assertSameAsAlone(Map<String, Long> limits, long requests) {
        assertSameAsAlone(limits);
        assertThat(requestsOf(limits)).isEqualTo(requests);
    }

    private long requestsOf(Map<String, Long> limits) {
        s3.log().reset();
        inventories.inspect("lake", limits, Marker.NONE);
        return s3.log().count(LIST);
    }

    private void files(String prefix, int count) {
        IntStream.range(0, count).forEach(i -> s3.put("lake", prefix + "part-%05d".formatted(i), "{}"));
    }
}
