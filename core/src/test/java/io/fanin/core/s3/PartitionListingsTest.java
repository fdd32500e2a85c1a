package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.FakeS3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartitionListingsTest {

    private static final String LIST = "ListObjectsV2";

    private final FakeS3 s3 = new FakeS3().createBucket("lake");

    @Test
    void neighboursShareOneRequest() {
        List<String> hours = List.of("t/hour=08/", "t/hour=09/", "t/hour=10/", "t/hour=11/");
        hours.forEach(hour -> s3.put("lake", hour + "a.json", "{}"));
        PartitionListings listings = listings(s3, hours);

        for (String hour : hours) {
            assertThat(keys(listings.list(hour))).containsExactly(hour + "a.json");
        }

        assertThat(s3.log().count(LIST)).isEqualTo(1);
    }

    @Test
    void partitionThatIsRequestedAgainIsListedAgain() {
        PartitionListings listings = listings(s3, List.of("t/dt=1/", "t/dt=2/"));
        assertThat(keys(listings.list("t/dt=1/"))).isEmpty();
        s3.put("lake", "t/dt=1/a", "{}");

        assertThat(keys(listings.list("t/dt=1/"))).containsExactly("t/dt=1/a");
    }

    @Test
    void partitionThatIsNotAmongThemIsListedAlone() {
        s3.put("lake", "t/dt=1/a", "{}").put("lake", "other/dt=1/a", "{}").put("lake", "t/dt=2/a", "{}");
        PartitionListings listings = listings(s3, List.of("t/dt=1/", "t/dt=2/"));

        assertThat(keys(listings.list("t/dt=1/"))).hasSize(1);
        assertThat(keys(listings.list("other/dt=1/"))).containsExactly("other/dt=1/a");
        assertThat(keys(listings.list("t/dt=2/"))).hasSize(1);
    }

    /** It failed while the table had another layout. */
    @Test
    void partitionWithinAnotherIsListedByItself() {
        s3.put("lake", "t/m=1/d=2/a", "{}").put("lake", "t/m=1/d=2/data/b", "{}");
        PartitionListings listings = listings(s3, List.of("t/m=1/d=2/", "t/m=1/d=2/data/"));

        assertThat(keys(listings.list("t/m=1/d=2/"))).containsExactly("t/m=1/d=2/a", "t/m=1/d=2/data/b");
        assertThat(keys(listings.list("t/m=1/d=2/data/"))).containsExactly("t/m=1/d=2/data/b");
    }

    @Test
    void listingThatWasGivenUpSaysSo() {
        PartitionListings listings = listings(s3, List.of("t/dt=1/", "t/dt=2/"));
        Iterator<ObjectSummary> first = listings.list("t/dt=1/");
        listings.list("t/dt=2/");

        assertThatThrownBy(first::hasNext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("t/dt=1/");
    }

    /** In any order, as often as asked for, and read to any point. */
    @Test
    void eachPartitionHasItsOwnObjects() {
        for (int seed = 0; seed < 300; seed++) {
            eachPartitionHasItsOwnObjects("seed " + seed, new Random(seed));
        }
    }

    private static void eachPartitionHasItsOwnObjects(String seed, Random random) {
        FakeS3 some = new FakeS3().createBucket("lake").pageSize(1 + random.nextInt(8));
        List<String> names = List.of("", "-", ".bak", "é", "\uD83D\uDE00", "\uD83D\uDE01", "\uFFFD", "0", " ", "$");
        TreeSet<String> prefixes = new TreeSet<>();
        for (int i = 0; i < 15; i++) {
            String prefix = "t/k=" + random.nextInt(3) + names.get(random.nextInt(names.size())) + "/"
                    + (random.nextInt(4) == 0 ? "n/" : "");
            prefixes.add(prefix);
            for (int file = random.nextInt(6); file > 0; file--) {
                some.put("lake", prefix + file, "{}");
            }
        }
        List<String> asked = new ArrayList<>(prefixes);
        if (random.nextBoolean()) {
            asked.addAll(prefixes);
            Collections.shuffle(asked, random);
        }
        PartitionListings listings = listings(
                some, prefixes.stream().filter(one -> random.nextInt(4) > 0).toList());
        for (String prefix : asked) {
            Iterator<ObjectSummary> objects = listings.list(prefix);
            if (random.nextInt(5) == 0) {
                assertThat(objects.hasNext())
                        .as(seed)
                        .isEqualTo(!some.keys("lake", prefix).isEmpty());
            } else {
                assertThat(keys(objects)).as(seed).containsExactlyElementsOf(some.keys("lake", prefix));
            }
        }
    }

    private static PartitionListings listings(FakeS3 s3, List<String> prefixes) {
        return new PartitionListings(new S3Pages(s3.client()), "lake", prefixes);
    }

    private static List<String> keys(Iterator<ObjectSummary> objects) {
        List<String> keys = new ArrayList<>();
        objects.forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }
}
