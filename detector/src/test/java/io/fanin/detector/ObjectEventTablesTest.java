package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.ObjectEventsFixture.EVENTS;
import static io.fanin.detector.ObjectEventsFixture.H8;
import static io.fanin.detector.ObjectEventsFixture.H9;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.parallel.Workers;
import io.fanin.detector.events.Events;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Into which tables' inboxes an object's event goes, and which objects are no table's data. */
class ObjectEventTablesTest {

    private final ObjectEventsFixture function = new ObjectEventsFixture();
    private final DetectorFixture fixture = function.fixture;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elsewhere/a.json",
                "flights_v2/dt=2026-11-20/hour=8/a.json",
                "flights/dt=2026-11-20/hour=8/_SUCCESS",
                "flights/_temporary/0/a.json",
                "flights/dt=2026-11-20/hour=8/",
                "flights/README.md",
                "flights/dt=2026-11-31/hour=8/a.json",
                "listed/dt=2026-11-20/hour=8/a.json",
            })
    void whatNoInboxTakesIsDropped(String key) {
        function.spec("flights", EVENTS);
        function.spec("listed", "");

        assertThat(function.refused(Events.busEvent("Object Created", "lake", key), Events.TEST_EVENT))
                .isEmpty();

        assertThat(fixture.inbox.keys()).isEmpty();
    }

    @Test
    void anotherBucketIsNoTables() {
        function.spec("flights", EVENTS);

        assertThat(function.refused(Events.notification("other", "flights/" + H8 + "a.json")))
                .isEmpty();
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    @Test
    void theMarkerOfAReadyPartitionNamesIt() {
        function.spec("flights", ", 'detection': {'mode': 'events', 'readiness': {'marker': '_SUCCESS'}}");

        function.refused(Events.notification("lake", "flights/" + H8 + "_SUCCESS"));

        assertThat(function.entries("flights")).hasSize(1);
    }

    @Test
    void eachTableThatHoldsTheObjectAndWhoseLayoutFitsGetsIt() {
        function.spec("flights", EVENTS);
        function.specAt("nested", "s3://lake/flights/nested/", EVENTS);
        function.specAt("whole", "s3://lake/", EVENTS);

        function.refused(
                Events.notification("lake", "flights/nested/" + H8 + "a.json"),
                Events.notification("lake", "flights/" + H9 + "a.json"),
                Events.notification("lake", H8 + "a.json"));

        assertThat(function.prefixes("nested")).containsExactly("flights/nested/" + H8);
        assertThat(function.prefixes("flights")).containsExactly("flights/" + H9);
        assertThat(function.prefixes("whole")).containsExactly(H8);
    }

    /** Anyone who may store a spec could take another table's events away, without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/flights/dt=2026-11-20/", "s3://lake/flights/", "s3://lake/"})
    void anotherTableTakesNoEventsAway(String location) {
        function.spec("flights", EVENTS);
        function.put(
                "other",
                "{'database': 'analytics', 'table': 'other', 'location': '" + location
                        + "', 'format': 'json', 'layout': '${a}', 'columns': [{'name': 'c', 'type': 'string'}],"
                        + " 'partitionKeys': [{'name': 'a', 'type': 'string'}], 'detection': {'mode': 'events'}}");

        assertThat(function.refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .isEmpty();
        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8);
        assertThat(function.prefixes("other")).hasSize(1);
    }

    /** The one whose spec is broken gets them when it is mended. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|0", "', ''csv'': {}, ''detection'': {''mode'': ''events''}'|1"})
    void tableThatTakesNoEventsTakesNoneAway(String more, int refused) {
        function.spec("flights", EVENTS);
        function.specAt("other", "s3://lake/", more);

        assertThat(function.refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .hasSize(refused);
        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8);
    }

    /** The tables are known for a minute, and a spec may be stored in it. */
    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/flights/", "s3://lake/flights/dt=2026-11-20/", "s3://lake/"})
    void tableWhoseSpecWasStoredSinceGetsItsEvents(String location) {
        function.spec("flights", EVENTS);
        function.refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        function.put(
                "other",
                "{'database': 'analytics', 'table': 'other', 'location': '" + location
                        + "', 'format': 'json', 'layout': '${a}', 'columns': [{'name': 'c', 'type': 'string'}],"
                        + " 'partitionKeys': [{'name': 'a', 'type': 'string'}], 'detection': {'mode': 'events'}}");

        function.refused(Events.notification("lake", "flights/" + H9 + "a.json"));

        assertThat(function.prefixes("other")).hasSize(1);
        assertThat(function.prefixes("flights")).containsExactlyInAnyOrder("flights/" + H8, "flights/" + H9);
    }

    /** The run decides what becomes of it, as it does for a prefix that it lists. */
    @Test
    void jobThatWroteNoDataNamesItsPartitionWhereThatIsRegistered() {
        function.spec("flights", EVENTS + ", 'onEmpty': 'register'");

        function.refused(
                Events.notification("lake", "flights/" + H8 + "_SUCCESS"),
                Events.notification("lake", "flights/" + H9 + "_temporary/0/a.json", "flights/" + H9));

        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8);
    }

    @Test
    void tablesOfOneLocationGetTheSameEvents() {
        function.specAt("one", "s3://lake/shared/", EVENTS);
        function.specAt("two", "s3://lake/shared/", EVENTS);

        function.refused(Events.notification("lake", "shared/" + H8 + "a.json"));

        assertThat(function.prefixes("one")).isEqualTo(function.prefixes("two")).containsExactly("shared/" + H8);
    }

    @Test
    void rawDataNamesThePartitionsOfItsTable() {
        function.specAt(
                "made",
                "s3://lake/made/",
                EVENTS + ", 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'convert'}");

        assertThat(function.refused(
                        Events.notification("landing", "raw/" + H8 + "a.json"),
                        Events.notification("lake", "made/" + H8 + "part-00000.parquet")))
                .isEmpty();

        assertThat(function.prefixes("made")).containsExactly("raw/" + H8);
    }

    @Test
    void tablesOfTheCatalogNeedNoSpec() {
        TableSpec raw = new SpecReader()
                .read(json(ObjectEventsFixture.complete("raw_eu", "hits", "s3://lake/hits/", ", 'layout': 'hive'")));
        fixture.catalog.createTableIfAbsent(
                new ResolvedSpec(raw).definition(), Map.of("fanin.detection", "{\"mode\": \"events\"}"));

        function.refused(Events.notification("lake", "hits/" + H8 + "a.json"));

        assertThat(fixture.inbox.of(new TableName("raw_eu", "hits")))
                .extracting(delivered -> delivered.entry().spec())
                .containsExactly(Optional.empty());
    }

    /** Where its data lies is known: what lies elsewhere is none of its business. */
    @Test
    void tableOfTheCatalogWithAParameterThatCannotBeReadRefusesItsOwnObjectsOnly() {
        TableSpec raw = new SpecReader()
                .read(json(ObjectEventsFixture.complete("raw_eu", "hits", "s3://lake/hits/", ", 'layout': 'hive'")));
        fixture.catalog.createTableIfAbsent(new ResolvedSpec(raw).definition(), Map.of("fanin.detection", "[]"));

        assertThat(function.refused(Events.notification("lake", "unrelated/logs/x.gz")))
                .isEmpty();
        assertThat(function.refused(Events.notification("lake", "hits/" + H8 + "a.json")))
                .hasSize(1);
    }

    /** Where its data arrives is not known, or it is run by itself: no event of it may be lost. */
    @Test
    void eventsOfATableOfTheCatalogWithAParameterThatCannotBeReadStay() {
        TableSpec raw = new SpecReader()
                .read(json(ObjectEventsFixture.complete("raw_eu", "hits", "s3://lake/hits/", ", 'layout': 'hive'")));
        Map<String, String> broken =
                Map.of("fanin.detection", "{\"mode\": \"events\"}", "fanin.timeZone", "Mars/Phobos");
        fixture.catalog.createTableIfAbsent(new ResolvedSpec(raw).definition(), with(broken, "fanin.enabled", "false"));

        TableSpec made = new SpecReader()
                .read(json(ObjectEventsFixture.complete("raw_eu", "made", "s3://lake/made/", ", 'layout': 'hive'")));
        fixture.catalog.createTableIfAbsent(
                new ResolvedSpec(made).definition(),
                with(broken, "fanin.source", "{\"location\": \"s3://landing/raw/\"}"));

        assertThat(function.refused(Events.notification("lake", "hits/" + H8 + "a.json")))
                .hasSize(1);
        assertThat(function.refused(Events.notification("landing", "raw/" + H8 + "a.json")))
                .hasSize(1);
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return more;
    }

    /** An execution of its own brings it up to date. */
    @Test
    void disabledTableGetsItsEvents() {
        function.spec("flights", EVENTS + ", 'enabled': false");

        function.refused(Events.notification("lake", "flights/" + H8 + "a.json"));

        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8);
    }

    /** Where each database has a few tables, a minute is too short for one after another. */
    @Test
    void tablesOfManyDatabasesAreLookedUpSideBySide() {
        ObjectEventsFixture side = new ObjectEventsFixture(Workers.THREADS);
        for (int i = 0; i < 40; i++) {
            side.put("t" + i, ObjectEventsFixture.complete("db" + i / 2, "t" + i, "s3://lake/t" + i + "/", EVENTS));
        }
        CountDownLatch together = new CountDownLatch(8);
        AtomicBoolean isAlone = new AtomicBoolean();
        side.fixture.aws.glue().faults().on("GetTable").first(8).thenRun(() -> {
            together.countDown();
            isAlone.compareAndSet(false, !isReached(together));
        });

        assertThat(side.refused(Events.notification("lake", "t39/" + H8 + "a.json")))
                .isEmpty();

        assertThat(isAlone).isFalse();
        assertThat(side.fixture.inbox.of(new TableName("db19", "t39"))).hasSize(1);
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
