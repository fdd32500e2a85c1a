package io.fanin.detector.select;

import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.partition.PartitionStorage;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Keys;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions of S3 and Glue with the same values are combined. */
class ObservedPartitionsTest {

    /** The parameters that are needed for comparisons. */
    private static final Map<String, String> KEPT = Map.of("numFiles", "3", "fanin.inventory", "é\u0000😀");

    private final ObservedPartitions observations =
            new ObservedPartitions(new EquivalentValues(Keys.of("region:string, hour:int")));

    @AfterEach
    void close() {
        observations.close();
    }

    private void seen(String prefix, String... values) {
        observations.add(partition(prefix, values));
    }

    private RegisteredPartition registered(String... values) {
        RegisteredPartition partition =
                RegisteredPartition.fromGlue(software.amazon.awssdk.services.glue.model.Partition.builder()
                        .values(values)
                        .parameters(Map.of("numFiles", "3", "fanin.inventory", "é\u0000😀", "other", "x"))
                        .storageDescriptor(storage -> storage.location("s3://lake/t/" + String.join("/", values)))
                        .build());
        observations.add(partition);
        return partition.asRunsLeftIt();
    }

    private List<ObservedPartition> all() {
        List<ObservedPartition> all = new ArrayList<>();
        observations.iterator().forEachRemaining(all::add);
        return all;
    }

    @Test
    void nothingWasSeen() {
        assertThat(all()).isEmpty();
    }

    @Test
    void whatAnotherToolRegisteredElsewhereHasNotBeenSeen() {
        seen("t/eu/07/", "eu", "7");
        registered("eu", "7");

        assertThat(all()).extracting(ObservedPartition::hasFolder).containsExactly(false);
    }

    @Test
    void bothSidesOfTheSameValuesAreOne() {
        seen("t/eu/7/", "eu", "7");
        RegisteredPartition known = registered("eu", "7");

        assertThat(all())
                .containsExactly(new ObservedPartition(
                        PartitionValues.of("eu", "7"),
                        List.of(partition("t/eu/7/", "eu", "7")),
                        Optional.of(known),
                        true,
                        List.of()));
    }

    /** That of a run, if there is one. */
    @Test
    void registrationsOfTheSameValuesAreOneWithTheSpellingsOfTheOthers() {
        seen("t/eu/07/", "eu", "07");
        registered("eu", "7");
        registered("eu", "07");

        assertThat(all()).singleElement().satisfies(one -> {
            List<String> values = one.registered().orElseThrow().values().values();
            assertThat(List.of(values, one.others().getFirst().values()))
                    .containsExactlyInAnyOrder(List.of("eu", "7"), List.of("eu", "07"));
        });
    }

    @Test
    void eachSideMayStandAlone() {
        seen("t/eu/7/", "eu", "7");
        registered("us", "1");
        registered("eu", "6");
        seen("t/us/2/", "us", "2");

        assertThat(all())
                .extracting(one -> one.canonical().values() + " "
                        + one.prefixes().size() + " " + one.registered().isPresent())
                .containsExactly("[eu, 6] 0 true", "[eu, 7] 1 false", "[us, 1] 0 true", "[us, 2] 1 false");
    }

    @Test
    void numbersAreComparedAsNumbersAndTextsAsTexts() {
        seen("t/07/07/", "07", "07");
        registered("07", "7");
        registered("7", "7");

        assertThat(all()).hasSize(2);
        assertThat(all().getFirst().registered()).isPresent();
        assertThat(all().getFirst().prefixes()).extracting(Partition::prefix).containsExactly("t/07/07/");
        assertThat(all().getFirst().registered().orElseThrow().values().values())
                .containsExactly("07", "7");
    }

    @Test
    void prefixesOfTheSameValuesAreGroupedInS3Order() {
        seen("t/eu/7/", "eu", "7");
        seen("t/eu/07/", "eu", "07");
        seen("t/EU/7/", "eu", "7");

        assertThat(all())
                .singleElement()
                .extracting(ObservedPartition::prefixes)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Partition.class))
                .extracting(Partition::prefix)
                .containsExactly("t/EU/7/", "t/eu/07/", "t/eu/7/");
    }

    /** A folder that comes and goes while it is listed may be told twice, a partition in two pages of Glue. */
    @Test
    void whatIsToldTwiceIsOne() {
        seen("t/eu/7/", "eu", "7");
        seen("t/eu/7/", "eu", "7");
        registered("eu", "7");
        registered("eu", "7");

        assertThat(all())
                .singleElement()
                .satisfies(one -> assertThat(one.prefixes()).hasSize(1));
    }

    @Test
    void whatIsOnDiskIsReadBackAsItWas() {
        RegisteredPartition odd = new RegisteredPartition(
                PartitionValues.of("\u0000\uFFFF😀", "-5"), Optional.empty(), Map.of(), PartitionStorage.AS_TABLE);
        observations.add(odd);
        IntStream.range(0, 45_000).forEach(i -> {
            seen("t/" + i + "/", "eu", String.valueOf(i));
            registered("eu", String.valueOf(i));
        });

        List<ObservedPartition> all = all();

        assertThat(all).hasSize(45_001);
        assertThat(all)
                .filteredOn(one -> one.prefixes().isEmpty())
                .singleElement()
                .satisfies(one -> assertThat(one.registered()).hasValue(odd));
        assertThat(all.stream().filter(one -> !one.prefixes().isEmpty()))
                .allMatch(one -> one.registered().orElseThrow().parameters().equals(KEPT)
                        && one.registered()
                                .orElseThrow()
                                .values()
                                .equals(one.prefixes().getFirst().values()));
    }
}
