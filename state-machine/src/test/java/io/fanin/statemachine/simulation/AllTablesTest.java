package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fanin.fakes.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs of all tables, with the deployed definitions and functions. */
class AllTablesTest {

    private static final String GOOD = "{\"carrier\": \"AA\"}";

    private static final Map<String, String> LATE_DATA =
            Map.of("fanin.detection", "{\"mode\": \"list\", \"lateData\": true}");

    private final Tables tables = new Tables();

    private static long total(JsonNode answer, String outcome) {
        return answer.path("totals").path(outcome).asLong();
    }

    private JsonNode report(String run) {
        return Tables.json(tables.aws
                .s3()
                .text("state", "all-tables/" + run + "/report.json")
                .orElseThrow());
    }

    private Map<String, String> outcomes(String run) {
        Map<String, String> outcomes = new HashMap<>();
        report(run)
                .path("results")
                .forEach(result -> outcomes.put(
                        result.path("table").asText(), result.path("outcome").asText()));
        return outcomes;
    }

    @Test
    void thousandTablesCostLittleWhenNothingIsNew() {
        for (int i = 0; i < 1000; i++) {
            String table = "raw_" + i % 3 + ".t" + i;
            tables.table(table, LATE_DATA);
            tables.day(table, "2026-11-19", GOOD);
        }

        JsonNode first = tables.run("first", "{}");

        assertThat(total(first, "COMPLETE")).isEqualTo(1000);
        assertThat(first.toString().length()).as("the state's size").isLessThan(10_000);

        tables.started.clear();

        JsonNode second = tables.run("second", "{}");

        assertThat(total(second, "NOTHING_NEW")).isEqualTo(1000);
        assertThat(tables.started).as("executions").isEmpty();
        assertThat(tables.requests()).as("requests to data buckets and Glue").isLessThanOrEqualTo(5 * 1000);
        assertThat(tables.states()).as("states that were entered").isLessThanOrEqualTo(4);
        assertThat(writes()).as("beside the run's own").containsExactly("state/tables/index.html");

        for (int i = 0; i < 20; i++) {
            tables.day("raw_" + i % 3 + ".t" + i, "2026-11-20", GOOD);
        }

        JsonNode third = tables.run("third", "{}");

        assertThat(total(third, "COMPLETE")).isEqualTo(20);
        assertThat(total(third, "NOTHING_NEW")).isEqualTo(980);
        assertThat(tables.started).as("executions").hasSize(20);
    }

    /** The objects that the last run has written outside of its own folder. */
    private List<String> writes() {
        return tables.aws.log().calls("PutObject").stream()
                .map(Call::target)
                .filter(target -> !target.startsWith("state/all-tables/"))
                .distinct()
                .toList();
    }

    @Test
    void tableThatCannotBeReadIsRunAndFailsByName() {
        for (String table : List.of("raw_x.one", "raw_x.two", "raw_x.three")) {
            tables.table(table, Map.of());
            tables.day(table, "2026-11-19", GOOD);
        }
        tables.run("first", "{}");
        tables.started.clear();
        tables.aws
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().startsWith("lake/raw_x.two/"))
                .thenFail(403, "AccessDenied", "no");

        assertThatThrownBy(() -> tables.run("second", "{}"))
                .hasMessageContaining("TablesFailedException")
                .hasMessageContaining("raw_x.two (failed");

        assertThat(tables.started).hasSize(1);
        assertThat(outcomes("second"))
                .containsEntry("raw_x.one", "NOTHING_NEW")
                .containsEntry("raw_x.three", "NOTHING_NEW");
    }

    @Test
    void failingTablesHarmNoOtherAndAreNamed() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.table("raw_x.bad", Map.of());
        tables.day("raw_x.bad", "2026-11-19", "no json");
        tables.table("raw_x.gone", Map.of());
        tables.aws
                .glue()
                .alterTable(
                        "raw_x",
                        "gone",
                        table -> table.withObject("/StorageDescriptor").put("Location", "s3://elsewhere/gone/"));

        assertThatThrownBy(() -> tables.run("night", "{}"))
                .hasMessageContaining("TablesFailedException")
                .hasMessageNotContaining("raw_x.good")
                .message()
                .containsSubsequence("raw_x.gone (failed", "raw_x.bad (partial");

        assertThat(tables.aws.s3().text("state", "tables/index.html").orElseThrow())
                .containsSubsequence("raw_x.gone", ">FAILED<", "raw_x.bad", ">PARTIAL<", "raw_x.good", ">COMPLETE<");
        assertThat(outcomes("night"))
                .containsEntry("raw_x.good", "COMPLETE")
                .containsEntry("raw_x.bad", "PARTIAL")
                .containsEntry("raw_x.gone", "FAILED");
    }

    @Test
    void dataThatDoesNotFitItsLayoutIsNamed() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.aws.s3().put("lake", "raw_x.good/backup/a.json", GOOD);

        JsonNode first = tables.run("first", "{}");
        JsonNode second = tables.run("second", "{}");

        assertThat(total(first, "COMPLETE")).isEqualTo(1);
        assertThat(total(second, "NOTHING_NEW")).isEqualTo(1);
        for (String run : List.of("first", "second")) {
            assertThat(report(run).at("/results/0/message").asText())
                    .startsWith("1 name does not fit the layout, such as raw_x.good/backup/ (");
        }
    }

    @Test
    void tableOfWhichNothingFitsFailsByName() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.table("raw_x.other", Map.of());
        tables.aws.s3().put("lake", "raw_x.other/2026-11-19/a.json", GOOD);

        for (String run : List.of("first", "second")) {
            assertThatThrownBy(() -> tables.run(run, "{}"))
                    .hasMessageContaining("TablesFailedException")
                    .hasMessageContaining("raw_x.other (failed")
                    .hasMessageContaining("NothingFitsException")
                    .hasMessageNotContaining("raw_x.good");
        }

        assertThat(outcomes("second"))
                .containsEntry("raw_x.good", "NOTHING_NEW")
                .containsEntry("raw_x.other", "FAILED");
        assertThat(report("second").toString())
                .contains("none of the names below s3://lake/raw_x.other/ fits", "state \\\"layout\\\": \\\"${dt}\\\"");
        assertThat(tables.aws.s3().text("state", "tables/index.html").orElseThrow())
                .containsSubsequence("raw_x.other", ">FAILED<", "raw_x.good", ">COMPLETE<");

        tables.aws
                .glue()
                .alterTable(
                        "raw_x",
                        "other",
                        table -> table.withObject("/Parameters").put("fanin.layout", "${dt}"));

        assertThat(total(tables.run("third", "{}"), "COMPLETE")).isEqualTo(1);
    }

    @Test
    void runEndsAsItWouldWithoutThePageOfAllTables() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("tables/index.html"))
                .thenFail(403, "AccessDenied", "no");

        assertThat(total(tables.run("night", "{}"), "COMPLETE")).isEqualTo(1);
    }

    @Test
    void pageShowsTablesThatTheRunHasNotRun() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.run("night", "{}");
        tables.table("raw_y.other", Map.of());
        tables.day("raw_y.other", "2026-11-19", GOOD);

        tables.run("one", "{\"tables\": [\"raw_y.*\"]}");

        assertThat(tables.aws.s3().text("state", "tables/index.html").orElseThrow())
                .contains("raw_x.good", "raw_y.other");
    }

    @Test
    void onlySpecThatWasBrokenIsNotLeftOutOnceItIsDeleted() {
        tables.aws.s3().put("config", "specs/torn.json", "{");
        tables.run("first", "{}");
        assertThat(tables.aws.s3().text("state", "tables/index.html").orElseThrow())
                .contains(">LEFT OUT<");
        tables.aws.s3().delete("config", "specs/torn.json");

        tables.run("second", "{}");

        assertThat(tables.aws.s3().text("state", "tables/index.html").orElseThrow())
                .doesNotContain("torn.json");
    }

    @Test
    void redrivenRunCountsWhatIsCompleteByNow() {
        tables.table("raw_x.bad", Map.of());
        tables.day("raw_x.bad", "2026-11-19", "no json");
        assertThatThrownBy(() -> tables.run("night", "{}")).hasMessageContaining("raw_x.bad (partial");
        ArrayNode receipts = JsonNodeFactory.instance.arrayNode();
        receipts.addNull();
        assertThatThrownBy(() -> tables.redriveSumUp("night", receipts))
                .as("nothing is repaired yet")
                .hasMessageContaining("raw_x.bad (partial");

        tables.day("raw_x.bad", "2026-11-19", GOOD);
        tables.runTable("mending", Tables.json("{\"database\": \"raw_x\", \"table\": \"bad\"}"));

        assertThat(tables.redriveSumUp("night", receipts).path("status").asText())
                .isEqualTo("COMPLETE");
        assertThat(outcomes("night")).containsEntry("raw_x.bad", "COMPLETE");
    }

    @Test
    void redrivenRunCountsWhatALaterRunHasLeftOutstanding() {
        tables.table("raw_x.bad", Map.of());
        tables.day("raw_x.bad", "2026-11-18", "no json");
        tables.day("raw_x.bad", "2026-11-19", "no json");
        assertThatThrownBy(() -> tables.run("night", "{}")).hasMessageContaining("raw_x.bad (partial");
        tables.day("raw_x.bad", "2026-11-18", GOOD);
        tables.runTable("mending", Tables.json("{\"database\": \"raw_x\", \"table\": \"bad\"}"));

        assertThatThrownBy(() -> tables.redriveSumUp("night", Tables.json("[null]")))
                .hasMessageContaining("raw_x.bad (partial");

        JsonNode result = report("night").at("/results/0");
        assertThat(result.path("outstanding").asInt()).isOne();
        assertThat(result.path("message").asText())
                .startsWith("since run mending: 1 partition outstanding: 2026-11-19 (");
    }

    @Test
    void itemThatIsStartedTwiceIsLookedAt() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.run("night", "{}");

        JsonNode again = tables.run("night", "{}");

        assertThat(total(again, "COMPLETE")).isOne();
        assertThat(tables.started).hasSize(1);
    }

    /** The alarm does not exclude the run: the stack has no listener for notices about the partial table. */
    @Test
    void tablesThatNeedAttentionAreAMetricOfTheStack() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.table("raw_x.bad", Map.of());
        tables.day("raw_x.bad", "2026-11-19", "no json");

        assertThatThrownBy(() -> tables.run("night", "{}")).hasMessageContaining("TablesPartialException");

        assertThat(Tables.json(tables.figures.getLast())).isEqualTo(Tables.json("""
                {"_aws": {"Timestamp": 1795176000000, "CloudWatchMetrics": [
                   {"Namespace": "PartitionFanIn", "Dimensions": [["Stack"]],
                    "Metrics": [{"Name": "PartialTables", "Unit": "Count"}]}]},
                 "Stack": "fanin", "PartialTables": 1, "Run": "night"}
                """));
        assertThat(tables.figures).noneMatch(line -> line.contains("HeldRuns"));
    }

    @Test
    void tableWhoseIterationFailsUncaughtHarmsNoOther() {
        for (String table : List.of("raw_x.one", "raw_x.two")) {
            tables.table(table, Map.of());
            tables.day(table, "2026-11-19", GOOD);
        }
        tables.loseNextItem();

        assertThatThrownBy(() -> tables.run("night", "{}")).hasMessageContaining("TablesFailedException");

        assertThat(tables.figures).noneMatch(line -> line.contains("HeldRuns"));
        assertThat(outcomes("night").values()).containsExactlyInAnyOrder("COMPLETE", "FAILED");
    }

    @Test
    void inputOfATableOfTheCatalogIsItsName() {
        tables.table("raw_x.good", Map.of());
        tables.day("raw_x.good", "2026-11-19", GOOD);
        tables.run("night", "{\"time\": \"2026-11-20T10:00:00Z\", \"overrides\": {\"onPartial\": \"succeed\"}}");

        JsonNode input = tables.started.values().iterator().next();
        assertThat(input.path("spec").toString()).isEqualTo("{\"database\":\"raw_x\",\"table\":\"good\"}");
        assertThat(input.path("onPartial").asText()).isEqualTo("succeed");
        assertThat(input.path("time").asText()).isEqualTo("2026-11-20T10:00:00Z");
    }

    /** A run every ten minutes for S3 events has few tables, but the page of all tables lists the others, too. */
    @Test
    void tablesOutsideOfTheRunAreListedByTheHundred() {
        for (int i = 0; i < 150; i++) {
            tables.table("raw_x.t" + i, Map.of());
            tables.day("raw_x.t" + i, "2026-11-19", GOOD);
        }
        tables.run("first", "{}");
        tables.day("raw_x.t0", "2026-11-20", GOOD);
        tables.invocations.clear();

        tables.run("second", "{\"tables\": [\"raw_x.t0\"]}");

        assertThat(outcomes("second")).containsOnly(Map.entry("raw_x.t0", "COMPLETE"));
        assertThat(tables.invocations.getLast().calls())
                .filteredOn(call -> call.service().equals("glue"))
                .extracting(Call::operation)
                .containsExactly("GetTables", "GetTables");
    }
}
