package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TestReports;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of passes, the newest of which is the report of its run. */
class RunReportTest {

    private final Runs runs = new Runs();
    private final RunFolder run = runs.folder("r1");

    @Test
    void fieldsThatDocumentsLeaveOutHaveDefaults() {
        runs.aws.s3().put("state", "runs/r1/pass-0/results/7.json", "{\"batch\":7,\"partitions\":[]}");
        runs.aws
                .s3()
                .put(
                        "state",
                        "runs/r1/report.json",
                        "{\"version\":1,\"run\":\"r1\",\"pass\":0,\"table\":\"analytics.flights\","
                                + "\"location\":\"s3://lake/flights/\",\"status\":\"PARTIAL\",\"registered\":23,\"failed\":1,"
                                + "\"outstanding\":1,\"failures\":[{\"partition\":\"hour=0\",\"values\":[\"0\"],"
                                + "\"prefix\":\"flights/hour=0/\",\"error\":\"Truncated\",\"message\":\"cut\",\"attempts\":1}]}");

        assertThat(run.result(0, 7)).hasValue(new BatchResult(7, List.of()));
        assertThat(run.report()).hasValue(report(0, 1));
    }

    @Test
    void reportCountsWhatItsFailuresSetAside() {
        String counted = Json.text(report(0, 2)).replaceFirst("\"setAside\":false", "\"setAside\":true");
        String uncounted = counted.replace("\"setAside\":0,", "");

        assertThat(uncounted).isNotEqualTo(counted);
        assertThat(Json.read(uncounted, RunReport.class, "report").counts().setAside())
                .isEqualTo(1);
    }

    @Test
    void reportOfTheNewestPassIsTheRunsReport() {
        run.writeReport(report(0, 2));
        run.writeReport(report(1, 1));

        assertThat(run.report()).hasValue(report(1, 1));
        assertThat(run.report(0)).hasValue(report(0, 2));
        assertThat(run.report(1)).hasValue(report(1, 1));
        assertThat(run.report(2)).isEmpty();
        assertThat(run.reportUri()).isEqualTo("s3://state/runs/r1/report.json");
        assertThat(run.uri()).isEqualTo("s3://state/runs/r1/");
    }

    /** An invocation that its caller has given up may end after the next one, and after the next pass. */
    @Test
    void firstReportOfAPassStands() {
        run.writeReport(report(0, 2));
        run.writeReport(report(1, 1));

        assertThat(run.writeReport(report(0, 1))).isEqualTo(report(0, 2));

        assertThat(run.report(0)).hasValue(report(0, 2));
        assertThat(run.report()).hasValue(report(1, 1));
    }

    /** It had written its own report, and not yet the run's. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void invocationThatWakesAfterTheNextPassDoesNotReplaceItsReport(int pass) {
        run.writeReport(report(0, 2));
        runs.aws
                .s3()
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("runs/r1/report.json"))
                .first(1)
                .thenRun(() -> run.writeReport(report(pass + 1, 1)));

        run.writeReport(report(pass, 2));

        assertThat(run.report()).hasValue(report(pass + 1, 1));
    }

    @Test
    void reportWhoseAnswerWasLostIsWritten() {
        runs.aws.s3().faults().on("PutObject").first(1).thenDropAfter();

        assertThat(run.writeReport(report(0, 1))).isEqualTo(report(0, 1));

        assertThat(run.report()).hasValue(report(0, 1));
    }

    @Test
    void reportOfThePassBecomesTheRunsAfterACrash() {
        run.writeReport(report(0, 2));
        runs.aws.s3().put("state", "runs/r1/pass-1/report.json", Json.text(report(1, 1)));

        run.completeReport(report(1, 1));
        run.completeReport(report(0, 2));

        assertThat(run.report()).hasValue(report(1, 1));
    }

    @Test
    void reportHasTheFieldsThatItsReadersExpect() {
        run.writeReport(report(0, 1));

        assertThat(runs.aws.s3().text("state", "runs/r1/report.json"))
                .hasValue("{\"version\":1,\"run\":\"r1\",\"pass\":0,\"table\":\"analytics.flights\","
                        + "\"location\":\"s3://lake/flights/\",\"status\":\"PARTIAL\",\"registered\":23,\"failed\":1,"
                        + "\"outstanding\":1,\"setAside\":0,\"failures\":[{\"partition\":\"hour=0\",\"values\":[\"0\"],"
                        + "\"prefix\":\"flights/hour=0/\",\"error\":\"Truncated\",\"message\":\"cut\",\"attempts\":1,\"setAside\":false}],"
                        + "\"skipped\":{\"count\":0,\"sample\":[]},\"healed\":false}");
    }

    @Test
    void outstandingPartitionKeepsWhereItsRawDataLies() {
        Outstanding outstanding =
                TestReports.cut("hour=7", new Partition(PartitionValues.of("7"), "flights/7/", Optional.of("raw/7/")));

        Outstanding read = Json.read(Json.text(outstanding), Outstanding.class, "outstanding");

        assertThat(read.toPartition())
                .isEqualTo(new Partition(PartitionValues.of("7"), "flights/7/", Optional.of("raw/7/")));
    }

    private static RunReport report(int pass, int outstanding) {
        List<Outstanding> failures = IntStream.range(0, outstanding)
                .mapToObj(Runs::partition)
                .map(partition ->
                        TestReports.cut("hour=" + partition.values().values().getFirst(), partition))
                .toList();
        return TestReports.of(new RunId("r1"), pass, TestReports.counts(23, outstanding), failures);
    }
}
