package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The summary of a run of all tables about tables that were up to date, for which no execution was started. */
class UpToDateTablesTest {

    private final RunFixture fixture = new RunFixture();
    private final TableCreatorHandler handler = fixture.handler(fixture.figures);

    private JsonNode summary(int redrives) throws IOException {
        String event = """
                {"action":"summarize","run":"night","receipts":[],
                 "execution":{"Id":"arn:aws:states:us-east-1:123456789012:execution:all-tables:night",
                  "Name":"night","Input":{},"RedriveCount":%d}}
                """.formatted(redrives);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
        return json(answer.toString(StandardCharsets.UTF_8));
    }

    private void upToDate(UpToDateTable... tables) {
        new AllTablesFolder(fixture.state, new RunId("night"))
                .begin(() -> new Selection(Selection.VERSION, List.of(), List.of(), List.of(tables), true));
    }

    private static UpToDateTable table(String name, Optional<UnfitNames> unfit) {
        return new UpToDateTable(
                TableName.of(name),
                new TableProgress(Optional.of("2013-02-08T23:00"), Optional.empty()),
                2,
                unfit,
                false);
    }

    @Test
    void reportHasThemAsTheirExecutionsWouldHaveEnded() throws IOException {
        upToDate(
                table("raw.two", Optional.of(new UnfitNames(1, "two/x/", "no hour", false))),
                table("raw.one", Optional.empty()));

        JsonNode answer = summary(0);

        assertThat(answer.path("status").asText()).isEqualTo("COMPLETE");
        assertThat(answer.at("/totals/NOTHING_NEW").asInt()).isEqualTo(2);
        JsonNode report = json(fixture.aws
                .s3()
                .text(RunFixture.STATE, "all-tables/night/report.json")
                .orElseThrow());
        assertThat(report.path("results")).isEqualTo(json("""
                [{"table": "raw.one", "outcome": "NOTHING_NEW"},
                 {"table": "raw.two", "outcome": "NOTHING_NEW",
                  "message": "1 name does not fit the layout, such as two/x/ (no hour): rename what does not fit, or correct the spec's layout and partitionKeys"}]
                """));
        assertThat(fixture.aws.s3().text(RunFixture.STATE, "tables/index.html").orElseThrow())
                .contains("raw.one", "raw.two", "1 name does not fit");
    }

    /** Otherwise it would remain unknown how far behind a table is to which no data arrives any more. */
    @Test
    void eachTellsOnceHowFarBehindItIs() throws IOException {
        upToDate(table("raw.one", Optional.empty()));

        summary(0);
        List<String> lines = List.copyOf(fixture.lines);
        summary(1);

        JsonNode line = json(lines.getFirst());
        assertThat(line.path("Table").asText()).isEqualTo("raw.one");
        assertThat(line.path("CompleteThroughLagMinutes").asInt()).isEqualTo(25 * 60);
        assertThat(line.path("Outstanding").asInt()).isZero();
        assertThat(line.path("Waived").asInt()).isEqualTo(2);
        assertThat(lines).as("and the run's own").hasSize(2);
        assertThat(fixture.lines).as("a redrive looks at none of them again").hasSize(3);
    }

    /** It would need attention for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void droppedTableNeedsNoAttention(boolean isDropped) throws IOException {
        fixture.pass(new RunId("first"), 0, new Partition(PartitionValues.of("2013-02-08", "1"), "flights/1/"))
                .failing(0)
                .register();
        if (isDropped) {
            fixture.others.dropTable();
        }
        fixture.lines.clear();
        upToDate();

        summary(0);

        assertThat(fixture.aws
                        .s3()
                        .text(RunFixture.STATE, "tables/index.html")
                        .orElseThrow()
                        .contains(RunFixture.FLIGHTS.toString()))
                .isNotEqualTo(isDropped);
        assertThat(json(fixture.lines.getLast()).path("PartialTables").asInt()).isEqualTo(isDropped ? 0 : 1);
    }

    @Test
    void tableWhoseHistoryCannotBeReadNeedsAttentionAndHidesNoOther() throws IOException {
        fixture.pass(new RunId("first"), 0, new Partition(PartitionValues.of("2013-02-08", "1"), "flights/1/"))
                .register();
        fixture.state.put("tables/analytics/flights/history.json", "{\"runs\": [");
        fixture.lines.clear();
        upToDate(table("raw.two", Optional.empty()));

        summary(0);

        assertThat(fixture.aws.s3().text(RunFixture.STATE, "tables/index.html").orElseThrow())
                .contains(
                        "raw.two",
                        "2 tables · 1 needs attention",
                        "UNREADABLE",
                        "s3://state/tables/analytics/flights/history.json cannot be read");
        assertThat(json(fixture.lines.getLast()).path("PartialTables").asInt()).isEqualTo(1);
    }

    /** As the version before has written it. */
    @Test
    void selectionWithoutThemHasNone() throws IOException {
        fixture.state.put("all-tables/night/selection.json", "{\"version\": 1, \"items\": [], \"leftOut\": []}");

        assertThat(summary(0).at("/totals/NOTHING_NEW").asInt()).isZero();
    }
}
