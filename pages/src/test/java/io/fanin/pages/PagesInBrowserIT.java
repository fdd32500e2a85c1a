package io.fanin.pages;

import static io.fanin.pages.PageFixture.FAILED;
import static io.fanin.pages.PageFixture.FLIGHTS;
import static io.fanin.pages.PageFixture.NOW;
import static io.fanin.pages.PageFixture.failing;
import static io.fanin.pages.PageFixture.failure;
import static io.fanin.pages.PageFixture.history;
import static io.fanin.pages.PageFixture.hour;
import static io.fanin.pages.PageFixture.hours;
import static io.fanin.pages.PageFixture.report;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.history.Calendar;
import io.fanin.core.history.StackHistories;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.StoredRun;
import io.fanin.pages.view.TablePage;
import io.fanin.pages.view.TablesPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser. */
class PagesInBrowserIT {

    /** The resources that the demo's run has used. */
    private static final String USED = """
            "usage": {"stateTransitions": 30, "gigabyteSeconds": 3.269, "requests": {"Glue BatchCreatePartition": 1,
              "Glue BatchGetPartition": 1, "Glue CreateDatabase": 1, "Glue CreateTable": 1, "Glue GetDatabase": 1, "Glue GetTable": 4,
              "Glue UpdateTable": 1, "S3 GetObject": 57, "S3 ListObjectsV2": 27, "S3 PutObject": 28}}""";

    /** The hour before the failed one. */
    private static final String COMPLETE_THROUGH = FAILED.minusHours(1).toString();

    private static final int WIDE = 1_200;
    private static final int NARROW = 500;
    private static final String MESSAGE =
            "object flights/dt=2013-02-08/hour=17/flights.json.gz ends in the middle of the gzip stream, after all of its 1138 bytes:"
                    + " its writer or its upload was cut short, write it again";
    private static final String RUN = "/runs/flights-20130209T1405/report.html";
    private static final String TABLE = "/tables/analytics/flights/index.html";
    private static final String TABLES = "/tables/index.html";

    private static Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        browser = new Chromium();
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource({
        "light, " + WIDE,
        "light, " + NARROW,
        "dark, " + WIDE,
        "dark, " + NARROW,
    })
    void everybodyCanReadThem(String scheme, int width) {
        samples().forEach((path, html) -> {
            browser.open(path, html, width, scheme);

            assertThat(browser.violations()).as(path).isEmpty();
            assertThat(browser.overflow())
                    .as("pixels that %s is too wide", path)
                    .isZero();
            browser.screenshot(path.substring(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)
                            .replace('/', '-')
                            .replace(".html", "")
                    + "-" + scheme + "-" + width);
        });
    }

    /** With {@code -Dfanin.docs=write}, the screenshots go into the docs. */
    @Test
    void screenshotsForTheDocs() throws IOException {
        Map<String, String> samples = samples();
        assertThat(List.of(samples.get(RUN), samples.get(TABLE)))
                .as("one run and its table")
                .allSatisfy(html -> assertThat(html).contains("tried 3 times"));
        for (String path : List.of(RUN, TABLE)) {
            browser.open(path, samples.get(path), WIDE, "light");
            Path screenshot = browser.screenshot(path.equals(RUN) ? "page-of-a-run" : "page-of-a-table");

            assertThat(screenshot).isNotEmptyFile();
            if ("write".equals(System.getProperty("fanin.docs"))) {
                Files.copy(
                        screenshot,
                        Path.of("..", "docs", "images").resolve(screenshot.getFileName()),
                        REPLACE_EXISTING);
            }
        }
    }

    @Test
    void darkIsDark() {
        browser.open(RUN, run(sample()), WIDE, "light");
        String light = browser.backgroundColour();
        browser.open(RUN, run(sample()), WIDE, "dark");

        assertThat(light).isEqualTo("rgba(255, 255, 255, 1)");
        assertThat(browser.backgroundColour()).isNotEqualTo(light);
    }

    @Test
    void runShowsItsFailureFirst() {
        browser.open(RUN, run(sample()), WIDE, "light");

        assertThat(browser.texts("h2")).first().isEqualTo("Failures");
        assertThat(browser.texts(".fault h3"))
                .containsExactly("Truncated · 1 partition caused by the partition's data");
        assertThat(browser.texts("td, .fault, pre, dd")).anyMatch(text -> text.contains("dt=2013-02-08/hour=17"));
    }

    @Test
    void nothingIsRequestedButThePage() {
        browser.requested();

        samples().forEach((path, html) -> {
            browser.open(path, html, WIDE, "light");

            assertThat(browser.requested())
                    .as(path)
                    .filteredOn(address -> !address.endsWith("/favicon.ico"))
                    .containsExactly(browser.origin() + path);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>window.hostile = true</script>",
                "\"><img src=x onerror=\"window.hostile = true\">",
                "'--></style></title></pre><svg onload=window.hostile=true>",
                "javascript:window.hostile=true",
                "\u202Egpj.exe",
                "\u0000\u001b[2J",
            })
    void hostileNamesStayText(String name) {
        RunReport report = failed(List.of(failure(PartitionValues.of(name, "17"), name, name)));
        TableRecord record = failing(
                List.of(failure(PartitionValues.of(name, "17"), name, name), failure(hour(FAILED), name, name)));
        for (String html : List.of(run(report), table(report, record, hours(48)))) {
            browser.open(RUN, html, WIDE, "light");

            assertThat(browser.ask("window.hostile === undefined")).isEqualTo(true);
            assertThat(browser.ask("document.scripts.length + document.images.length"))
                    .isEqualTo(0L);
            assertThat(browser.texts("h2")).isNotEmpty();
            assertThat(browser.texts("body").getFirst()).doesNotContain("\u202E", "\u001b");
        }
    }

    @Test
    void namesOfAThousandCharactersDoNotStretchThePage() {
        RunReport report = failed(List.of(failure(PartitionValues.of("n".repeat(1_024), "17"), "Truncated", MESSAGE)));

        browser.open(RUN, run(report), NARROW, "light");

        assertThat(browser.overflow()).isZero();
    }

    @Test
    void tenThousandFailuresAndFiveYearsAreRenderedWithinASecond() {
        List<OutstandingFailure> failures = IntStream.range(0, 10_000)
                .mapToObj(i -> failure(hour(FAILED.minusHours(i)), i % 3 == 0 ? "Truncated" : "BadRecord", MESSAGE + i))
                .toList();
        RunReport report = failed(failures);
        browser.measure();
        for (String html : List.of(run(report), table(report, failing(failures), hours(5 * 365 * 24)))) {
            double before = browser.secondsOfRendering();
            browser.open(RUN, html, WIDE, "light");

            assertThat(browser.texts("h2")).isNotEmpty();
            assertThat(browser.secondsOfRendering() - before).isLessThan(1);
        }
    }

    private static Map<String, String> samples() {
        RunReport report = sample();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(RUN, run(report));
        pages.put(TABLE, table(report, partial(), hours(24 * 9)));
        pages.put(
                TABLES,
                HtmlPages.html(TablesPage.of(
                        new StackHistories(
                                Map.of(
                                        FLIGHTS,
                                        history(report),
                                        new TableName("analytics", "weather"),
                                        history(Json.read(
                                                Json.text(report("\"failures\": []"))
                                                        .replace("PARTIAL", "COMPLETE"),
                                                RunReport.class,
                                                "report.json"))),
                                Map.of()),
                        LastResults.NONE,
                        NOW)));
        return pages;
    }

    private static TableRecord partial() {
        ObjectNode record = Json.documents().valueToTree(failing(List.of(failure(hour(FAILED), "Truncated", MESSAGE))));
        return Json.read(record.put("completeThrough", COMPLETE_THROUGH).toString(), TableRecord.class, "record");
    }

    private static RunReport sample() {
        return failed(List.of(failure(hour(FAILED), "Truncated", MESSAGE)));
    }

    private static RunReport failed(List<OutstandingFailure> failures) {
        return report(failures.stream()
                .map(failure -> Json.text(Map.of(
                        "partition",
                        "dt=%s/hour=%s".formatted(failure.values().values().toArray()),
                        "values",
                        failure.values().values(),
                        "prefix",
                        "f/",
                        "attempts",
                        failure.attempts(),
                        "error",
                        failure.failure().error(),
                        "message",
                        failure.failure().message(),
                        "since",
                        PageFixture.SINCE.toString())))
                .collect(Collectors.joining(
                        ",", "\"completeThrough\": \"" + COMPLETE_THROUGH + "\", \"failures\": [", "], " + USED)));
    }

    private static String run(RunReport report) {
        return HtmlPages.html(RunPage.of(
                new StoredRun(report, history(report).lastRun(), Optional.empty(), Optional.empty()),
                TableSeries.NONE,
                NOW));
    }

    private static String table(RunReport report, TableRecord record, Calendar calendar) {
        return HtmlPages.html(TablePage.of(FLIGHTS, history(report), calendar, record, NOW));
    }
}
