package io.fanin.detector.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecords;
import io.fanin.detector.DetectorFixture;
import io.fanin.fakes.Fault;
import io.fanin.model.run.RunId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/** The tables that a run of all tables selects, and the number of requests. */
class TablesDetectorTest extends TablesDetection {

    @Test
    void itemNamesTableAndParentWithinEightyCharacters() throws JsonProcessingException {
        spec("a".repeat(200), "");

        JsonNode item = items(detect("nightly=1".repeat(8), "{}")).get(0);

        assertThat(item.path("name").asText())
                .hasSizeLessThanOrEqualTo(80)
                .startsWith("raw-aaa")
                .contains("-nightly_1")
                .matches("[A-Za-z0-9_-]+");
        assertThat(item.path("execution").asText())
                .isEqualTo(MACHINE.replace("stateMachine", "execution") + ":"
                        + item.path("name").asText());
    }

    @Test
    void firstChoiceStands() throws JsonProcessingException {
        spec("one", "");
        detect("night", "{}");
        spec("two", "");

        assertThat(items(detect("night", "{}"))).hasSize(1);
        assertThat(items(detect("morning", "{}"))).hasSize(2);
    }

    /** One table more stops no other, and none of them waits for ever. */
    @Test
    void ofMoreTablesThanARunTakesEachHasItsTurn() throws JsonProcessingException {
        for (int i = 0; i < TablesDetector.MAX_TABLES + 10; i++) {
            spec("t" + i, "");
        }

        TablesAnswer first = detect("night", "{}");
        TablesAnswer second = detect("morning", "{}");

        assertThat(items(first)).hasSize(TablesDetector.MAX_TABLES);
        assertThat(leftOut(first)).hasSize(10).allMatch(one -> one.endsWith(" OVER_LIMIT"));
        assertThat(leftOut(second)).hasSize(10).doesNotContainAnyElementsOf(leftOut(first));
    }

    @Test
    void onlyTablesWithWaitingEventsAreReadAndRun() throws JsonProcessingException {
        for (int i = 0; i < 50; i++) {
            spec("t" + i, "");
        }
        waits("t7", at("t7.json"), 0);
        fixture.aws.log().reset();

        JsonNode items = items(detect("events", ONLY_EVENTS));

        assertThat(items).extracting(item -> item.path("table").asText()).containsExactly("raw.t7");
        assertThat(items.get(0).at("/input/detection/mode").asText()).isEqualTo("events");
        assertThat(fixture.aws.log().calls().stream()
                        .filter(call -> call.target().startsWith("lake")))
                .as("its spec alone")
                .hasSize(1);
        assertThat(fixture.aws.log().count("ListObjectsV2")).isOne();
    }

    @Test
    void nothingWaitsWithoutEvents() {
        assertThat(detect("events", ONLY_EVENTS).next()).isEqualTo(TablesAnswer.Next.NOTHING);
        assertThat(fixture.aws.log().count("ListObjectsV2")).isOne();
    }

    @Test
    void newestEventsSayWhereTheSpecIs() throws JsonProcessingException {
        specAt("team/t7.json", "t7", "");
        waits("t7", Optional.empty(), 0);
        waits("t7", at("t7.json"), 1);
        waits("t7", at("team/t7.json"), 2);
        fixture.aws.log().reset();

        TablesAnswer answer = detect("events", ONLY_EVENTS);

        assertThat(specs(answer)).containsExactly("s3://lake/specs/team/t7.json");
        assertThat(fixture.aws.log().count("ListObjectsV2")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"database\": \"raw\", \"table\": \"t8\"}"})
    void specThatWasMovedIsFoundInItsFolder(String now) throws JsonProcessingException {
        specAt("team/t7.json", "t7", "");
        spec("t9", "");
        if (!now.isEmpty()) {
            fixture.aws.s3().put("lake", "specs/t7.json", now);
        }
        waits("t7", at("t7.json"), 0);
        waits("t9", at("t9.json"), 0);

        assertThat(specs(detect("events", ONLY_EVENTS)))
                .containsExactly("s3://lake/specs/team/t7.json", "s3://lake/specs/t9.json");
    }

    /** As of a table that the catalog alone described, or of another folder of specs. */
    @ParameterizedTest
    @ValueSource(strings = {"", "s3://lake/before/t7.json"})
    void specThatIsStoredNowCounts(String before) throws JsonProcessingException {
        databases = "raw";
        fixture.aws.s3().put("lake", "before/t7.json", "{\"database\": \"raw\", \"table\": \"t7\"}");
        waits("t7", Optional.of(before).filter(uri -> !uri.isEmpty()), 0);
        spec("t7", "");

        assertThat(specs(detect("events", ONLY_EVENTS))).containsExactly("s3://lake/specs/t7.json");

        spec("t7", ", \"enabled\": false");

        assertThat(specs(detect("paused", ONLY_EVENTS))).isEmpty();
    }

    @Test
    void tableThatIsNotTheStacksAnyMoreIsTold() throws JsonProcessingException {
        waits("t7", Optional.empty(), 0);

        assertThat(leftOut(detect("events", ONLY_EVENTS))).containsExactly("raw.t7 UNREADABLE");

        databases = "raw";

        assertThat(leftOut(detect("dropped", ONLY_EVENTS)))
                .as("the catalog has it no more")
                .isEmpty();
    }

    /** Such entries stay, for the version that can read them. */
    @Test
    void tableWithAnEntryThatCannotBeReadIsFoundInTheFolder() throws JsonProcessingException {
        spec("t7", "");
        waits("t7", at("t7.json"), 0);
        fixture.aws.s3().put("state", "inbox/raw/t7/99991231.json", "{\"version\": 2}");

        assertThat(specs(detect("events", ONLY_EVENTS))).containsExactly("s3://lake/specs/t7.json");
    }

    @Test
    void tableWhoseSpecIsNowhereIsToldAndStopsNoOther() throws JsonProcessingException {
        lost("t7", "t9");

        assertLeftOutAlone("t7", "t9");
    }

    @Test
    void folderThatCannotBeListedStopsNoOtherTable() throws JsonProcessingException {
        lost("t7", "t9");
        fixture.aws
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().startsWith("lake"))
                .then(Fault.accessDenied());

        assertLeftOutAlone("t7", "t9");
    }

    /** Both tables have events, and only the other one has a spec. */
    private void lost(String table, String other) {
        spec(other, "");
        waits(table, at(table + ".json"), 0);
        waits(other, at(other + ".json"), 0);
    }

    private void assertLeftOutAlone(String table, String other) throws JsonProcessingException {
        TablesAnswer answer = detect("events", ONLY_EVENTS);

        assertThat(specs(answer)).containsExactly("s3://lake/specs/" + other + ".json");
        assertThat(leftOut(answer)).containsExactly("s3://lake/specs/" + table + ".json UNREADABLE");
    }

    @Test
    void tableThatTheCatalogRefusesStopsNoOtherTable() throws JsonProcessingException {
        databases = "raw";
        spec("t9", "");
        waits("t7", Optional.empty(), 0);
        waits("t9", at("t9.json"), 0);
        fixture.aws
                .faults()
                .on("GetTable")
                .where(call -> call.target().contains("t7"))
                .then(new Fault.Fail(400, "AccessDeniedException", "not authorized"));

        TablesAnswer answer = detect("events", ONLY_EVENTS);

        assertThat(specs(answer)).containsExactly("s3://lake/specs/t9.json");
        assertThat(leftOut(answer)).containsExactly("raw.t7 UNREADABLE");
    }

    @Test
    void movedSpecThatIsOneOfSeveralLeavesTheTableOut() throws JsonProcessingException {
        specAt("a/t7.json", "t7", "");
        specAt("b/t7.json", "t7", "");
        waits("t7", at("t7.json"), 0);

        assertThat(leftOut(detect("events", ONLY_EVENTS)))
                .containsExactly("s3://lake/specs/a/t7.json SEVERAL_SPECS", "s3://lake/specs/b/t7.json SEVERAL_SPECS");
    }

    /** Nothing new would be registered, and its status would stay what it was. */
    @Test
    void tableThatRunsHaveWorkedOnIsNotLeftOutUnseen() {
        databases = "analytics";
        fixture.table("").alterParameter("projection.enabled", "true");

        assertThat(leftOut(detect("never-run", "{}"))).containsExactly("analytics.flights UNUSABLE");

        new TableRecords(fixture.state)
                .update(
                        DetectorFixture.FLIGHTS,
                        record -> record.with(new RecordedRun(new RunId("earlier"), "s3://state/runs/earlier/", 1)));
        fixture.aws.log().reset();

        assertThat(leftOut(detect("since", "{}"))).containsExactly("analytics.flights NO_LONGER_USABLE");
        assertThat(fixture.aws.log().calls().stream()
                        .filter(call -> call.target().contains("state/tables/"))
                        .map(call -> call.operation() + " " + call.target()))
                .containsExactly(
                        "ListObjectsV2 state/tables/unnamed/",
                        "ListObjectsV2 state/tables/analytics/",
                        "GetObject state/tables/analytics/flights/state.json");

        fixture.alterParameter("fanin.enabled", "false");

        assertThat(leftOut(detect("on-purpose", "{}"))).containsExactly("analytics.flights DISABLED");
    }

    @Test
    void runThatOnlyLeavesTablesOutIsSummedUp() {
        waits("t7", at("t7.json"), 0);

        assertThat(detect("events", ONLY_EVENTS).next()).isEqualTo(TablesAnswer.Next.SUM_UP);
        assertThat(detect("older", ONLY_EVENTS, false).next()).isEqualTo(TablesAnswer.Next.RUN);
    }

    /** What runs before it left out by mistake, or saw fail, is over: that has to be told. */
    @ParameterizedTest
    @ValueSource(strings = {"", "false"})
    void runOfAllTablesIsSummedUpIfThereIsNone(String enabled) {
        if (!enabled.isEmpty()) {
            spec("off", ", \"enabled\": " + enabled);
        }

        assertThat(detect("night", "{}").next()).isEqualTo(TablesAnswer.Next.SUM_UP);
        assertThat(detect("of-some", "{'tables': ['raw.*']}").next()).isEqualTo(TablesAnswer.Next.NOTHING);
    }

    /** It has a schedule of its own, and nobody has to be told each time. */
    @Test
    void disabledTableIsNotToldByRunsOfItsEvents() {
        spec("t7", ", \"enabled\": false");
        waits("t7", at("t7.json"), 0);

        TablesAnswer answer = detect("events", ONLY_EVENTS);

        assertThat(answer.next()).isEqualTo(TablesAnswer.Next.NOTHING);
        assertThat(answer.leftOut()).isOne();
    }

    @Test
    void dryRunOnlyChooses() {
        spec("one", "");

        assertThat(detect("plan", "{'dryRun': true}").next()).isEqualTo(TablesAnswer.Next.PLANNED);
    }

    @Test
    void withoutAnItemTheMapIsLeftOutWhereTheDefinitionCanDoSo() throws JsonProcessingException {
        fixture.table("")
                .data("dt=2026-11-18/hour=11")
                .processed("dt=2026-11-18/hour=11", "2026-11-18", "11")
                .settled();
        fixture.aws.s3().put("lake", "specs/flights.json", "{\"database\": \"analytics\", \"table\": \"flights\"}");

        TablesAnswer answer = detect("night", "{}");

        assertThat(answer.next()).isEqualTo(TablesAnswer.Next.SUM_UP);
        assertThat(answer.tables()).isZero();
        assertThat(answer.upToDate()).isOne();
        assertThat(items(answer)).isEmpty();
        assertThat(detect("older", "{}", false).next()).isEqualTo(TablesAnswer.Next.RUN);
        assertThat(detect("plan", "{'dryRun': true}").tables())
                .as("a plan looks at none")
                .isOne();
    }

    /** Glue allows names that no table has which runs can name. */
    @ParameterizedTest
    @ValueSource(strings = {"my view", "a.b"})
    void nameThatRunsCannotNameStopsNoOtherTable(String name) {
        databases = "analytics";
        spec("one", "");
        fixture.table("");
        TableInput view = TableInput.builder()
                .name(name)
                .tableType("VIRTUAL_VIEW")
                .parameters(Map.of("fanin.enabled", "false"))
                .storageDescriptor(StorageDescriptor.builder()
                        .columns(Column.builder().name("x").type("string").build())
                        .build())
                .build();
        fixture.aws
                .glue()
                .client()
                .createTable(request -> request.databaseName("analytics").tableInput(view));

        TablesAnswer answer = detect("night", "{}");

        assertThat(answer.tables() + answer.upToDate()).isEqualTo(2);
        assertThat(leftOut(answer)).containsExactly("analytics." + name + " DISABLED");
    }

    /**
     * A run that looks only at tables with events leaves it out, and one that looks at all others must not deny that.
     */
    @Test
    void tableThatNothingKnowsAndForWhichEventsWaitIsLeftOutByAllRuns() {
        spec("one", "");
        spec("two", ", \"enabled\": false");
        waits("one", at("one.json"), 0);
        waits("two", at("two.json"), 0);
        waits("t7", Optional.empty(), 0);
        waits("t8", at("t8.json"), 0);

        assertThat(leftOut(detect("events", ONLY_EVENTS)))
                .containsExactlyInAnyOrder(
                        "raw.t7 UNREADABLE", "s3://lake/specs/t8.json UNREADABLE", "s3://lake/specs/two.json DISABLED");
        assertThat(leftOut(detect("night", "{}")))
                .containsExactlyInAnyOrder(
                        "raw.t7 UNREADABLE", "s3://lake/specs/t8.json UNREADABLE", "s3://lake/specs/two.json DISABLED");
        assertThat(leftOut(detect("some", "{'tables': ['raw.one']}"))).isEmpty();
    }

    @Test
    void brokenSpecIsLeftOut() {
        spec("one", "");
        spec("broken", ", \"unknown\": 1");

        TablesAnswer answer = detect("night", "{}");

        assertThat(answer.tables()).isOne();
        assertThat(answer.leftOut()).isOne();
    }
}
