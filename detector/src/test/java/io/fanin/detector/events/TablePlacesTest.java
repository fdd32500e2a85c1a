package io.fanin.detector.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.S3Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePlacesTest {

    private static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));
    private static final String H8 = "flights/dt=2026-11-20/hour=8/";

    private final List<Skip> skips = new ArrayList<>();
    private final TablePlaces places = new TablePlaces(
            S3Location.of("s3://lake/flights/"),
            Layout.of("hive", KEYS),
            new Readiness(Optional.of("_SUCCESS"), Optional.empty(), Optional.empty()),
            OnEmpty.FAIL,
            skips::add);

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "part/a.json", "part/deeper/a.json", "_SUCCESS", "a b.json", "é.json"})
    void whatIsDeeperThanTheLastKeyBelongsToThePartitionAboveIt(String name) {
        assertThat(at(H8 + name)).isEqualTo(inside(H8, "8"));
        assertThat(skips).isEmpty();
    }

    /** The prefix that is listed later has to be the producer's own. */
    @Test
    void aPrefixKeepsTheWritersSpelling() {
        assertThat(at("flights/DT=2026-11-20/hour=08/a.json"))
                .isEqualTo(inside("flights/DT=2026-11-20/hour=08/", "08"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                H8,
                H8 + "folder/",
                H8 + "folder_$folder$",
                H8 + "_temporary/0/a.json",
                H8 + "part/_SUCCESS",
                H8 + "part/.a.crc",
                H8 + "_committed_1",
                H8 + ".a.json.crc",
                "flights/dt=2026-11-20/",
                "flights/dt=2026-11-20_$folder$",
                "flights/",
            })
    void namesThatAreNoDataLieNowhere(String key) {
        assertThat(at(key)).isEqualTo(new Place.Nowhere());
        assertThat(skips).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "flights/README.md,                          flights/README.md,                     MISSING_LEVEL",
        "flights/dt=2026-11-20/a.json,               flights/dt=2026-11-20/a.json,          MISSING_LEVEL",
        "flights/_tmp.json,                          flights/_tmp.json,                     HIDDEN",
        "flights/_temporary/a.json,                  flights/_temporary/,                   HIDDEN",
        "flights/_temporary/0/hour=8/a.json,         flights/_temporary/,                   HIDDEN",
        "flights//hour=8/a.json,                     flights//,                             NOT_IN_LAYOUT",
        "flights/hour=8/dt=2026-11-20/a.json,        flights/hour=8/,                       NOT_IN_LAYOUT",
        "flights/dt=2026-02-30/hour=8/a.json,        flights/dt=2026-02-30/,                BAD_VALUE",
        "flights/dt=2026-11-20/hour=7x/a.json,       flights/dt=2026-11-20/hour=7x/,        BAD_VALUE",
    })
    void namesThatAreNoPartitionAreSkippedOnceWithTheirReason(String key, String skipped, SkipReason reason) {
        assertThat(at(key)).isEqualTo(new Place.Nowhere());
        assertThat(at(key)).isEqualTo(new Place.Nowhere());

        assertThat(skips).singleElement().satisfies(skip -> {
            assertThat(skip.prefix()).isEqualTo(skipped);
            assertThat(skip.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @CsvSource({"other, flights/dt=2026-11-20/hour=8/a.json", "lake, flights_v2/dt=2026-11-20/hour=8/a.json"})
    void whatLiesOutsideOfTheTableLiesElsewhere(String bucket, String key) {
        assertThat(places.of(new S3ObjectName(bucket, key))).isEqualTo(new Place.Elsewhere());
        assertThat(skips).isEmpty();
    }

    @Test
    void prefixOfAPartitionIsReadAsItsObjectsAre() {
        assertThat(places.ofPrefix(H8)).isEqualTo(inside(H8, "8"));
        assertThat(places.ofPrefix("flights/dt=2026-11-31/hour=8/")).isEqualTo(new Place.Nowhere());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flights/",
                "flights/dt=2026-11-20/",
                "flights/dt=2026-11-20/hour=8",
                "flights/dt=2026-11-20/hour=8/part/",
                "elsewhere/dt=2026-11-20/hour=8/"
            })
    void prefixOfNoPartitionLiesElsewhere(String prefix) {
        assertThat(places.ofPrefix(prefix)).isEqualTo(new Place.Elsewhere());
    }

    private Place at(String key) {
        return places.of(new S3ObjectName("lake", key));
    }

    private static Place inside(String prefix, String hour) {
        return new Place.Inside(new Partition(PartitionValues.of("2026-11-20", hour), prefix));
    }
}
