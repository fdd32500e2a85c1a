package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.core.json.Json;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.BatchResult;
import io.fanin.core.run.Execution;
import io.fanin.core.run.Failure;
import io.fanin.core.run.Inventory;
import io.fanin.core.run.Named;
import io.fanin.core.run.Next;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunCounts;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.RunReport.Outstanding;
import io.fanin.core.run.StateTransitions;
import io.fanin.core.run.TableChanges;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.Tally;
import io.fanin.core.run.WaiverChange;
import io.fanin.core.run.detection.CatalogChanges;
import io.fanin.core.run.detection.DetectionCounts;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.MissingPeriods;
import io.fanin.core.run.detection.Plan;
import io.fanin.core.run.detection.Reason;
import io.fanin.core.run.detection.Vanished;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.Column;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDocumentsTest {

    private final Runs runs = new Runs();
    private static final DetectionReport SAW = DetectionReport.unseen(
            new DetectionCounts.Pending(Map.of(Reason.NEW, 1L), List.of()),
            DetectionCounts.Skips.NONE,
            Optional.empty());

    private final RunFolder run = runs.folder("r1");

    @Test
    void resultIsReadAsWritten() {
        BatchResult result =
                new BatchResult(7, List.of(processed(1), processed(2), failed(3), skipped(4)), OptionalLong.of(1_250));

        run.writeResult(1, result);

        assertThat(run.result(1, 7)).hasValue(result);
        assertThat(run.result(0, 7)).isEmpty();
        assertThat(run.result(1, 8)).isEmpty();
        assertThat(runs.aws.s3().keys("state")).containsExactly("runs/r1/pass-1/results/7.json");
    }

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
    void resultReplacesThatOfAnEarlierAttempt() {
        run.writeResult(0, new BatchResult(7, List.of(failed(1))));
        run.writeResult(0, new BatchResult(7, List.of(processed(1))));

        assertThat(run.result(0, 7)).hasValue(new BatchResult(7, List.of(processed(1))));
    }

    @Test
    void unreadableResultIsNamed() {
        runs.aws.s3().put("state", "runs/r1/pass-0/results/7.json", "{\"batch\":7,");

        assertThatThrownBy(() -> run.result(0, 7))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/runs/r1/pass-0/results/7.json cannot be read");
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
    void detectionIsReadAsWritten() {
        DetectionReport report = new DetectionReport(
                Optional.of("2013-02-06T17:00"),
                new DetectionCounts(
                        24,
                        3,
                        new DetectionCounts.Pending(
                                Map.of(Reason.NEW, 20L, Reason.RETRIED, 1L),
                                List.of(new Plan.Planned(Reason.NEW, "hour=17", "flights/hour=17/"))),
                        new Tally(1, List.of(new Named("hour=18", "flights/hour=18/", "has no _SUCCESS"))),
                        Tally.NONE,
                        new MissingPeriods(
                                2, List.of(new MissingPeriods.Stretch("2013-02-08T03:00", "2013-02-08T04:00", 2))),
                        new DetectionCounts.Skips(
                                Map.of(SkipReason.HIDDEN, 2L),
                                List.of(new Skip("flights/_tmp/", SkipReason.HIDDEN, "hidden"))),
                        new CatalogChanges(
                                Optional.of(new Vanished(
                                        2,
                                        List.of(new Named("hour=1", "flights/hour=1/", "")),
                                        1,
                                        Optional.of("token"),
                                        Optional.of("too many"))),
                                List.of(new Column("gate", "string")))),
                Optional.of(new RunId("r0")),
                Optional.of("2026-11-20T12:00"),
                Optional.of("2013-02-08T17:00"),
                Optional.of("2013-02-08T18:00"),
                Optional.of(Instant.parse("2013-01-01T00:00:00Z")));

        run.begin(run.writeDetection(report, Optional.empty()), Collections.emptyIterator(), ManifestSummary.of(0), "");

        assertThat(run.detection().orElseThrow().report()).isEqualTo(report);
        assertThat(report.counts().skips().total()).isEqualTo(2);
    }

    @Test
    void fieldsThatADetectionLeavesOutHaveDefaults() {
        DetectionReport report = Json.read(
                "{\"found\":1,\"registered\":1,\"skipped\":{},\"skippedSample\":[]}", DetectionReport.class, "x");

        assertThat(report)
                .isEqualTo(new DetectionReport(
                        Optional.empty(),
                        new DetectionCounts(
                                1,
                                1,
                                DetectionCounts.Pending.NONE,
                                Tally.NONE,
                                Tally.NONE,
                                MissingPeriods.NONE,
                                DetectionCounts.Skips.NONE,
                                CatalogChanges.NONE),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"NOTHING_NEW, 0, 3", "REGISTER, 0, 5", "PROCESS, 1, 7", "PROCESS, 2500, 2506"})
    void everyStateThatIsEnteredIsATransition(Next next, int batches, long expected) {
        assertThat(StateTransitions.estimate(next, false, batches)).isEqualTo(expected);
    }

    @Test
    void specIsWrittenOnceAndTheSecondWriterIsToldTheFirst() {
        TableSpec first = spec("s3://lake/flights/");

        assertThat(run.writeStart(RunStart.of(first, SAW, Optional.empty(), WaiverChange.NONE)))
                .isEqualTo(first);
        assertThat(runs.folder("r1")
                        .writeStart(RunStart.of(spec("s3://lake/other/"), SAW, Optional.empty(), WaiverChange.NONE)))
                .isEqualTo(first);
        assertThat(run.spec()).isEqualTo(first);
    }

    @Test
    void specAndDetectionAreOneDocument() {
        TableSpec spec = spec("s3://lake/flights/");
        run.writeStart(RunStart.of(spec, SAW, Optional.empty(), WaiverChange.NONE));
        DetectionFiles detection = run.writeDetection(SAW, Optional.empty());

        assertThat(detection.report()).isEqualTo(SAW);
        assertThat(runs.aws.s3().keys("state")).containsExactly("runs/r1/spec.json");
        assertThat(runs.aws.s3().text("state", "runs/r1/spec.json").orElseThrow())
                .startsWith("{\"database\":\"analytics\",\"table\":\"flights\",")
                .contains(",\"detected\":{")
                .endsWith(",\"detectionToken\":\"" + detection.token() + "\"}");
        RunStart read = runs.folder("r1").start().orElseThrow();
        assertThat(read.spec()).isEqualTo(spec);
        assertThat(read.detected()).hasValue(SAW);
    }

    @Test
    void detectionOfALaterInvocationLiesBesideTheSpec() {
        run.writeStart(RunStart.of(spec("s3://lake/flights/"), SAW, Optional.empty(), WaiverChange.NONE));
        DetectionReport other = DetectionReport.unseen(
                new DetectionCounts.Pending(Map.of(Reason.NEW, 2L), List.of()),
                DetectionCounts.Skips.NONE,
                Optional.empty());

        DetectionFiles second = runs.folder("r1").writeDetection(other, Optional.empty());

        assertThat(second.report()).isEqualTo(other);
        assertThat(runs.aws.s3().keys("state"))
                .containsExactly("runs/r1/detection-" + second.token() + ".json", "runs/r1/spec.json");
    }

    private static TableSpec spec(String location) {
        return Json.read(
                "{\"database\":\"analytics\",\"table\":\"flights\",\"location\":\"" + location + "\"}",
                TableSpec.class,
                "spec");
    }

    @Test
    void specOfAnUnknownRunIsMissedByName() {
        assertThat(run.findSpec()).isEmpty();
        assertThatThrownBy(run::spec)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContainingAll("s3://state/runs/r1/spec.json", "expired");
    }

    @Test
    void executionIsReadFromTheContextObject() throws JsonProcessingException {
        String aws =
                "{\"Id\":\"arn:aws:states:us-east-1:1:execution:m:r1\",\"Input\":{\"table\":\"t\"},\"Name\":\"r1\","
                        + "\"RoleArn\":\"arn:x\",\"StartTime\":\"2013-02-08T17:00:00Z\",\"RedriveCount\":2,"
                        + "\"RedriveTime\":\"2013-02-09T17:00:00Z\"}";
        String localStack = "{\"Id\":\"a\",\"Input\":null,\"Name\":\"r1\",\"RoleArn\":\"b\",\"StartTime\":\"c\"}";

        Execution redriven = Json.documents().readValue(aws, Execution.class);

        assertThat(redriven.redriveCount()).hasValue(2);
        assertThat(redriven.started()).hasValue(Instant.parse("2013-02-08T17:00:00Z"));
        assertThat(redriven.runId()).isEqualTo(new RunId("r1"));
        assertThat(redriven.input().path("table").asText()).isEqualTo("t");
        Execution local = Json.documents().readValue(localStack, Execution.class);
        assertThat(local.redriveCount()).isEqualTo(OptionalInt.empty());
        assertThat(local.started()).isEmpty();
    }

    @Test
    void inventoryOfNothingIsReadBack() {
        Inventory none = new Inventory(0, 0, Optional.empty(), "0".repeat(64));

        String written = Json.text(none);

        assertThat(written).doesNotContain("newest");
        assertThat(Json.read(written, Inventory.class, "inventory")).isEqualTo(none);
    }

    @Test
    void resultOfAConversionIsReadBack() {
        PartitionResult converted = new PartitionResult.Processed(
                new Partition(PartitionValues.of("7"), "flights/hour=7/", Optional.of("raw/7/")),
                new Inventory(3, 4_000, Optional.empty(), "ab12"),
                OptionalLong.of(5),
                Optional.of(new Inventory(1, 400, Optional.empty(), "cd34")),
                Map.of("bad", "2"));

        assertThat(Json.read(Json.text(converted), PartitionResult.class, "result"))
                .isEqualTo(converted);
    }

    @Test
    void resultThatSaysNothingOfAConversionIsReadBack() {
        String written = Json.text(processed(7));

        assertThat(written).doesNotContain("source", "written", "parameters");
        assertThat(Json.read(written, PartitionResult.class, "result")).isEqualTo(processed(7));
    }

    @Test
    void outstandingPartitionKeepsWhereItsRawDataLies() {
        Outstanding outstanding = new Outstanding(
                "hour=7",
                List.of("7"),
                "flights/7/",
                new Outstanding.Cause("Truncated", "cut"),
                1,
                Optional.empty(),
                false,
                Optional.of("raw/7/"));

        Outstanding read = Json.read(Json.text(outstanding), Outstanding.class, "outstanding");

        assertThat(read.toPartition())
                .isEqualTo(new Partition(PartitionValues.of("7"), "flights/7/", Optional.of("raw/7/")));
    }

    static PartitionResult processed(int hour) {
        return new PartitionResult.Processed(
                Runs.partition(hour),
                new Inventory(3, 4_000_000_000L, Optional.of(Instant.parse("2013-02-08T17:00:00.123Z")), "ab12"),
                hour % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(5_000_000_000L));
    }

    static PartitionResult failed(int hour) {
        return new PartitionResult.Failed(Runs.partition(hour), new Failure("Truncated", "a \"line\"\nand more"));
    }

    private static PartitionResult skipped(int partition) {
        return new PartitionResult.Skipped(Runs.partition(partition), "nothing there yet");
    }

    private static RunReport report(int pass, int outstanding) {
        List<Outstanding> failures = IntStream.range(0, outstanding)
                .mapToObj(Runs::partition)
                .map(partition -> new Outstanding(
                        "hour=" + partition.values().values().getFirst(),
                        partition.values().values(),
                        partition.prefix(),
                        new Outstanding.Cause("Truncated", "cut"),
                        1,
                        Optional.empty(),
                        false,
                        Optional.empty()))
                .toList();
        return new RunReport(
                new RunReport.Header(
                        RunReport.VERSION,
                        new RunId("r1"),
                        pass,
                        Optional.empty(),
                        "analytics.flights",
                        "s3://lake/flights/"),
                TableStatus.PARTIAL,
                new RunCounts(
                        23,
                        1,
                        outstanding,
                        0L,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        RunCounts.Gone.NONE),
                Optional.empty(),
                failures,
                Tally.NONE,
                new RunReport.Details(
                        OptionalLong.empty(),
                        Optional.empty(),
                        false,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        TableChanges.NONE));
    }
}
