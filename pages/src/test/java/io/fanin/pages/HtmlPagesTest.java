package io.fanin.pages;

import static io.fanin.pages.PageFixture.FAILED;
import static io.fanin.pages.PageFixture.FAILURE;
import static io.fanin.pages.PageFixture.FLIGHTS;
import static io.fanin.pages.PageFixture.MEGABYTE;
import static io.fanin.pages.PageFixture.NOW;
import static io.fanin.pages.PageFixture.failing;
import static io.fanin.pages.PageFixture.failure;
import static io.fanin.pages.PageFixture.history;
import static io.fanin.pages.PageFixture.hour;
import static io.fanin.pages.PageFixture.hours;
import static io.fanin.pages.PageFixture.html;
import static io.fanin.pages.PageFixture.read;
import static io.fanin.pages.PageFixture.report;
import static io.fanin.pages.PageFixture.run;
import static io.fanin.pages.PageFixture.table;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.history.Calendar;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.pages.view.TablePage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With any content of the documents, pages are text of a limited size that loads nothing. */
class HtmlPagesTest {

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
        String html = html(hostileReport("a\u202Egpj.exe\u0000\u2028"));

        assertThat(html).contains("a?gpj.exe??").doesNotContain("\u202E", "\u0000", "\u2028");
    }

    @Test
    void longNamesAreCut() {
        assertThat(html(hostileReport("n".repeat(1_024))))
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
        String run = html(report);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(table.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(run.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(took).as("both, in a process that has just begun").isLessThan(Duration.ofMinutes(1));
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
}
