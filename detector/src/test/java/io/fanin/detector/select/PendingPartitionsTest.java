package io.fanin.detector.select;

import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fanin.model.partition.Keys;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Plan.Planned;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingPartitionsTest {

    private static final List<PartitionKey> KEYS = Keys.of("region:string");

    private static Candidate candidate(String region, Reason reason) {
        return new Candidate(partition("t/region=" + region + "/", region), reason);
    }

    private static List<Partition> all(PendingPartitions candidates) {
        List<Partition> all = new ArrayList<>();
        candidates.partitions().forEachRemaining(all::add);
        return all;
    }

    @Test
    void theyComeInTheOrderInWhichS3ListsThem() {
        List<String> regions = List.of("", "!", "A", "a", "é", "\uFF5E", "😀");
        try (PendingPartitions candidates = new PendingPartitions(KEYS)) {
            Stream.of(6, 2, 5, 0, 4, 1, 3)
                    .filter(i -> i > 0)
                    .forEach(i -> candidates.add(candidate(regions.get(i), Reason.NEW)));

            assertThat(all(candidates))
                    .extracting(partition -> partition.values().values().getFirst())
                    .as("by UTF-8 bytes, not as Java compares")
                    .containsExactlyElementsOf(regions.subList(1, 7));
        }
    }

    @Test
    void theyMayBeReadMoreThanOnce() {
        try (PendingPartitions candidates =
                PendingPartitions.of(List.of(candidate("b", Reason.NEW), candidate("a", Reason.LATE)), KEYS)) {
            assertThat(all(candidates)).isEqualTo(all(candidates)).hasSize(2);
            assertThat(candidates.pending().sample()).hasSize(2);
        }
    }

    @Test
    void theyAreCountedByReason() {
        try (PendingPartitions candidates = PendingPartitions.of(
                List.of(candidate("b", Reason.NEW), candidate("a", Reason.LATE), candidate("c", Reason.NEW)), KEYS)) {
            assertThat(candidates.count()).isEqualTo(3);
            assertThat(candidates.pending().reasons()).isEqualTo(Map.of(Reason.NEW, 2L, Reason.LATE, 1L));
        }
    }

    @Test
    void noneHaveNoReasons() {
        try (PendingPartitions candidates = new PendingPartitions(KEYS)) {
            assertThat(candidates.count()).isZero();
            assertThat(candidates.pending().reasons()).isEmpty();
            assertThat(candidates.pending().sample()).isEmpty();
            assertThat(all(candidates)).isEmpty();
        }
    }

    /** Many of one reason do not hide the one of another that sorts behind all of them. */
    @Test
    void sampleHasTheFirstOfEachReason() {
        try (PendingPartitions candidates = new PendingPartitions(KEYS)) {
            IntStream.range(0, 500).forEach(i -> candidates.add(candidate("n" + (1000 + i), Reason.NEW)));
            candidates.add(candidate("z", Reason.LATE));

            assertThat(candidates.pending().sample())
                    .hasSize(PendingPartitions.SAMPLE + 1)
                    .startsWith(new Planned(Reason.NEW, "region=n1000", "t/region=n1000/"))
                    .endsWith(new Planned(Reason.LATE, "region=z", "t/region=z/"));
        }
    }

    @Test
    void whereTheirRawDataLiesIsKeptHoweverManyThereAre() {
        try (PendingPartitions candidates = new PendingPartitions(KEYS)) {
            IntStream.range(0, 50_000)
                    .mapToObj(n -> new Partition(
                                    PartitionValues.of("r" + n),
                                    "t/" + (99_999 - n) + "/",
                                    Optional.of("raw/" + (10_000 + n) + "/"))
                            .madeOf(Instant.ofEpochSecond(n)))
                    .forEach(partition -> candidates.add(new Candidate(partition, Reason.NEW)));

            assertThat(all(candidates))
                    .hasSize(50_000)
                    .as("in the order in which S3 lists the raw data")
                    .isSortedAccordingTo((one, other) -> one.dataPrefix().compareTo(other.dataPrefix()))
                    .contains(new Partition(PartitionValues.of("r7"), "t/99992/", Optional.of("raw/10007/")));
            assertThat(all(candidates).get(7).madeOf()).contains(Instant.ofEpochSecond(7));
            assertThat(candidates.pending().sample().getFirst().prefix()).isEqualTo("raw/10000/");
        }
    }

    @Test
    void moreThanFitIntoMemoryAreAllThere() {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, 50_000).boxed().toList());
        Collections.shuffle(numbers, new Random(1));
        try (PendingPartitions candidates = new PendingPartitions(KEYS)) {
            numbers.forEach(n -> candidates.add(candidate(String.valueOf(100_000 + n), Reason.RETRIED)));

            assertThat(all(candidates))
                    .hasSize(50_000)
                    .isSortedAccordingTo((one, other) -> one.prefix().compareTo(other.prefix()))
                    .doesNotHaveDuplicates();
        }
    }

    /** The table-creator would run out of memory, in this run and in each later one. */
    @ParameterizedTest
    @CsvSource({
        "dt:date, 'process parts of the table first, with mode range, or a calendar of fewer periods'",
        "region:string, 'since the table has no time keys, register them with another tool first'",
    })
    void moreThanARunCanProcessAreRefused(String key, String advice) {
        try (PendingPartitions candidates = new PendingPartitions(Keys.of(key))) {
            IntStream.range(0, PendingPartitions.MAX)
                    .forEach(n -> candidates.add(candidate(String.valueOf(n), Reason.NEW)));

            assertThatExceptionOfType(SpecException.class)
                    .isThrownBy(() -> candidates.add(candidate("one more", Reason.NEW)))
                    .withMessage("The table spec cannot be run: $.detection: there are more than 400,000 partitions to"
                            + " process, the maximum of a run: " + advice);
        }
    }
}
