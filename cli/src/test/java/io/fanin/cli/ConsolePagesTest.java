package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.entered;
import static io.fanin.cli.FakeStepFunctions.exited;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.running;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static io.fanin.cli.OpenConsole.RUN;
import static io.fanin.cli.OpenConsole.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.ExecutionError;
import io.fanin.core.history.TableHistories;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;

/** The pages of the console lead to each other, and show runs at work and runs without a report. */
class ConsolePagesTest {

    @RegisterExtension
    final OpenConsole console = new OpenConsole();

    private final CliFixture cli = console.cli;

    @Test
    void pagesAreServedWhereTheyLeadToEachOther() throws Exception {
        assertThat(console.get("/").headers().firstValue("Location")).contains("/tables/index.html");
        assertThat(console.get("/tables/analytics/flights").headers().firstValue("Location"))
                .contains(TABLE);
        assertThat(console.get("/runs/flights-1").headers().firstValue("Location"))
                .contains(RUN);
        assertThat(console.get("/tables/index.html").body())
                .contains("href=\"analytics/flights/index.html\"", "PARTIAL");
        assertThat(console.get(TABLE).body())
                .contains("../../../runs/flights-1/report.html", "Redrive", "Run", "Plan", "Waive");
        assertThat(console.get(RUN).body()).contains("Truncated", "dt=2013-02-08/hour=17", "Redrive");
        assertThat(console.get("/runs/flights-1/report.json").body()).contains("\"registered\":23");
    }

    /** A partition that fails again keeps its place before those that failed since its first failure. */
    @Test
    void tableRedrivesTheRunThatItsPageNames() throws Exception {
        Instant since = Instant.parse("2013-02-08T18:05:00Z");
        cli.records()
                .update(
                        CliFixture.FLIGHTS,
                        before -> TableRecord.NEW.withFailures(
                                List.of(
                                        failure("flights-1", "17").ofDataReadAt(since),
                                        failure("flights-0", "18").ofDataReadAt(since.minusSeconds(60))),
                                TestForms.AS_WRITTEN));

        assertThat(console.get(TABLE).body())
                .contains("fanin redrive flights-1", "/runs/flights-1/redrive")
                .doesNotContain("/runs/flights-0/redrive");
    }

    private static OutstandingFailure failure(String run, String hour) {
        return OutstandingFailure.first(
                new Partition(PartitionValues.of("2013-02-08", hour), "flights/" + hour + "/"),
                new Failure(FailureCode.TRUNCATED, "cut"),
                new RunId(run),
                0);
    }

    @Test
    void pageCostsFewRequestsAndNothingIsAskedOtherwise() throws Exception {
        assertThat(requests(() -> {})).isZero();
        assertThat(requests(() -> console.get("/tables/index.html"))).isLessThanOrEqualTo(6);
        assertThat(requests(() -> console.get(TABLE))).isLessThanOrEqualTo(6);
        assertThat(requests(() -> console.get(RUN))).isLessThanOrEqualTo(6);
    }

    /** The page that a run of all tables writes has the same text, but may be old. */
    @Test
    void namesThatFitNoLayoutAreOnThePageOfAllTables() throws Exception {
        new TableHistories(cli.store)
                .updateHistory(
                        TableName.of("analytics.backup"),
                        known -> known.withUnfitOf(TableRecord.NEW.withUnfit(
                                new UnfitNames(1, "backup/2013/", "expected dt=<date>", true))));

        assertThat(console.get("/tables/index.html").body())
                .contains("analytics.backup", "the only name that was listed does not fit the layout, such as");
        assertThat(requests(() -> console.get("/tables/index.html"))).isLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/tables",
                "/tables/analytics/nothing",
                "/tables/analytics/nothing/index.html",
                "/tables/Analytics/flights",
                "/tables/analytics/%3Cscript%3E",
                "/tables/analytics/flights/state.json",
                "/runs/nothing/report.html",
                "/runs/nothing/report.json",
                "/runs/.hidden",
                "/runs/%2e%2e/report.html",
                "/runs/flights-1/spec.json",
            })
    void unknownPathIsNotFound(String path) throws Exception {
        HttpResponse<String> answer = console.get(path);
        if (answer.statusCode() == HttpURLConnection.HTTP_MOVED_TEMP) {
            answer = console.get(answer.headers().firstValue("Location").orElseThrow());
        }

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Not done").doesNotContain("Exception", "<script>");
    }

    @Test
    void onlyThePageOfARunAtWorkReloads() throws Exception {
        cli.stepFunctions
                .countsItems(MapRunItemCounts.builder()
                        .total(24L)
                        .succeeded(3L)
                        .failed(0L)
                        .timedOut(0L)
                        .aborted(0L)
                        .build())
                .put(
                        running("flights-2"),
                        entered(1, "Detect new partitions", "Task"),
                        exited(2, Map.of("next", "PROCESS", "partitions", 24, "batches", 24)),
                        entered(3, "Fan out over partitions", "Map"));

        HttpResponse<String> page = console.get("/runs/flights-2/report.html");

        assertThat(page.headers().firstValue("Refresh")).contains("3");
        assertThat(page.body())
                .contains("RUNNING", "Detect new partitions", "(24 partitions in 24 batches)", "3 of 24")
                .doesNotContain("Redrive");
        HttpResponse<String> tables = console.get("/tables/index.html");
        assertThat(tables.body()).contains("At work", "href=\"/runs/flights-2/report.html\"");
        assertThat(tables.headers().firstValue("Refresh")).isEmpty();
    }

    @Test
    void runWithoutAReportSaysWhatCameOfIt() throws Exception {
        cli.stepFunctions
                .put(succeeded("flights-2", Map.of("next", "NOTHING_NEW", "table", "analytics.flights", "found", 24)))
                .put(failed("flights-3", "SpecException", Map.of("errorMessage", "$.table: <i>is missing</i>")));

        assertThat(console.get("/runs/flights-2/report.html").body())
                .contains(
                        "Nothing new: analytics.flights is up to date",
                        "href=\"/tables/analytics/flights/index.html\"");
        assertThat(console.get("/runs/flights-3/report.html").body())
                .contains("$.table: &lt;i&gt;is missing", "Redrive");
    }

    @Test
    void redriveThatFailedOtherwiseIsToldAboveTheReportOfThePassBefore() throws Exception {
        assertThat(console.get(RUN).body()).doesNotContain("class=\"lines\"");

        cli.stepFunctions.put(failed(
                "flights-1", ExecutionError.TABLE_REPLACED.className(), Map.of("errorMessage", "created again")));

        assertThat(console.get(RUN).body()).contains("class=\"lines\"", "created again", "dt=2013-02-08/hour=17");
    }

    /** An action in a browser. */
    @FunctionalInterface
    private interface Look {

        void look() throws Exception;
    }

    private int requests(Look look) throws Exception {
        int before = cli.requests();
        look.look();
        return cli.requests() - before;
    }
}
