package io.fanin.pages;

import static io.fanin.pages.PageFixture.FAILURE;
import static io.fanin.pages.PageFixture.START;
import static io.fanin.pages.PageFixture.report;
import static io.fanin.pages.PageFixture.run;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.fanin.model.cost.CountedRuns;
import io.fanin.model.cost.MonthlyCost;
import io.fanin.model.cost.TableRun;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.json.Json;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.UnmatchedNames;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The page of a run shows failures, skipped partitions, the cost, and advice. */
class RunPageTest {

    private static final RunReport USED = report(FAILURE + """
                , "usage": {"stateTransitions": 55, "gigabyteSeconds": 20.5,
                  "requests": {"Glue GetTable": 7, "S3 GetObject": 40, "S3 ListObjectsV2": 6, "S3 DeleteObject": 3}}
                """);

    /** The rounding error in dollars: of amounts below a cent, and of monthly amounts, which are rounded to a cent. */
    private static final double HALF_OF_THE_LAST_DIGIT = 0.00007;

    @Test
    void runSaysFailuresFirstAndWhatToDo() {
        Document page = run(report(FAILURE), Optional.empty());

        assertThat(page.title()).isEqualTo("flights-20130209T1405 · PARTIAL");
        assertThat(texts(page, "h2")).first().isEqualTo("Failures");
        assertThat(texts(page, ".fault h3")).containsExactly("Truncated · 1 partition caused by the partition's data");
        assertThat(texts(page, ".todo")).containsExactly("Write the object again, then redrive.");
        assertThat(page.select(".fault").text())
                .contains("dt=2013-02-08/hour=17 since 2013-02-08 18:05, tried 3 times object flights.json.gz ended");
        assertThat(texts(page, ".facts div")).contains("Registered 23", "Failed 1", "Outstanding 1", "Took 1 min 0 s");
        assertThat(page.text()).contains("fanin redrive flights-20130209T1405");
    }

    @Test
    void runWhosePartitionsAllFailAlikeLeadsWithTheSpec() {
        String failures = IntStream.range(0, 2)
                .mapToObj(hour -> """
                        {"partition": "dt=2013-02-08/hour=%d", "values": ["2013-02-08", "%d"], "prefix": "f/", "attempts": 1,
                         "error": "BadRecord", "message": "no"}
                        """.formatted(hour, hour))
                .collect(Collectors.joining(",", "\"failures\": [", "]"));

        assertThat(texts(run(report(failures), Optional.empty()), ".todo")).doesNotContain(FailureAdvice.PROBABLY_SPEC);
        assertThat(texts(run(report(0, failures), Optional.empty()), ".todo"))
                .first()
                .isEqualTo(FailureAdvice.PROBABLY_SPEC);
    }

    @Test
    void runWhoseSpecIsWrongIsNotRedriven() {
        Document page = run(report(FAILURE.replace("Truncated", "SqlError")), Optional.empty());

        assertThat(texts(page, ".todo")).first().isEqualTo(FailureAdvice.ANOTHER_SPEC);
        assertThat(page.text()).doesNotContain("fanin redrive");
    }

    @Test
    void runThatHasSucceededIsNotRedriven() {
        RunReport setAside = Json.read(
                Json.text(report(FAILURE.replace("\"attempts\"", "\"setAside\": true, \"attempts\"")))
                        .replace("\"failed\":1", "\"failed\":0"),
                RunReport.class,
                "report.json");

        assertThat(run(setAside, Optional.empty()).text())
                .contains("fanin run '{\"redriveOf\":\"" + PageFixture.RUN)
                .doesNotContain("fanin redrive");
        String longAgo = Json.text(setAside).replace("2013-02-09T14:05:00Z", "2013-01-09T14:05:00Z");
        assertThat(run(Json.read(longAgo, RunReport.class, "report.json"), Optional.empty())
                        .text())
                .as("its folder expires 30 days after it began")
                .contains("fanin run analytics.flights")
                .doesNotContain("redriveOf");
        assertThat(run(report(FAILURE), startWith("\"onPartial\": \"succeed\"")).text())
                .contains("fanin run analytics.flights")
                .doesNotContain("fanin redrive");
        assertThat(run(report(FAILURE), startWith("\"waivers\": {\"unwaive\": [[\"2013-02-08\", \"17\"]]}"))
                        .text())
                .doesNotContain("fanin redrive");
        assertThat(run(report(FAILURE), startWith("\"onPartial\": \"fail\"")).text())
                .contains("fanin redrive");
    }

    private static String startWith(String field) {
        return START.replaceFirst("\\{", "{" + field + ", ");
    }

    @Test
    void readersLearnWhatIsGivenUpAndWhatIsGone() {
        assertThat(texts(run(report(FAILURE + ", \"waived\": 40, \"vanished\": 2"), Optional.empty()), ".readers"))
                .containsExactly(
                        "For readers: it is not known how far the table is complete; 1 partition that failed is missing, or as before"
                                + " the failure; 40 partitions given up are missing, or registered as when given up;"
                                + " the data of 2 registered partitions is gone. What runs have registered has passed its checks.");
    }

    /** Late data of a table that is not converted: its objects lie where readers read. */
    @Test
    void readersLearnThatTheySeeWhatFailed() {
        String late = FAILURE.replaceFirst("\"attempts\"", "\"registeredBy\": \"\", \"attempts\"");
        String converted = late.replaceFirst("\"attempts\"", "\"source\": \"raw/17/\", \"attempts\"");

        assertThat(texts(run(report(late), Optional.empty()), ".readers").getFirst())
                .contains("; 1 registered partition has failed since: readers see the objects as they are. ");
        assertThat(texts(run(report(converted), Optional.empty()), ".readers").getFirst())
                .contains("; 1 partition that failed is missing, or as before the failure. ");
    }

    /** Thirty repetitions of a sentence would hide a different one. */
    @Test
    void messagesThatDifferOnlyInNamesAndNumbersStandOnce() {
        String failures = IntStream.range(0, 30)
                .mapToObj(hour -> """
                        {"partition": "dt=2013-02-08/hour=%d", "values": ["2013-02-08", "%d"], "prefix": "f/", "attempts": 1,
                         "error": "Truncated", "message": "%s"}
                        """.formatted(
                                hour,
                                hour,
                                hour == 7
                                        ? "object f/7/a.gz is empty"
                                        : "object f/" + hour + "/a.gz ended after " + hour + " bytes of 1138"))
                .collect(Collectors.joining(",", "\"failures\": [", "]"));

        Document page = run(report(failures), Optional.empty());

        assertThat(texts(page, ".fault p:not(.todo)"))
                .containsExactly(
                        "object f/0/a.gz ended after 0 bytes of 1138 The same message, apart from names and numbers, for:",
                        "dt=2013-02-08/hour=7 tried 1 time object f/7/a.gz is empty");
        assertThat(texts(page, ".fault > .list li")).hasSize(19).first().isEqualTo("dt=2013-02-08/hour=0 tried 1 time");
        assertThat(texts(page, ".fault details li")).hasSize(10);
    }

    @Test
    void runSaysWhatWasNotTaken() {
        Document page = run(report(FAILURE + """
                        , "skipped": {"count": 1, "sample": [{"partition": "dt=2013-02-07/hour=1", "prefix": "f/", "detail": "empty"}]},
                        "waived": 1, "waivers": [{"partition": "dt=2013-02-05/hour=22", "values": ["2013-02-05", "22"],
                          "reason": "lost for good", "by": "on-call", "at": "2013-02-06T00:00:00Z"}],
                        "badRecords": 12, "badRecordsSample": [{"partition": "dt=2013-02-08/hour=12", "prefix": "f/", "count": 9}],
                        "quarantine": "s3://state/runs/r/quarantine/", "unknownColumns": ["coupon", "price2"]
                        """), Optional.of("""
                        {"found": 24, "registered": 0, "from": "2013-02-06T14:00", "reasons": {"NEW": 24},
                         "waiting": {"count": 1, "sample": [{"partition": "dt=2013-02-09/hour=14", "prefix": "f/", "detail": "quiet period"}]},
                         "missing": {"count": 5, "sample": [{"first": "2013-02-09T05:00", "last": "2013-02-09T09:00", "count": 5}]},
                         "skipped": {"BAD_VALUE": 1}, "skippedSample": [{"prefix": "f/hour=7x/", "reason": "BAD_VALUE", "detail": "no int"}]}
                        """));

        assertThat(texts(page, "h2"))
                .containsExactly(
                        "Failures",
                        "Not processed",
                        "Bad records 12 records left out, kept in s3://state/runs/r/quarantine/",
                        "Waived",
                        "What it did");
        assertThat(page.text())
                .contains("Waiting: not ready yet 1 dt=2013-02-09/hour=14: quiet period")
                .contains("No prefix for the period 5 2013-02-09T05:00 to 2013-02-09T09:00")
                .contains("Skipped: BAD_VALUE 1 f/hour=7x/: no int")
                .contains("Not registered 1 dt=2013-02-07/hour=1: empty")
                .contains("Fields that are not columns 2 coupon price2")
                .contains("dt=2013-02-08/hour=12 9 others 3")
                .contains("dt=2013-02-05/hour=22 on-call lost for good for ever")
                .contains("24 prefixes seen from 2013-02-06 14:00 on, 24 NEW");
        assertThat(page.select("details pre").text()).contains("\"database\" : \"analytics\"");
    }

    @Test
    void goneDataIsCountedBeyondTheSample() {
        String sample = "\"vanishedSample\": [{\"partition\": \"dt=2013-02-07/hour=1\", \"prefix\": \"f/\", \"detail\":"
                + " \"deregistered\"}]";

        assertThat(run(report(FAILURE + ", \"vanished\": 1999, \"deregistered\": 1, " + sample), Optional.empty())
                        .text())
                .contains("Data is gone 2,000 dt=2013-02-07/hour=1: deregistered");
        assertThat(run(report(FAILURE + ", " + sample), Optional.empty()).text())
                .contains("Data is gone 1 dt=2013-02-07/hour=1");
    }

    @Test
    void listsThatAreCutSaySo() {
        String columns = IntStream.rangeClosed(1, 12)
                .mapToObj("{\"name\": \"c%d\", \"type\": \"int\"}"::formatted)
                .collect(Collectors.joining(", "));
        String fields = IntStream.rangeClosed(1, UnmatchedNames.MAX)
                .mapToObj("\"f%02d\""::formatted)
                .collect(Collectors.joining(", "));

        Document page = run(
                report(FAILURE + ", \"unknownColumns\": [" + fields + "], \"addedColumns\": {\"columns\": [" + columns
                        + "], \"partitionsWithout\": 0, \"sample\": []}"),
                Optional.empty());

        assertThat(page.text()).contains("c9, c10, and 2 more").contains("Fields that are not columns at least 20 f01");
    }

    @Test
    void runSaysWhatItUsedAndAboutWhatThatCosts() {
        Document page = run(USED, Optional.empty());

        assertThat(page.text())
                .contains("Requests Glue GetTable 7 · S3 GetObject 40 · S3 ListObjectsV2 6 · S3 DeleteObject 3")
                .contains("State transitions 55");
        // 7 * $1/1M + 40 * $0.4/1M + 6 * $5/1M + (20.5 + 2) * $0.0000133334 + 55 * ($25/1M + $0.2/1M)
        assertThat(texts(page, ".facts div")).contains("Cost $0.0017 about, at list prices");
        assertThat(texts(run(report(FAILURE), Optional.empty()), ".facts div"))
                .noneMatch(fact -> fact.startsWith("Cost"));
    }

    @Test
    void runCostsWhatAMonthOfSuchRunsCostsDividedByTheirNumber() {
        TableRun run = TableRun.of(USED.details().usage().orElseThrow());
        CountedRuns counted = new CountedRuns(run, run, 0);
        for (TableSeries series : TableSeries.values()) {
            MonthlyCost month = MonthlyCost.of(counted, 1, Duration.ofHours(1), series.metrics());

            assertThat(costOf(run(USED, series)))
                    .as("metrics of each table: " + series)
                    .isCloseTo(month.newEachRun() / month.runs(), offset(HALF_OF_THE_LAST_DIGIT));
        }
        assertThat(texts(run(USED, TableSeries.ALL), ".facts div"))
                .contains("Cost $0.0050 about, $0.0033 of it metrics");
    }

    private static double costOf(Document page) {
        return texts(page, ".facts div").stream()
                .filter(fact -> fact.startsWith("Cost $"))
                .mapToDouble(fact -> Double.parseDouble(fact.substring("Cost $".length(), fact.indexOf(" about"))))
                .findFirst()
                .orElseThrow();
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
}
