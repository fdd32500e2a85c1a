package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.ObjectEventsFixture.EVENTS;
import static io.fanin.detector.ObjectEventsFixture.H8;
import static io.fanin.detector.ObjectEventsFixture.H9;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.detector.events.Events;
import io.fanin.fakes.Call;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The object-events function: one entry for each table and batch, whatever way the events came, and few requests. */
class ObjectEventsHandlerTest {

    private final ObjectEventsFixture function = new ObjectEventsFixture();
    private final DetectorFixture fixture = function.fixture;

    @Test
    void primingAsksEachServiceOnceAndLeavesNothing() {
        assertThat(function.handler.priming().prime()).isEmpty();

        assertThat(fixture.aws.log().counts()).containsOnlyKeys("GetObject", "GetTable");
        assertThat(fixture.aws.s3().keys("state")).isEmpty();
    }

    @Test
    void primingIsWholeWhereItsTableMayNotBeRead() {
        fixture.aws.glue().faults().on("GetTable").thenFail(400, "AccessDeniedException", "not authorized");

        assertThat(function.handler.priming().prime()).isEmpty();
    }

    @Test
    void tenThousandEventsCostAListingForEachPartition() {
        List<String> tables = List.of("flights", "legs", "crews");
        List<String> bodies = new ArrayList<>();
        for (String table : tables) {
            function.spec(table, EVENTS);
            for (int hour = 0; hour < 8; hour++) {
                fixture.aws.s3().put("lake", table + "/dt=2026-11-20/hour=" + hour + "/part-0.json", "{}");
            }
        }
        for (int i = 0; i < 10_000; i++) {
            bodies.add(Events.notification(
                    "lake", tables.get(i % 3) + "/dt%3D2026-11-20/hour%3D" + i % 8 + "/part-" + i + ".json"));
        }
        fixture.quiet();

        for (int from = 0; from < bodies.size(); from += 1000) {
            assertThat(function.refused(bodies.subList(from, from + 1000))).isEmpty();
        }

        assertThat(fixture.listed())
                .as("of the specs, for each batch")
                .hasSize(10)
                .containsOnly("landing/specs/");
        assertThat(fixture.aws.log().count("GetObject")).as("each spec once").isEqualTo(3);
        assertThat(fixture.aws.log().count("PutObject"))
                .as("an entry for each table and batch")
                .isEqualTo(30);
        fixture.quiet();

        for (String table : tables) {
            DetectorAnswer answer =
                    fixture.detect("r-" + table, json("{'spec': 's3://landing/specs/" + table + ".json'}"));
            assertThat(answer.partitions()).isEqualTo(8);
        }

        assertThat(fixture.listed())
                .filteredOn(target -> target.startsWith("lake/"))
                .hasSize(24)
                .allSatisfy(target -> assertThat(target).matches("lake/[a-z]+/dt=2026-11-20/hour=[0-7]/"));
    }

    @Test
    void eachPartitionIsNamedOnceWhateverWayItsEventsCame() {
        function.spec("flights", EVENTS);

        assertThat(function.refused(
                        Events.notification("lake", "flights/dt%3D2026-11-20/hour%3D9/a+b%2Bc.json"),
                        Events.notificationOf("ObjectRemoved:Delete", "lake", "flights/" + H8 + "a.json"),
                        Events.throughTopic(Events.notification("lake", "flights/" + H9 + "%C3%A9.json")),
                        Events.busEvent("Object Created", "lake", "flights/" + H8 + "a+b.json"),
                        Events.notification("lake", "flights/" + H8 + "a.json", "flights/" + H9 + "a.json")))
                .isEmpty();

        assertThat(function.entries("flights"))
                .containsExactly(new InboxEntry(
                        new TableName("analytics", "flights"),
                        Optional.of("s3://landing/specs/flights.json"),
                        fixture.clock.instant(),
                        Optional.of("lake"),
                        List.of(partition("flights/" + H8, "8"), partition("flights/" + H9, "9"))));
    }

    /** Runs would take it for one that a newer spec may have, and look at it for days. */
    @Test
    void nameOfASourceThatTheTablesKeysCannotExpressReachesNoInbox() {
        function.spec(
                "flights",
                EVENTS + ", 'source': {'location': 's3://landing/raw/',"
                        + " 'partitionKeys': [{'name': 'dt', 'type': 'string'}, {'name': 'hour', 'type': 'int'}]},"
                        + " 'processor': {'type': 'convert'}");

        assertThat(function.refused(
                        Events.notification("landing", "raw/dt=latest/hour=8/a.json", "raw/dt=latest/hour=8/b.json"),
                        Events.notification("landing", "raw/" + H8 + "a.json")))
                .isEmpty();

        assertThat(function.prefixes("flights")).containsExactly("raw/" + H8);
    }

    /** A partition whose raw data expires object by object would be made again from fewer and fewer of them. */
    @Test
    void expiredObjectsReachNoInbox() {
        function.spec("flights", EVENTS);

        assertThat(function.refused(
                        Events.expiration("lake", "flights/" + H8 + "a.json"),
                        Events.notificationOf("LifecycleExpiration:Delete", "lake", "flights/" + H8 + "b.json")))
                .isEmpty();

        assertThat(function.entries("flights")).isEmpty();
    }

    @Test
    void aWarmFunctionAsksOnlyWhetherSpecsHaveChanged() {
        function.spec("flights", EVENTS);
        function.refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        fixture.clock.advance(Duration.ofSeconds(30));
        fixture.quiet();

        function.refused(Events.notification("lake", "flights/" + H9 + "a.json", "flights/" + H9 + "_SUCCESS"));

        assertThat(fixture.aws.log().calls()).extracting(Call::operation).containsExactly("ListObjectsV2", "PutObject");
    }

    /** Dropped events are lost: the tables are looked up after the event was received. */
    @Test
    void aTableThatIsNewLosesNothing() {
        function.spec("flights", EVENTS);
        function.spec("listed", "");
        function.refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        fixture.clock.advance(Duration.ofSeconds(1));
        function.spec("legs", EVENTS);
        function.spec("listed", EVENTS);
        function.specAt("flights", "s3://lake/flights/", EVENTS + ", 'layout': 'day=${dt}/${hour}'");

        function.refused(
                Events.notification("lake", "legs/" + H8 + "a.json"),
                Events.notification("lake", "listed/" + H8 + "a.json"),
                Events.notification("lake", "flights/day%3D2026-11-20/7/a.json"));

        assertThat(function.prefixes("legs")).containsExactly("legs/" + H8);
        assertThat(function.prefixes("listed")).containsExactly("listed/" + H8);
        assertThat(function.prefixes("flights")).contains("flights/day=2026-11-20/7/");
    }

    @Test
    void theTablesAreLookedUpAgainAfterAMinute() {
        function.spec("flights", EVENTS);
        function.refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        fixture.clock.advance(Duration.ofSeconds(61));
        fixture.quiet();

        function.refused(Events.notification("lake", "flights/" + H8 + "a.json"));

        assertThat(fixture.listed()).containsExactly("landing/specs/");
        assertThat(fixture.aws.log().count("GetObject"))
                .as("of a spec that has not changed")
                .isZero();
    }

    private static Partition partition(String prefix, String hour) {
        return new Partition(PartitionValues.of("2026-11-20", hour), prefix);
    }
}
