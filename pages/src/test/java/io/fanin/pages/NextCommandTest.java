package io.fanin.pages;

import static io.fanin.pages.PageFixture.FAILED;
import static io.fanin.pages.PageFixture.FAILURE;
import static io.fanin.pages.PageFixture.failing;
import static io.fanin.pages.PageFixture.failure;
import static io.fanin.pages.PageFixture.history;
import static io.fanin.pages.PageFixture.hour;
import static io.fanin.pages.PageFixture.hours;
import static io.fanin.pages.PageFixture.report;
import static io.fanin.pages.PageFixture.table;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.fanin.core.history.TableHistory;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on a table's page that processes again what is outstanding. */
class NextCommandTest {

    /** A partition that fails again keeps its place before those that failed since its first failure. */
    @Test
    void tableNamesTheRunInWhichAPartitionFailedLast() {
        OutstandingFailure last = failure(hour(FAILED), "Truncated", "cut");
        RunId earlier = new RunId("earlier");

        Document page = table(
                history(report(FAILURE)),
                hours(48),
                failing(List.of(
                        last,
                        OutstandingFailure.first(
                                        failure(hour(FAILED.plusHours(1)), "Truncated", "cut")
                                                .partition(),
                                        last.failure(),
                                        earlier,
                                        0)
                                .ofDataReadAt(PageFixture.SINCE.minusSeconds(60)))));

        assertThat(texts(page, "main"))
                .singleElement(STRING)
                .contains("fanin redrive " + PageFixture.RUN)
                .doesNotContain("fanin redrive earlier");
    }

    /** The run had "onPartial": "succeed", or has only changed waivers. */
    @Test
    void runThatWasNotHeldIsNotRedriven() {
        Document page = table(
                PageFixture.history(report(FAILURE), PageFixture.KEYS, false),
                hours(48),
                failing(List.of(failure(hour(FAILED), "Truncated", "cut"))));

        assertThat(page.text())
                .contains("fanin run analytics.flights --aws --region eu-west-1")
                .doesNotContain("fanin redrive");
    }

    /** It is no longer known whether the run was held, and Step Functions redrives no execution that has succeeded. */
    @Test
    void whatARunHasLeftThatIsNoLongerAmongTheLastIsRunAgain() {
        assertThat(table(history(report(FAILURE)), hours(48), failing(List.of(ofEarlierRun(13))))
                        .text())
                .contains("fanin run analytics.flights --aws --region eu-west-1")
                .doesNotContain("fanin redrive");
    }

    /** A failure so many days ago in a run that the history no longer has. */
    private static OutstandingFailure ofEarlierRun(int days) {
        return OutstandingFailure.first(
                        failure(hour(FAILED), "Truncated", "cut").partition(),
                        Failure.ofPartition("Truncated", "cut"),
                        new RunId("earlier"),
                        0)
                .ofDataReadAt(PageFixture.NOW.minus(Duration.ofDays(days)));
    }

    /** A run with the table's own detection skips partitions that are set aside. */
    @ParameterizedTest(name = "{0} days after the failure")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "13, fanin run '{\"redriveOf\":\"earlier\"}'",
                "15, fanin run '{\"redriveOf\":\"earlier\"}'",
                "31, fanin run analytics.flights"
            })
    void whatIsSetAsideIsTakenUpByARunThatIsToldWhoLeftIt(int days, String command) {
        assertThat(table(history(report(FAILURE)), hours(48), settingAside(ofEarlierRun(days)))
                        .text())
                .contains(command + " --aws --region eu-west-1");
    }

    /** The new run reads the run's spec, which expires 30 days after the run began, however late the failure was. */
    @ParameterizedTest(name = "begun at {0}")
    @CsvSource({"2013-01-11T14:05:00Z, redriveOf", "2013-01-09T14:05:00Z, fanin run analytics.flights"})
    void runIsNamedAsLongAsItsFolderIsThere(String begun, String command) {
        String text = Json.text(report(FAILURE)).replace("2013-02-09T14:05:00Z", begun);
        TableHistory history = history(Json.read(text, RunReport.class, "report.json"), PageFixture.KEYS, false);

        assertThat(table(history, hours(48), settingAside(failure(hour(FAILED), "Truncated", "cut")))
                        .text())
                .contains(command);
    }

    private static TableRecord settingAside(OutstandingFailure failure) {
        return failing(List.of(failure))
                .with(new RecordedRun(
                        new RunId("later"),
                        "s3://state/runs/later/",
                        0,
                        OptionalLong.empty(),
                        Optional.of(1),
                        Optional.empty()));
    }
}
