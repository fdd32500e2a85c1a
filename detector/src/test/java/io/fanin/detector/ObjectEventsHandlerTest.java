package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.fanin.core.inbox.InboxContent;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.spec.rules.SpecReader;
import io.fanin.core.table.TableName;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.detector.events.Events;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** The object-events function: what it takes to which inbox, what it drops, and what it leaves to the dead-letter queue. */
class ObjectEventsHandlerTest {

    private static final String EVENTS = ", 'detection': {'mode': 'events'}";
    private static final String H8 = "dt=2026-11-20/hour=8/";
    private static final String H9 = "dt=2026-11-20/hour=9/";

    private final DetectorFixture fixture =
            new DetectorFixture(StackBuckets.of("state", "lake,landing", "lake", "landing"));
    private final ObjectEventsHandler handler = handler();

    private ObjectEventsHandler handler() {
        S3Client s3 = fixture.aws.s3().client();
        return new ObjectEventsHandler(
                fixture.state,
                TableDirectory.of(
                        "s3://landing/specs/",
                        "raw_*",
                        new S3Pages(s3),
                        new S3Texts(
                                bucket -> new BucketReader(s3, bucket),
                                StackBuckets.of("state", "lake", "", "landing")),
                        fixture.catalog,
                        Workers.CALLER),
                fixture.catalog,
                fixture.clock,
                Workers.CALLER);
    }

    @Test
    void primingAsksEachServiceOnceAndLeavesNothing() {
        assertThat(handler.priming().prime()).isEmpty();

        assertThat(fixture.aws.log().counts()).containsOnlyKeys("GetObject", "GetTable");
        assertThat(fixture.aws.s3().keys("state")).isEmpty();
    }

    @Test
    void tenThousandEventsCostAListingForEachPartition() {
        List<String> tables = List.of("flights", "legs", "crews");
        List<String> bodies = new ArrayList<>();
        for (String table : tables) {
            spec(table, EVENTS);
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
            assertThat(refused(bodies.subList(from, from + 1000))).isEmpty();
        }

        assertThat(fixture.listed()).as("of the specs, once").containsExactly("landing/specs/");
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
        spec("flights", EVENTS);

        assertThat(refused(
                        Events.notification("lake", "flights/dt%3D2026-11-20/hour%3D9/a+b%2Bc.json"),
                        Events.notificationOf("ObjectRemoved:Delete", "lake", "flights/" + H8 + "a.json"),
                        Events.throughTopic(Events.notification("lake", "flights/" + H9 + "%C3%A9.json")),
                        Events.busEvent("Object Created", "lake", "flights/" + H8 + "a+b.json"),
                        Events.notification("lake", "flights/" + H8 + "a.json", "flights/" + H9 + "a.json")))
                .isEmpty();

        assertThat(entries("flights"))
                .containsExactly(new InboxEntry(
                        new TableName("analytics", "flights"),
                        Optional.of("s3://landing/specs/flights.json"),
                        fixture.clock.instant(),
                        List.of(partition("flights/" + H8, "8"), partition("flights/" + H9, "9"))));
    }

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
        spec("flights", EVENTS);
        spec("listed", "");

        assertThat(refused(Events.busEvent("Object Created", "lake", key), Events.TEST_EVENT))
                .isEmpty();

        assertThat(fixture.inboxKeys()).isEmpty();
    }

    @Test
    void anotherBucketIsNoTables() {
        spec("flights", EVENTS);

        assertThat(refused(Events.notification("other", "flights/" + H8 + "a.json")))
                .isEmpty();
        assertThat(fixture.inboxKeys()).isEmpty();
    }

    @Test
    void whatNobodyUnderstandsComesBack() {
        spec("flights", EVENTS);

        assertThat(refused("hello", Events.notification("lake", "flights/" + H8 + "a.json"), "{\"Records\": []}"))
                .containsExactlyInAnyOrder("id-0", "id-2");
        assertThat(entries("flights")).hasSize(1);
    }

    @Test
    void theMarkerOfAReadyPartitionNamesIt() {
        spec("flights", ", 'detection': {'mode': 'events', 'readiness': {'marker': '_SUCCESS'}}");

        refused(Events.notification("lake", "flights/" + H8 + "_SUCCESS"));

        assertThat(entries("flights")).hasSize(1);
    }

    @Test
    void theDeepestLocationHasTheObject() {
        spec("flights", EVENTS);
        specAt("nested", "s3://lake/flights/nested/", EVENTS);
        specAt("whole", "s3://lake/", EVENTS);

        refused(
                Events.notification("lake", "flights/nested/" + H8 + "a.json"),
                Events.notification("lake", "flights/" + H9 + "a.json"),
                Events.notification("lake", H8 + "a.json"));

        assertThat(prefixes("nested")).containsExactly("flights/nested/" + H8);
        assertThat(prefixes("flights")).containsExactly("flights/" + H9);
        assertThat(prefixes("whole")).containsExactly(H8);
    }

    @Test
    void tablesOfOneLocationGetTheSameEvents() {
        specAt("one", "s3://lake/shared/", EVENTS);
        specAt("two", "s3://lake/shared/", EVENTS);

        refused(Events.notification("lake", "shared/" + H8 + "a.json"));

        assertThat(prefixes("one")).isEqualTo(prefixes("two")).containsExactly("shared/" + H8);
    }

    @Test
    void rawDataNamesThePartitionsOfItsTable() {
        specAt(
                "made",
                "s3://lake/made/",
                EVENTS + ", 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'convert'}");

        assertThat(refused(
                        Events.notification("landing", "raw/" + H8 + "a.json"),
                        Events.notification("lake", "made/" + H8 + "part-00000.parquet")))
                .isEmpty();

        assertThat(prefixes("made")).containsExactly("raw/" + H8);
    }

    @Test
    void tablesOfTheCatalogNeedNoSpec() {
        TableSpec raw =
                new SpecReader().read(json(complete("raw_eu", "hits", "s3://lake/hits/", ", 'layout': 'hive'")));
        fixture.catalog.createTableIfAbsent(raw.definition(), Map.of("fanin.detection", "{\"mode\": \"events\"}"));

        refused(Events.notification("lake", "hits/" + H8 + "a.json"));

        assertThat(fixture.inbox().of(new TableName("raw_eu", "hits")).entries())
                .extracting(delivered -> delivered.entry().spec())
                .containsExactly(Optional.empty());
    }

    /** An execution of its own brings it up to date. */
    @Test
    void disabledTableGetsItsEvents() {
        spec("flights", EVENTS + ", 'enabled': false");

        refused(Events.notification("lake", "flights/" + H8 + "a.json"));

        assertThat(prefixes("flights")).containsExactly("flights/" + H8);
    }

    @Test
    void aSpecThatCannotBeReadKeepsUnknownObjectsFromBeingDropped() {
        spec("flights", EVENTS);
        fixture.aws.s3().put("landing", "specs/broken.json", "{");

        assertThat(refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "elsewhere/a.json")))
                .containsExactly("id-1");
        assertThat(entries("flights")).hasSize(1);
    }

    @Test
    void aTableWithTwoSpecsKeepsUnknownObjectsFromBeingDropped() {
        spec("flights", EVENTS);
        fixture.aws
                .s3()
                .put(
                        "landing",
                        "specs/again.json",
                        fixture.aws.s3().text("landing", "specs/flights.json").orElseThrow());

        assertThat(refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .containsExactly("id-0");
    }

    @Test
    void aSpecThatContradictsTheCatalogRefusesItsEvents() {
        TableSpec known = new SpecReader()
                .read(json(complete("analytics", "flights", "s3://lake/flights/", ", 'layout': 'hive'")));
        fixture.catalog.createTableIfAbsent(known.definition(), Map.of());
        spec("legs", EVENTS);
        put(
                "flights",
                complete("analytics", "flights", "s3://lake/flights/", EVENTS).replace("'carrier'", "'airline'"));

        assertThat(refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "legs/" + H8 + "a.json")))
                .containsExactly("id-0");
        assertThat(entries("legs")).hasSize(1);
    }

    @Test
    void onlyMessagesOfAnInboxThatCannotBeWrittenComeBack() {
        spec("flights", EVENTS);
        spec("legs", EVENTS);
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("state/inbox/analytics/legs/"))
                .then(Fault.slowDown());

        assertThat(refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "legs/" + H8 + "a.json"),
                        Events.notification("lake", "flights/" + H9 + "a.json", "legs/" + H8 + "a.json")))
                .containsExactlyInAnyOrder("id-1", "id-2");
        assertThat(prefixes("flights")).containsExactly("flights/" + H8, "flights/" + H9);
    }

    @Test
    void aWarmFunctionAsksForNothingButTheEntries() {
        spec("flights", EVENTS);
        refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        fixture.clock.advance(Duration.ofSeconds(30));
        fixture.quiet();

        refused(Events.notification("lake", "flights/" + H9 + "a.json", "flights/" + H9 + "_SUCCESS"));

        assertThat(fixture.aws.log().calls()).extracting(Call::operation).containsExactly("PutObject");
    }

    /** What is dropped is gone: the tables are looked up after the event was received. */
    @Test
    void aTableThatIsNewLosesNothing() {
        spec("flights", EVENTS);
        spec("listed", "");
        refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        fixture.clock.advance(Duration.ofSeconds(1));
        spec("legs", EVENTS);
        spec("listed", EVENTS);
        specAt("flights", "s3://lake/flights/", EVENTS + ", 'layout': 'day=${dt}/${hour}'");

        refused(
                Events.notification("lake", "legs/" + H8 + "a.json"),
                Events.notification("lake", "listed/" + H8 + "a.json"),
                Events.notification("lake", "flights/day%3D2026-11-20/7/a.json"));

        assertThat(prefixes("legs")).containsExactly("legs/" + H8);
        assertThat(prefixes("listed")).containsExactly("listed/" + H8);
        assertThat(prefixes("flights")).contains("flights/day=2026-11-20/7/");
    }

    @Test
    void theTablesAreLookedUpAgainAfterAMinute() {
        spec("flights", EVENTS);
        refused(Events.notification("lake", "flights/" + H8 + "a.json"));
        fixture.clock.advance(Duration.ofSeconds(61));
        fixture.quiet();

        refused(Events.notification("lake", "flights/" + H8 + "a.json"));

        assertThat(fixture.listed()).containsExactly("landing/specs/");
        assertThat(fixture.aws.log().count("GetObject"))
                .as("of a spec that has not changed")
                .isZero();
    }

    @Test
    void allMessagesComeBackWhenNobodyKnowsTheTables() {
        fixture.aws.faults().on("ListObjectsV2").then(Fault.accessDenied());

        assertThatThrownBy(() -> refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .hasMessageContaining("s3://landing/specs/");
        assertThat(fixture.inboxKeys()).isEmpty();
    }

    private void spec(String table, String more) {
        specAt(table, "s3://lake/" + table + "/", more);
    }

    private void specAt(String table, String location, String more) {
        put(table, complete("analytics", table, location, more));
    }

    private void put(String table, String spec) {
        fixture.aws.s3().put("landing", "specs/" + table + ".json", json(spec).toString());
    }

    private static String complete(String database, String table, String location, String more) {
        return "{'database': '" + database + "', 'table': '" + table + "', 'location': '" + location
                + "', 'format': '" + (more.contains("convert") ? "parquet" : "json")
                + "', 'columns': [{'name': 'carrier', 'type': 'string'}],"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]" + more + "}";
    }

    private List<String> refused(String... bodies) {
        return refused(List.of(bodies));
    }

    /** The ids of the messages that are not done. */
    private List<String> refused(List<String> bodies) {
        SQSEvent event = new SQSEvent();
        event.setRecords(IntStream.range(0, bodies.size())
                .mapToObj(i -> {
                    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
                    message.setMessageId("id-" + i);
                    message.setBody(bodies.get(i));
                    return message;
                })
                .toList());
        return handler.handleRequest(event, null).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private List<InboxEntry> entries(String table) {
        return fixture.inbox().of(new TableName("analytics", table)).entries().stream()
                .map(InboxContent.Delivered::entry)
                .toList();
    }

    private List<String> prefixes(String table) {
        return entries(table).stream()
                .flatMap(entry -> entry.partitions().stream())
                .map(Partition::prefix)
                .toList();
    }

    private static Partition partition(String prefix, String hour) {
        return new Partition(PartitionValues.of("2026-11-20", hour), prefix);
    }
}
