package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages made from the documents of the state bucket. */
class ReportCommandTest {

    private final CliFixture cli = new CliFixture();

    @TempDir
    Path folder;

    @BeforeEach
    void aRunHasEnded() {
        PartialRun.in(cli);
    }

    @Test
    void runIsWrittenWhereItLiesInTheBucket() throws IOException {
        Done done = cli.run("report", "flights-1", "--folder", target());

        assertThat(done.code()).isZero();
        assertThat(done.lines()).containsExactly(folder + "/runs/flights-1/report.html");
        assertThat(page("runs/flights-1/report.html"))
                .contains("Truncated", "dt=2013-02-08/hour=17", "2013-02-09 14:06", "fanin redrive flights-1")
                .as("an emulator's execution")
                .doesNotContain("console.aws.amazon.com");
        assertThat(page("runs/flights-1/report.json")).contains("\"run\":\"flights-1\"");
    }

    @Test
    void costOfARunHasTheMetricsOfItsTable() throws IOException {
        cli.parameters.put("TableMetrics", "lag");

        cli.run("report", "flights-1", "--folder", target());

        assertThat(page("runs/flights-1/report.html")).contains("$0.00041 of it metrics");
    }

    @Test
    void runMayBeGivenByItsArn() {
        assertThat(cli.run("report", FakeStepFunctions.arn("flights-1"), "--folder", target())
                        .lines())
                .containsExactly(folder + "/runs/flights-1/report.html");
    }

    @Test
    void tableIsWrittenFromItsDocuments() throws IOException {
        Done done = cli.run("report", "analytics.flights", "--folder", target(), "--output", "json");

        assertThat(done.json().path("page").asText()).isEqualTo(folder + "/tables/analytics/flights/index.html");
        assertThat(page("tables/analytics/flights/index.html")).contains("Truncated", "dt=2013-02-08/hour=17");
        assertThat(cli.aws.log().calls()).noneMatch(call -> call.operation().startsWith("GetPartition"));
    }

    @Test
    void pageOfADroppedTableIsNotThatOfTheOneCreatedAgain() {
        cli.records()
                .update(
                        CliFixture.FLIGHTS,
                        known -> Json.read(
                                Json.text(known).replaceFirst("\\{", "{\"tableCreated\":\"2012-01-01T00:00:00Z\","),
                                TableRecord.class,
                                "state.json"));

        Done done = cli.run("report", "analytics.flights", "--folder", target());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("a table when it had a run");
    }

    @Test
    void allTablesAreWrittenWithTheirPages() throws IOException {
        assertThat(cli.run("report", "--folder", target()).lines()).containsExactly(folder + "/tables/index.html");

        assertThat(page("tables/index.html")).contains("analytics/flights/index.html", "PARTIAL");
        assertThat(folder.resolve("tables/analytics/flights/index.html")).exists();
    }

    @Test
    void droppedTableIsNotAmongAllTables() throws IOException {
        cli.aws.glue().dropTable("analytics", "flights");

        cli.run("report", "--folder", target());

        assertThat(page("tables/index.html")).doesNotContain("analytics/flights/index.html");
    }

    @Test
    void unknownSubjectIsRefused() {
        Done done = cli.run("report", "analytics.nothing", "--folder", target());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("there is neither a report of a run analytics.nothing nor a table of this name");
    }

    @Test
    void pageIsShownInTheBrowser() throws IOException, InterruptedException {
        Path opened = folder.resolve("opened");
        Path browser = Files.writeString(folder.resolve("browser"), "#!/bin/sh\necho \"$1\" > " + opened + "\n");
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
        cli.environment.put("BROWSER", browser.toString());

        assertThat(cli.run("report", "analytics.flights", "--folder", target(), "--open")
                        .code())
                .isZero();

        for (int i = 0; i < 1_200 && (Files.notExists(opened) || Files.size(opened) == 0); i++) {
            Thread.sleep(Duration.ofMillis(50));
        }
        assertThat(Files.readString(opened).strip())
                .isEqualTo(folder.resolve("tables/analytics/flights/index.html")
                        .toUri()
                        .toString());
    }

    @Test
    void missingBrowserIsToldWithThePage() {
        cli.environment.put("BROWSER", folder.resolve("none").toString());

        Done done = cli.run("report", "analytics.flights", "--folder", target(), "--open");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("the browser could not be started", "index.html");
    }

    private String target() {
        return folder.toString();
    }

    private String page(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
