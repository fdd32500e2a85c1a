package io.fanin.pages;

import static io.fanin.pages.PageFixture.FLIGHTS;
import static io.fanin.pages.PageFixture.NOW;
import static io.fanin.pages.PageFixture.failing;
import static io.fanin.pages.PageFixture.failure;
import static io.fanin.pages.PageFixture.history;
import static io.fanin.pages.PageFixture.hour;
import static io.fanin.pages.PageFixture.hours;
import static io.fanin.pages.PageFixture.read;
import static io.fanin.pages.PageFixture.report;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.history.Calendar;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistory;
import io.fanin.core.json.Json;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.ExecutionArn;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.folder.RunStart;
import io.fanin.core.table.TableName;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.TablePage;
import io.fanin.pages.view.TablesPage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlPagesTest {

    private static final int MEGABYTE = 1_000_000;

    private static final String FAILURE = """
            "failures": [{"partition": "dt=2013-02-08/hour=17", "values": ["2013-02-08", "17"], "prefix": "f/", "attempts": 3,
                          "error": "Truncated", "message": "object flights.json.gz ended", "since": "2013-02-08T18:05:00Z"}]""";

    private static final String START = """
            {"database": "analytics", "table": "flights", "processor": {"type": "validate"},
             "requests": {"Glue GetTable": 1, "S3 ListObjectsV2": 1234}}""";

    private static final LocalDateTime FAILED = LocalDateTime.parse("2013-02-08T17:00");

    @Test
    void runSaysFailuresFirstAndWhatToDo() {
        Document page = run(report(FAILURE), Optional.empty());

        assertThat(page.title()).isEqualTo("flights-20130209T1405 · PARTIAL");
        assertThat(texts(page, "h2")).first().isEqualTo("Failures");
        assertThat(texts(page, ".fault h3")).containsExactly("Truncated · 1 partition");
        assertThat(texts(page, ".todo")).containsExactly("Write the object again, then redrive.");
        assertThat(page.select(".fault").text())
                .contains("dt=2013-02-08/hour=17 since 2013-02-08 18:05, tried 3 times object flights.json.gz ended");
        assertThat(texts(page, ".facts div")).contains("Registered 23", "Failed 1", "Outstanding 1", "Took 1 min 0 s");
        assertThat(page.text()).contains("fanin redrive flights-20130209T1405");
    }

    @Test
    void runSaysWhatWasNotTaken() {
        Document page = run(report(FAILURE + """
                        , "skipped": {"count": 1, "sample": [{"partition": "dt=2013-02-07/hour=1", "prefix": "f/", "detail": "empty"}]},
                        "waived": 1, "waivers": [{"partition": "dt=2013-02-05/hour=22", "values": ["2013-02-05", "22"],
                          "reason": "lost for good", "by": "on-call", "at": "2013-02-06T00:00:00Z"}],
                        "badRecords": 12, "badRecordsSample": [{"partition": "dt=2013-02-08/hour=12", "prefix": "f/", "count": 9}],
                        "quarantine": "s3://state/runs/r/quarantine/"
                        """), Optional.of("""
                        {"found": 24, "registered": 0, "from": "2013-02-06T14:00", "reasons": {"NEW": 24},
                         "waiting": {"count": 1, "sample": [{"partition": "dt=2013-02-09/hour=14", "prefix": "f/", "detail": "quiet period"}]},
                         "missing": {"count": 5, "sample": [{"first": "2013-02-09T05:00", "last": "2013-02-09T09:00", "count": 5}]},
                         "skipped": {"BAD_VALUE": 1}, "skippedSample": [{"prefix": "f/hour=7x/", "reason": "BAD_VALUE", "detail": "no int"}]}
                        """));

        assertThat(texts(page, "h2"))
                .containsExactly(
                        "Failures",
                        "Not taken",
                        "Bad records 12 records left out, kept in s3://state/runs/r/quarantine/",
                        "Waived",
                        "What it did");
        assertThat(page.text())
                .contains("Waiting: not ready yet 1 dt=2013-02-09/hour=14: quiet period")
                .contains("No prefix for the period 5 2013-02-09T05:00 to 2013-02-09T09:00")
                .contains("Skipped: BAD_VALUE 1 f/hour=7x/: no int")
                .contains("No data 1 dt=2013-02-07/hour=1: empty")
                .contains("dt=2013-02-05/hour=22 on-call lost for good for ever")
                .contains("24 prefixes seen from 2013-02-06 14:00 on, 24 NEW");
        assertThat(page.select("details pre").text()).contains("\"database\" : \"analytics\"");
    }

    @Test
    void runSaysWhatItUsedAndAboutWhatThatCosts() {
        Document page = run(report(FAILURE + """
                , "usage": {"stateTransitions": 55, "gigabyteSeconds": 20.5,
                  "requests": {"Glue GetTable": 7, "S3 GetObject": 40, "S3 ListObjectsV2": 6, "S3 DeleteObject": 3}}
                """), Optional.empty());

        assertThat(page.text())
                .contains("Requests Glue GetTable 7 · S3 GetObject 40 · S3 ListObjectsV2 6 · S3 DeleteObject 3")
                .contains("State transitions 55");
        // 7 * $1/1M + 40 * $0.4/1M + 6 * $5/1M + 20.5 * $0.0000166667 + 55 * $25/1M
        assertThat(texts(page, ".facts div")).contains("Cost $0.0018 about, at list prices");
        assertThat(texts(run(report(FAILURE), Optional.empty()), ".facts div"))
                .noneMatch(fact -> fact.startsWith("Cost"));
    }

    @Test
    void runLeadsToItsExecutionInTheConsole() {
        assertThat(run(report(FAILURE), Optional.empty()).select("a.button").eachAttr("href"))
                .containsExactly(new ExecutionArn(PageFixture.ARN).console().orElseThrow(), "report.json");
    }

    @Test
    void executionWithoutAnArnHasNoConsole() {
        RunReport report = Json.read(
                Json.text(report(FAILURE)).replace(PageFixture.ARN, "javascript:alert(1)"),
                RunReport.class,
                "report.json");

        assertThat(run(report, Optional.empty()).select("a.button").eachAttr("href"))
                .containsExactly("report.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'--></style></title><svg onload=alert(1)>",
                "javascript:alert(1)",
                "${7*7} @template.run()",
            })
    void hostileNamesStayText(String name) {
        Document page = run(hostileReport(name), Optional.empty());
        Document table = table(
                history(hostileReport(name)),
                hours(48),
                failing(List.of(
                        failure(PartitionValues.of(name, "17"), name, name), failure(hour(FAILED), name, name))));

        assertThat(texts(page, ".fault h3")).containsExactly(name + " · 1 partition");
        assertThat(page.select(".fault code").text()).contains(name);
        assertThat(table.select(".fault h3").first().text()).startsWith(name);
        assertThat(table.select("td.f").attr("title")).contains("failed: " + name);
    }

    @Test
    void charactersThatReorderLinesAreReplaced() {
        String html = RunPages.html(hostileReport("a\u202Egpj.exe\u0000\u2028"));

        assertThat(html).contains("a?gpj.exe??").doesNotContain("\u202E", "\u0000", "\u2028");
    }

    @Test
    void longNamesAreCut() {
        assertThat(RunPages.html(hostileReport("n".repeat(1_024))))
                .contains("n".repeat(200) + "...")
                .doesNotContain("n".repeat(501));
    }

    @Test
    void styleIsAllThatThePolicyAllows() throws NoSuchAlgorithmException {
        Document page = run(report(FAILURE), Optional.empty());

        String style = page.select("style").first().data();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(page.select("meta[http-equiv]").attr("content"))
                .isEqualTo("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'");
        assertThat(style)
                .contains("prefers-color-scheme:dark", "@media print", "@media (max-width")
                .doesNotContain("url(", "@import");
    }

    @Test
    void tableShowsEachPeriodWithLetterRunAndReason() {
        Document page =
                table(history(report(FAILURE)), hours(48), failing(List.of(failure(hour(FAILED), "Truncated", "cut"))));

        assertThat(texts(page, "h2")).containsExactly("Needs somebody", "Calendar", "Runs");
        assertThat(page.select("table.cal td.f").text()).isEqualTo("F");
        assertThat(page.select("table.cal td.f").attr("title"))
                .isEqualTo("2013-02-08 17:00 failed: Truncated, run flights-20130209T1405");
        assertThat(page.select("table.cal td.r")).hasSize(47);
        assertThat(page.select("table.cal td.r a").first().attr("href"))
                .isEqualTo("../../../runs/flights-20130209T1405/report.html");
        assertThat(texts(page, ".legend li")).hasSize(7).contains("F failed", "· no prefix", "A waived");
        assertThat(texts(page, ".facts div")).contains("Outstanding 1", "Registered 48 periods of 5 years");
    }

    @Test
    void tableWithoutPeriodsShowsItsLastValues() {
        Calendar calendar = Json.read(
                "{\"version\": 1, \"values\": [{\"partition\": \"region=eu\", \"run\": \"r1\","
                        + " \"ended\": \"2013-02-09T14:06:00Z\", \"rows\": 1234}]}",
                Calendar.class,
                "calendar.json");

        Document page = table(history(report(FAILURE)), calendar, TableRecord.NEW);

        assertThat(page.select("table.cal")).isEmpty();
        assertThat(page.text()).contains("region=eu 1,234 2013-02-09 14:06 r1");
    }

    @Test
    void tableThatNoRunHasTouchedHasAPage() {
        assertThat(table(TableHistory.NEW, Calendar.NEW, TableRecord.NEW).title())
                .isEqualTo("analytics.flights · COMPLETE");
    }

    @Test
    void tablesAreSortedByWhatNeedsSomebody() {
        TableHistory partial = history(report(FAILURE));
        TableHistory complete = history(Json.read(
                Json.text(report("\"failures\": []")).replace("PARTIAL", "COMPLETE"), RunReport.class, "report.json"));

        Document page = tables(
                Map.of(new TableName("a", "fine"), complete, new TableName("b", "needy"), partial),
                Optional.of(
                        "{\"version\": 1, \"run\": \"all-1\", \"execution\": \"x\", \"status\": \"PARTIAL\", \"totals\": {},"
                                + " \"results\": [{\"table\": \"c.broken\", \"outcome\": \"FAILED\", \"execution\": \"e\","
                                + " \"error\": \"InvalidSpec\"}], \"leftOut\": []}"));

        assertThat(texts(page, "tbody tr td:first-child")).containsExactly("c.broken", "b.needy", "a.fine");
        assertThat(texts(page, ".pill")).containsExactly("FAILED", "PARTIAL", "COMPLETE");
        assertThat(page.select("tbody a").eachAttr("href")).containsExactly("b/needy/index.html", "a/fine/index.html");
        assertThat(page.select("svg path").eachAttr("d")).contains("M0 13h6v-12h-6z", "M0 13h6v-6h-6z");
        assertThat(page.text()).contains("3 tables · 2 need somebody", "InvalidSpec", "Truncated");
    }

    @Test
    void tablesThatAreNotShownAreCounted() {
        TableHistory history = TableHistory.NEW;
        for (int i = 0; i < TableHistory.RUNS; i++) {
            RunReport report = Json.read(
                    Json.text(report(FAILURE)).replace(PageFixture.RUN.value(), "r" + i),
                    RunReport.class,
                    "report.json");
            history = history.after(
                    report,
                    RunEntry.of(report, NOW, 24),
                    history(report).subject().orElseThrow());
        }
        Map<TableName, TableHistory> all = new HashMap<>();
        for (int i = 0; i < 1_234; i++) {
            all.put(new TableName("analytics", "flights_" + i), history);
        }

        String html = HtmlPages.html(TablesPage.of(all, Optional.empty(), NOW));

        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(read(html).text()).contains("1234 tables · 1234 need somebody", "and 234 more");
    }

    @Test
    void tenThousandFailuresAndFiveYearsStaySmall() {
        Random random = new Random(7);
        List<OutstandingFailure> failures = IntStream.range(0, 10_000)
                .mapToObj(i -> failure(
                        hour(FAILED.minusHours(random.nextInt(5 * 365 * 24))),
                        i % 3 == 0 ? "Truncated" : "BadRecord",
                        "object number " + i + " ended in the middle of the gzip stream, its upload was cut short"))
                .toList();
        TableRecord record = failing(failures);
        Calendar calendar = hours(5 * 365 * 24);
        RunReport report = report("\"failures\": [" + String.join(",", json(record)) + "]");

        long began = System.nanoTime();
        String table = HtmlPages.html(TablePage.of(FLIGHTS, history(report), calendar, record, NOW));
        String run = RunPages.html(report);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(table.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(run.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(took).as("both, in a process that has just begun").isLessThan(Duration.ofSeconds(10));
        Document page = read(table);
        assertThat(page.select("details pre").text()).contains("2008-03-01 ", "F");
        assertThat(page.select(".fault .muted").text()).contains("more");
    }

    @Test
    void hostileFailuresStaySmallToo() {
        Random random = new Random(7);
        TableRecord record = failing(IntStream.range(0, 10_000)
                .mapToObj(i -> failure(
                        PartitionValues.of(i + "&<\u6f22".repeat(300), "17"),
                        "<E" + random.nextInt(500) + "&".repeat(300),
                        "\"&\u6f22".repeat(300)))
                .toList());
        RunReport report = report("\"failures\": []");

        String html = HtmlPages.html(TablePage.of(FLIGHTS, history(report), hours(5 * 365 * 24), record, NOW));

        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(read(html).select(".fault h3").text()).contains("other reasons");
    }

    private static List<String> json(TableRecord record) {
        List<String> failures = new ArrayList<>();
        record.outstanding()
                .forEach(failure -> failures.add("""
                {"partition": "dt=%s/hour=%s", "values": %s, "prefix": "f/", "attempts": 3, "error": "%s", "message": "%s",
                 "since": "2013-02-08T18:05:00Z"}
                """.formatted(
                                failure.values().values().get(0),
                                failure.values().values().get(1),
                                Json.text(failure.values()),
                                failure.failure().error(),
                                failure.failure().message())));
        return failures;
    }

    private static RunReport hostileReport(String name) {
        return report(
                "\"failures\": [{\"partition\": %1$s, \"values\": [%1$s], \"prefix\": \"f/\", \"attempts\": 1, \"error\": %1$s, \"message\": %1$s}]"
                        .formatted(Json.text(name)));
    }

    private static Document run(RunReport report, Optional<String> detection) {
        return read(RunPages.html(report, detection));
    }

    private static Document table(TableHistory history, Calendar calendar, TableRecord record) {
        return read(HtmlPages.html(TablePage.of(FLIGHTS, history, calendar, record, NOW)));
    }

    private static Document tables(Map<TableName, TableHistory> histories, Optional<String> report) {
        return read(HtmlPages.html(TablesPage.of(
                histories, report.map(text -> Json.read(text, AllTablesReport.class, "report.json")), NOW)));
    }

    /** The page of a run of which the history knows. */
    private static final class RunPages {

        static String html(RunReport report) {
            return html(report, Optional.empty());
        }

        static String html(RunReport report, Optional<String> detection) {
            return HtmlPages.html(RunPage.of(
                    report,
                    history(report).lastRun(),
                    Optional.of(Json.read(START, RunStart.class, "spec.json")),
                    detection.map(text -> Json.read(text, DetectionReport.class, "detection")),
                    NOW));
        }
    }
}
