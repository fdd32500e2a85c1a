package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.ObjectEventsFixture.EVENTS;
import static io.fanin.detector.ObjectEventsFixture.H8;
import static io.fanin.detector.ObjectEventsFixture.H9;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.detector.events.Events;
import io.fanin.fakes.Fault;
import io.fanin.model.names.FaninNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages that the object-events function leaves to the queue, and at last to its dead-letter queue. */
class RefusedObjectEventsTest {

    private static final Fault DENIED = new Fault.Fail(
            400, "AccessDeniedException", "Insufficient Lake Formation permission(s): Required Describe");

    private final ObjectEventsFixture function = new ObjectEventsFixture();
    private final DetectorFixture fixture = function.fixture;

    @Test
    void whatNobodyUnderstandsComesBack() {
        function.spec("flights", EVENTS);

        assertThat(function.refused(
                        "hello", Events.notification("lake", "flights/" + H8 + "a.json"), "{\"Records\": []}"))
                .containsExactlyInAnyOrder("id-0", "id-2");
        assertThat(function.entries("flights")).hasSize(1);
    }

    @Test
    void aSpecThatCannotBeReadKeepsUnknownObjectsFromBeingDropped() {
        function.spec("flights", EVENTS);
        fixture.aws.s3().put("landing", "specs/broken.json", "{");

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "elsewhere/a.json")))
                .containsExactly("id-1");
        assertThat(function.entries("flights")).hasSize(1);
    }

    /** Which may be meant for the table of the spec, whatever other tables take. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'location': 's3://lake/flights/'",
                "'location': 's3://lake/legs/', 'source': {'location': 's3://lake/flights/'}"
            })
    void aSpecThatSaysItsLocationRefusesTheEventsOfThat(String location) {
        function.spec("flights", EVENTS);
        brokenSpec(location);

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "elsewhere/a.json")))
                .as("the index is complete: elsewhere belongs to no table")
                .containsExactly("id-0");
        assertThat(function.entries("flights")).hasSize(1);
    }

    /** Stores a spec that says where its table is, and cannot be used. */
    private void brokenSpec(String location) {
        String spec = "{'database': 'analytics', 'table': 'all', 'detection': {'mode': 'guess'}, " + location + "}";
        fixture.aws.s3().put("landing", "specs/broken.json", spec.replace('\'', '"'));
    }

    /** Both tables have the object, and only the inner one has its spec. */
    @Test
    void aSpecAroundATablesLocationRefusesTheEventsOfThatTable() {
        function.spec("flights", EVENTS);
        brokenSpec("'location': 's3://lake/'");

        assertThat(function.refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .containsExactly("id-0");
        assertThat(function.entries("flights")).hasSize(1);
    }

    @Test
    void aSpecThatCannotBeReadKeepsObjectsThatNoTableTakesFromBeingDropped() {
        function.spec("flights", EVENTS);
        function.spec("listed", "");
        fixture.aws.s3().put("landing", "specs/broken.json", "{");

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "flights/no-partition/a.json"),
                        Events.notification("lake", "listed/" + H8 + "a.json"),
                        Events.notification("lake", "flights/" + H8 + "_temporary/0/a.json"),
                        Events.notification("lake", "flights/" + H8 + ".a.json.crc"),
                        Events.notification("lake", "listed/" + H8),
                        Events.notification("lake", "listed/dt=2013-02-08_$folder$")))
                .containsExactlyInAnyOrder("id-1", "id-2");
    }

    /** As Terraform or a crawler does, which writes a table's parameters anew: the next run restores them. */
    @ParameterizedTest
    @CsvSource({"true, id-1", "false, ''"})
    void layoutThatAnotherToolHasRemovedKeepsWhatDoesNotFitFromBeingDropped(boolean removed, String refused) {
        function.put("flights", "{'database': 'analytics', 'table': 'flights'" + EVENTS + "}");
        fixture.table("").aws.glue().alterTable("analytics", "flights", input -> {
            ObjectNode parameters = (ObjectNode) input.get("Parameters");
            parameters.remove(FaninNames.LAYOUT);
            if (!removed) {
                parameters.put(FaninNames.LAYOUT, "hive");
            }
        });

        assertThat(String.join(
                        ",",
                        function.refused(
                                Events.notification("lake", "flights/" + H8 + "a.json"),
                                Events.notification("lake", "flights/2026/11/20/a.json"),
                                Events.notification("lake", "flights/2026/11/20/_temporary/0/a.json"),
                                Events.notification("lake", "flights/" + H8 + "_committed_1"),
                                Events.notification("lake", "flights/2026/11_$folder$"),
                                Events.notification("lake", "flights/_SUCCESS"))))
                .isEqualTo(refused);
        assertThat(function.entries("flights")).hasSize(1);
    }

    @Test
    void aTableWithTwoSpecsKeepsUnknownObjectsFromBeingDropped() {
        function.spec("flights", EVENTS);
        fixture.aws
                .s3()
                .put(
                        "landing",
                        "specs/again.json",
                        fixture.aws.s3().text("landing", "specs/flights.json").orElseThrow());

        assertThat(function.refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .containsExactly("id-0");
    }

    @Test
    void aSpecThatContradictsTheCatalogRefusesItsEvents() {
        TableSpec known = new SpecReader()
                .read(json(ObjectEventsFixture.complete(
                        "analytics", "flights", "s3://lake/flights/", ", 'layout': 'hive'")));
        fixture.catalog.createTableIfAbsent(new ResolvedSpec(known).definition(), Map.of());
        function.spec("legs", EVENTS);
        function.put(
                "flights",
                ObjectEventsFixture.complete("analytics", "flights", "s3://lake/flights/", EVENTS)
                        .replace("'carrier'", "'airline'"));

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "legs/" + H8 + "a.json")))
                .containsExactly("id-0");
        assertThat(function.entries("legs")).hasSize(1);
    }

    @Test
    void aDatabaseThatGlueDeniesKeepsOnlyUnknownObjectsFromBeingDropped() {
        function.spec("flights", EVENTS);
        fixture.aws.glue().createDatabase("raw_locked");
        fixture.aws
                .faults()
                .on("GetTables")
                .where(call -> call.target().contains("raw_locked"))
                .then(DENIED);

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "elsewhere/a.json")))
                .containsExactly("id-1");
        assertThat(function.entries("flights")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void aTableThatGlueDeniesRefusesItsOwnEventsAlone(int others) {
        function.spec("flights", EVENTS);
        specs(others);
        function.put("open", ObjectEventsFixture.complete("free", "open", "s3://lake/open/", EVENTS));
        for (String operation : List.of("GetTable", "GetTables")) {
            fixture.aws
                    .faults()
                    .on(operation)
                    .where(call -> call.target().contains("analytics"))
                    .then(DENIED);
        }

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "open/" + H8 + "a.json")))
                .containsExactly("id-0");
        assertThat(fixture.inbox.of(new TableName("free", "open"))).hasSize(1);
    }

    private void specs(int others) {
        for (int i = 0; i < others; i++) {
            function.spec("other" + i, EVENTS);
        }
    }

    /** Lake Formation leaves a table out of lists without a word: its events would be dropped as those of none. */
    @ParameterizedTest
    @CsvSource({"true, id-0", "false, ''"})
    void aTableThatListsLackIsAskedFor(boolean isDenied, String refused) {
        function.put("flights", "{'database': 'analytics', 'table': 'flights'" + EVENTS + "}");
        fixture.table("").aws.glue().hideFromLists("flights");
        specs(20);
        if (isDenied) {
            fixture.aws
                    .faults()
                    .on("GetTable")
                    .where(call -> call.target().contains("flights"))
                    .then(DENIED);
        }

        assertThat(String.join(",", function.refused(Events.notification("lake", "flights/" + H8 + "a.json"))))
                .isEqualTo(refused);
        assertThat(function.entries("flights")).hasSize(isDenied ? 0 : 1);
    }

    /** A database may have very many tables without a spec. */
    @Test
    void tablesOfOthersAreNotListedToTheEnd() {
        fixture.aws.glue().createDatabase("analytics");
        for (int i = 0; i < 1_500; i++) {
            String name = "a" + i;
            fixture.aws
                    .glue()
                    .client()
                    .createTable(request -> request.databaseName("analytics").tableInput(table -> table.name(name)));
        }
        specs(20);
        fixture.aws.log().reset();

        assertThat(function.refused(Events.notification("lake", "other7/" + H8 + "a.json")))
                .isEmpty();
        assertThat(fixture.aws.log().calls("GetTables")).as("of 15 pages").hasSizeLessThan(5);
    }

    @Test
    void onlyMessagesOfAnInboxThatCannotBeWrittenComeBack() {
        function.spec("flights", EVENTS);
        function.spec("legs", EVENTS);
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("state/inbox/analytics/legs/"))
                .then(Fault.slowDown());

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "legs/" + H8 + "a.json"),
                        Events.notification("lake", "flights/" + H9 + "a.json", "legs/" + H8 + "a.json")))
                .containsExactlyInAnyOrder("id-1", "id-2");
        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8, "flights/" + H9);
    }

    @Test
    void allMessagesComeBackWhenNobodyKnowsTheTables() {
        fixture.aws.faults().on("ListObjectsV2").then(Fault.accessDenied());

        assertThatThrownBy(() -> function.refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .hasMessageContaining("s3://landing/specs/");
        assertThat(fixture.inbox.keys()).isEmpty();
    }
}
