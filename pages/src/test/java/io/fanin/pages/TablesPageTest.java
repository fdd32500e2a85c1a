package io.fanin.pages;

import static io.fanin.pages.PageFixture.FAILURE;
import static io.fanin.pages.PageFixture.MEGABYTE;
import static io.fanin.pages.PageFixture.NOW;
import static io.fanin.pages.PageFixture.history;
import static io.fanin.pages.PageFixture.html;
import static io.fanin.pages.PageFixture.read;
import static io.fanin.pages.PageFixture.report;
import static io.fanin.pages.PageFixture.tables;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.history.DamagedDocument;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.pages.view.TablesPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The page of all tables begins with those that need attention. */
class TablesPageTest {

    private static TableHistory complete() {
        return history(Json.read(
                Json.text(report("\"failures\": []")).replace("PARTIAL", "COMPLETE"), RunReport.class, "report.json"));
    }

    @Test
    void tablesAreSortedByWhatNeedsSomebody() {
        TableHistory partial = history(report(FAILURE));
        TableHistory complete = complete();

        Document page = tables(
                Map.of(new TableName("a", "fine"), complete, new TableName("b", "needy"), partial),
                "{\"version\": 1, \"run\": \"all-1\", \"execution\": \"x\", \"status\": \"PARTIAL\", \"totals\": {},"
                        + " \"results\": [{\"table\": \"c.broken\", \"outcome\": \"FAILED\", \"execution\": \"e\","
                        + " \"error\": \"InvalidSpec\"}], \"leftOut\": []}");

        assertThat(texts(page, "tbody tr td:first-child")).containsExactly("c.broken", "b.needy", "a.fine");
        assertThat(texts(page, ".pill")).containsExactly("FAILED", "PARTIAL", "COMPLETE");
        assertThat(page.select("tbody a").eachAttr("href")).containsExactly("b/needy/index.html", "a/fine/index.html");
        assertThat(page.select("svg path").eachAttr("d")).contains("M0 13h6v-12h-6z", "M0 13h6v-6h-6z");
        assertThat(page.text()).contains("3 tables · 2 need attention", "InvalidSpec", "Truncated");
    }

    /** Their last runs were complete: only the run of all tables shows that no more will follow. */
    @Test
    void whatIsLeftOutByMistakeComesFirst() {
        TableHistory complete = complete();

        Document page = tables(
                Map.of(new TableName("a", "fine"), complete, new TableName("b", "twice"), complete),
                "{\"version\": 1, \"run\": \"all-1\", \"execution\": \"x\", \"status\": \"COMPLETE\", \"totals\": {},"
                        + " \"results\": [], \"leftOut\": ["
                        + "{\"what\": \"b.twice\", \"table\": \"b.twice\", \"reason\": \"SEVERAL_SPECS\", \"message\": \"two\"},"
                        + "{\"what\": \"s3://specs/c.json\", \"reason\": \"UNREADABLE\", \"message\": \"cut short\"},"
                        + "{\"what\": \"a.fine\", \"table\": \"a.fine\", \"reason\": \"DISABLED\", \"message\": \"off\"}]}");

        assertThat(texts(page, "tbody tr td:first-child")).containsExactly("b.twice", "s3://specs/c.json", "a.fine");
        assertThat(texts(page, ".pill")).containsExactly("LEFT OUT", "LEFT OUT", "COMPLETE");
        assertThat(page.text())
                .contains("3 tables · 2 need attention", "SEVERAL_SPECS: two", "UNREADABLE: cut short", "Left out 2");
    }

    @Test
    void tableWhoseHistoryIsDamagedIsCounted() {
        Document page = read(HtmlPages.html(TablesPage.of(
                new StackHistories(
                        Map.of(new TableName("a", "fine"), complete()),
                        Map.of(
                                new TableName("b", "torn"),
                                new DamagedDocument("s3://state/tables/b/torn/history.json", "cut short"))),
                LastResults.NONE,
                NOW)));

        assertThat(texts(page, ".pill")).containsExactly("UNREADABLE", "COMPLETE");
        assertThat(page.text())
                .contains(
                        "2 tables · 1 needs attention",
                        "cut short: delete it: aws s3 rm s3://state/tables/b/torn/history.json");
        assertThat(texts(page, ".facts"))
                .singleElement()
                .asString()
                .contains("Unreadable 1")
                .doesNotContain("Left out");
    }

    /** A run of some tables, or of events, has no results for the others. */
    @Test
    void tableThatFailedInARunBeforeStaysFailedUntilALaterExecutionOfItHasEnded() {
        TableName table = new TableName("analytics", "flights");
        TableResult failed = result(table, TableOutcome.FAILED);
        StackHistories histories = new StackHistories(Map.of(table, complete()), Map.of());

        Document failing = read(HtmlPages.html(TablesPage.of(histories, last(failed, NOW), NOW)));
        Document underWay = read(HtmlPages.html(TablesPage.of(histories, last(failed, NOW.minusSeconds(60)), NOW)));
        Document since = read(HtmlPages.html(TablesPage.of(histories, last(failed, NOW.minusSeconds(7200)), NOW)));

        assertThat(texts(failing, ".pill")).containsExactly("FAILED");
        assertThat(failing.text()).contains("1 needs attention", "flights-7: CatalogException: access denied");
        assertThat(texts(underWay, ".pill"))
                .as("the execution was started before")
                .containsExactly("FAILED");
        assertThat(texts(since, ".pill")).containsExactly("COMPLETE");
    }

    /** Its execution was stopped, or has failed otherwise, after a pass. */
    @Test
    void passOfTheExecutionThatFailedEndsTheFailureOnlyIfItIsComplete() {
        TableName table = new TableName("analytics", "flights");
        TableResult failed = new TableResult(
                table,
                TableOutcome.FAILED,
                Optional.of(PageFixture.RUN.value()),
                OptionalLong.empty(),
                Optional.of("ABORTED"),
                Optional.empty());
        LastResults last = last(failed, NOW.minusSeconds(7200));

        for (TableHistory history : List.of(history(report(FAILURE)), complete())) {
            Document page = read(
                    HtmlPages.html(TablesPage.of(new StackHistories(Map.of(table, history), Map.of()), last, NOW)));
            boolean isComplete = history.equals(complete());
            assertThat(texts(page, ".pill")).containsExactly(isComplete ? "COMPLETE" : "FAILED");
        }
    }

    /** The history of a table is written as far as that is possible. */
    @Test
    void tableThatARunFoundPartialIsPartialWhateverItsHistorySays() {
        TableName table = new TableName("analytics", "flights");
        TableResult partial = result(table, TableOutcome.PARTIAL).withOutstanding(3);
        AllTablesReport run = AllTablesReport.of(new RunId("nightly"), "arn:x", List.of(partial), List.of());
        LastResults last = LastResults.NONE.after(new LastResults.Ended(run, NOW, true));

        for (Map<TableName, TableHistory> histories :
                List.of(Map.<TableName, TableHistory>of(), Map.of(table, complete()))) {
            TablesPage page = TablesPage.of(new StackHistories(histories, Map.of()), run, last, NOW);
            Document html = read(HtmlPages.html(page));
            assertThat(texts(html, ".pill")).containsExactly("PARTIAL");
            assertThat(html.text()).contains("1 needs attention", "Outstanding partitions 3", "CatalogException");
        }
    }

    @Test
    void pageOfARunShowsTheFailureOfATableThatWasBusy() {
        TableName table = new TableName("analytics", "flights");
        AllTablesReport run =
                AllTablesReport.of(new RunId("later"), "arn:x", List.of(result(table, TableOutcome.BUSY)), List.of());
        LastResults last = last(result(table, TableOutcome.FAILED), NOW)
                .after(new LastResults.Ended(run, NOW.plusSeconds(3600), true));
        StackHistories histories = new StackHistories(Map.of(table, complete()), Map.of());

        assertThat(texts(read(HtmlPages.html(TablesPage.of(histories, run, last, NOW))), ".pill"))
                .containsExactly("FAILED");
    }

    private static TableResult result(TableName table, TableOutcome outcome) {
        return new TableResult(
                table,
                outcome,
                Optional.of("flights-7"),
                OptionalLong.empty(),
                Optional.of("CatalogException"),
                Optional.of("access denied"));
    }

    private static LastResults last(TableResult failed, Instant at) {
        AllTablesReport report = AllTablesReport.of(new RunId("nightly"), "arn:x", List.of(failed), List.of());
        return LastResults.NONE.after(new LastResults.Ended(report, at, true));
    }

    /** Anyone with permission to write a spec chooses its object's name. */
    @Test
    void nameOfASpecCannotReorderThePage() {
        String name = "s3://specs/\u202egnp.json" + "x".repeat(900);

        Document page = tables(
                Map.of(),
                "{\"version\": 1, \"run\": \"all-1\", \"execution\": \"x\", \"status\": \"COMPLETE\", \"totals\": {},"
                        + " \"results\": [], \"leftOut\": [{\"what\": \"" + name
                        + "\", \"reason\": \"UNREADABLE\", \"message\": \"cut short\"}]}");

        assertThat(page.select("tbody tr td:first-child bdi").text())
                .startsWith("s3://specs/?gnp.json")
                .hasSizeLessThan(210);
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
                    RunEntry.of(report, NOW, 24, true),
                    history(report).subject().orElseThrow(),
                    List.of());
        }
        Map<TableName, TableHistory> all = new HashMap<>();
        for (int i = 0; i < 1_234; i++) {
            all.put(new TableName("analytics", "flights_" + i), history);
        }

        String html = HtmlPages.html(TablesPage.of(new StackHistories(all, Map.of()), LastResults.NONE, NOW));

        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MEGABYTE);
        assertThat(read(html).text()).contains("1234 tables · 1234 need attention", "and 234 more");
    }
}
