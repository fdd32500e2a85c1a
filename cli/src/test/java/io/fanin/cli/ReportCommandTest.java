package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.World.Done;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.history.TableHistory.Subject;
import io.fanin.core.json.Json;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.Failure;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages made from the documents of the state bucket. */
class ReportCommandTest {

    private static final RunId RUN = new RunId("flights-1");

    private static final String REPORT = """
            {"version": 1, "run": "flights-1", "pass": 0, "execution": "%s", "table": "analytics.flights", "status": "PARTIAL",
             "location": "s3://lake/flights/", "registered": 23, "failed": 1, "outstanding": 1,
             "failures": [{"partition": "dt=2013-02-08/hour=17", "values": ["2013-02-08", "17"], "prefix": "flights/",
                           "error": "Truncated", "message": "cut", "attempts": 1}]}""".formatted(FakeStepFunctions.arn("flights-1"));

    private final World world = new World();

    @TempDir
    Path folder;

    @BeforeEach
    void aRunHasEnded() {
        RunReport report = Json.read(REPORT, RunReport.class, "report.json");
        world.store.put("runs/flights-1/report.json", REPORT);
        world.createTable(TableRecord.NEW.withFailures(List.of(OutstandingFailure.first(
                new Partition(PartitionValues.of("2013-02-08", "17"), "flights/"),
                new Failure("Truncated", "cut"),
                RUN,
                0))));
        new TableHistories(world.store)
                .updateHistory(
                        World.FLIGHTS,
                        known -> TableHistory.NEW.after(
                                report,
                                RunEntry.of(report, Instant.parse("2013-02-09T14:06:00Z"), 24),
                                new Subject(
                                        "s3://lake/flights/",
                                        "hive",
                                        "json",
                                        "validate",
                                        world.spec().definition().keys())));
    }

    @Test
    void runIsWrittenWhereItLiesInTheBucket() throws IOException {
        Done done = world.run("report", "flights-1", "--folder", target());

        assertThat(done.code()).isZero();
        assertThat(done.lines()).containsExactly(folder + "/runs/flights-1/report.html");
        assertThat(page("runs/flights-1/report.html"))
                .contains("Truncated", "dt=2013-02-08/hour=17", "2013-02-09 14:06", "fanin redrive flights-1");
    }

    @Test
    void runMayBeGivenByItsArn() {
        assertThat(world.run("report", FakeStepFunctions.arn("flights-1"), "--folder", target())
                        .lines())
                .containsExactly(folder + "/runs/flights-1/report.html");
    }

    @Test
    void tableIsWrittenFromItsDocuments() throws IOException {
        Done done = world.run("report", "analytics.flights", "--folder", target(), "--output", "json");

        assertThat(done.json().path("page").asText()).isEqualTo(folder + "/tables/analytics/flights/index.html");
        assertThat(page("tables/analytics/flights/index.html")).contains("Truncated", "dt=2013-02-08/hour=17");
        assertThat(world.aws.log().calls()).noneMatch(call -> call.operation().startsWith("GetPartition"));
    }

    @Test
    void allTablesAreWrittenWithTheirPages() throws IOException {
        assertThat(world.run("report", "--all", "--folder", target()).lines())
                .containsExactly(folder + "/tables/index.html");
        assertThat(world.run("report", "--folder", target()).lines()).containsExactly(folder + "/tables/index.html");

        assertThat(page("tables/index.html")).contains("analytics/flights/index.html", "PARTIAL");
        assertThat(folder.resolve("tables/analytics/flights/index.html")).exists();
    }

    @Test
    void unknownSubjectIsRefused() {
        Done done = world.run("report", "analytics.nothing", "--folder", target());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("there is neither a report of a run analytics.nothing nor a table of this name");
    }

    @Test
    void allTablesAndOneAreRefusedTogether() {
        assertThat(world.run("report", "analytics.flights", "--all").code()).isEqualTo(2);
    }

    @Test
    void pageIsShownInTheBrowser() throws IOException, InterruptedException {
        Path opened = folder.resolve("opened");
        Path browser = Files.writeString(folder.resolve("browser"), "#!/bin/sh\necho \"$1\" > " + opened + "\n");
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
        world.environment.put("BROWSER", browser.toString());

        assertThat(world.run("report", "analytics.flights", "--folder", target(), "--open")
                        .code())
                .isZero();

        for (int i = 0; i < 100 && (Files.notExists(opened) || Files.size(opened) == 0); i++) {
            Thread.sleep(Duration.ofMillis(50));
        }
        assertThat(Files.readString(opened).strip())
                .isEqualTo(folder.resolve("tables/analytics/flights/index.html")
                        .toUri()
                        .toString());
    }

    @Test
    void missingBrowserIsToldWithThePage() {
        world.environment.put("BROWSER", folder.resolve("none").toString());

        Done done = world.run("report", "analytics.flights", "--folder", target(), "--open");

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
