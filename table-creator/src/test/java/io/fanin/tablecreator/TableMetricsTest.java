package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.run.BatchResult;
import io.fanin.tablecreator.metrics.TableMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of passes in the log, from which CloudWatch extracts them. */
class TableMetricsTest {

    private final RunFixture fixture = new RunFixture();
    private final TableCreatorHandler handler = fixture.handler(fixture.figures);

    @Test
    void passIsOneLineOfTheEmbeddedMetricFormat() throws IOException {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass.result(new BatchResult(0, List.of(Pass.lacking(hour(0), 7))));

        register(pass, 0);

        assertThat(line()).isEqualTo(json("""
                {"_aws": {"Timestamp": 1360454400000, "CloudWatchMetrics": [
                   {"Namespace": "PartitionFanIn", "Dimensions": [["Stack"]], "Metrics": [
                     {"Name": "Registered", "Unit": "Count"}, {"Name": "Failed", "Unit": "Count"},
                     {"Name": "Outstanding", "Unit": "Count"}, {"Name": "Waived", "Unit": "Count"},
                     {"Name": "BadRecords", "Unit": "Count"}, {"Name": "CompleteThroughLagMinutes", "Unit": "None"},
                     {"Name": "RunSeconds", "Unit": "Seconds"}, {"Name": "Requests", "Unit": "Count"}]},
                   {"Namespace": "PartitionFanIn", "Dimensions": [["Stack", "Table"]], "Metrics": [
                     {"Name": "Registered", "Unit": "Count"}, {"Name": "Failed", "Unit": "Count"},
                     {"Name": "Outstanding", "Unit": "Count"}, {"Name": "Waived", "Unit": "Count"},
                     {"Name": "BadRecords", "Unit": "Count"}, {"Name": "CompleteThroughLagMinutes", "Unit": "None"},
                     {"Name": "RunSeconds", "Unit": "Seconds"}, {"Name": "Requests", "Unit": "Count"}]}]},
                 "Stack": "fanin", "Table": "analytics.flights", "Registered": 2, "Failed": 1, "Outstanding": 1, "Waived": 0,
                 "BadRecords": 7, "CompleteThroughLagMinutes": 2880, "RunSeconds": 3600, "Requests": 0, "Run": "nightly-1"}
                """));
    }

    @Test
    void laterPassCountsOnlyItsOwn() throws IOException {
        Pass first = fixture.pass(RUN, 0, hours(3)).failing(1);
        first.result(new BatchResult(0, List.of(Pass.lacking(hour(0), 7))));
        register(first, 0);

        register(fixture.pass(RUN, 1, hour(1)), 1);

        JsonNode line = json(fixture.lines.getLast());
        assertThat(line.path("Registered").asInt()).isEqualTo(1);
        assertThat(line.path("BadRecords").asInt()).isZero();
        assertThat(line.has("RunSeconds"))
                .as("a redrive comes when somebody has the time")
                .isFalse();
    }

    @Test
    void passThatIsAnsweredAgainCountsOnce() throws IOException {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        register(pass, 0);

        register(pass, 0);

        assertThat(fixture.lines).hasSize(2).last().satisfies(line -> {
            assertThat(json(line).path("CompleteThroughLagMinutes").isNumber())
                    .as("the first one may have died before it wrote it")
                    .isTrue();
            assertThat(json(line).has("Registered")).isFalse();
        });
    }

    /** Otherwise it would remain unknown how far behind a table is to which no data arrives any more. */
    @Test
    void runWithNothingToDoTellsHowFarBehindTheTableIs() {
        fixture.pass(RUN, 0, hours(3)).register();
        fixture.announcements.ended(Ends.read(Ends.end("SUCCEEDED", null, 1)
                .put("name", "nightly-2")
                .put("output", "{\"table\":\"analytics.flights\",\"next\":\"NOTHING_NEW\"}")));

        assertThat(line().path("CompleteThroughLagMinutes").asInt()).isEqualTo(48 * 60 - 2 * 60);
        assertThat(line().has("Registered")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "none, ''",
        "lag, CompleteThroughLagMinutes",
        "all, Registered Failed Outstanding Waived BadRecords CompleteThroughLagMinutes RunSeconds Requests"
    })
    void tableHasTheMetricsThatAreAskedFor(String asked, String names) throws IOException {
        TableMetrics metrics =
                new TableMetrics(Optional.of("fanin"), TableSeries.of(asked), fixture.clock, fixture.lines::add);

        register(fixture.handler(metrics), fixture.pass(RUN, 0, hours(3)).failing(1), 0);

        JsonNode directives = line().at("/_aws/CloudWatchMetrics");
        assertThat(directives.get(0).get("Dimensions")).isEqualTo(json("[[\"Stack\"]]"));
        assertThat(directives.path(1).path("Metrics").findValuesAsText("Name"))
                .containsExactly(names.isEmpty() ? new String[0] : names.split(" ", -1))
                .as("what it costs")
                .hasSize(TableSeries.of(asked).metrics());
    }

    @Test
    void anotherWordForTheMetricsOfTablesIsRefused() {
        assertThatThrownBy(() -> TableSeries.of("every"))
                .hasMessage("TABLE_METRICS is 'every', expected one of none, lag, all");
    }

    private JsonNode line() {
        assertThat(fixture.lines).hasSize(1);
        return json(fixture.lines.getFirst());
    }

    private void register(Pass pass, int number) throws IOException {
        register(handler, pass, number);
    }

    private static void register(TableCreatorHandler handler, Pass pass, int number) throws IOException {
        String event = """
                {"action":"register","run":"nightly-1","pass":%d,"receipts":%s,
                 "execution":{"Id":"%s","Name":"nightly-1","StartTime":"2013-02-09T23:00:00Z"}}
                """.formatted(number, pass.receipts(), Ends.ARN);
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
    }
}
