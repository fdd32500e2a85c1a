package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.cost.StateTransitions;
import io.fanin.model.json.Json;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.Execution;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunId;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.run.detection.RecordChange;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start of a run: its execution, its spec, its detection, and the number of state transitions that follow. */
class RunStartTest {

    private static final DetectionReport SAW = DetectionReport.unseen(
            new DetectionCounts.Pending(Map.of(Reason.NEW, 1L), List.of()), DetectionCounts.Skips.NONE);

    private final Runs runs = new Runs();
    private final RunFolder run = runs.folder("r1");

    /** With permission to write to the state bucket, an unresolved spec can be written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"table\": \"flights\" | not resolved",
                "\"table\": \"\\u001b[2J\", \"location\": \"s3://lake/x/\" | is not the name of a table",
                "\"table\": \"flights\", \"columns\": [null] | columns[0]: its value is absent"
            })
    void specThatIsNotResolvedIsRefusedByItsName(String fields, String message) {
        runs.aws.s3().put("state", "runs/r1/spec.json", "{\"database\": \"analytics\", " + fields + "}");

        assertThatThrownBy(run::spec)
                .hasMessageContaining("s3://state/runs/r1/spec.json cannot be read")
                .hasMessageContaining(message);
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
                        new Tally(1, List.of(new PartitionLabel("hour=18", "flights/hour=18/", "has no _SUCCESS"))),
                        Tally.NONE,
                        new MissingPeriods(
                                2, List.of(new MissingPeriods.Stretch("2013-02-08T03:00", "2013-02-08T04:00", 2))),
                        new DetectionCounts.Skips(
                                Map.of(SkipReason.HIDDEN, 2L),
                                List.of(new Skip("flights/_tmp/", SkipReason.HIDDEN, "hidden"))),
                        new CatalogChanges(
                                Optional.of(new Vanished(
                                        2,
                                        List.of(new PartitionLabel("hour=1", "flights/hour=1/", "")),
                                        1,
                                        Optional.of("token"),
                                        Optional.of("too many"))),
                                List.of(new Column("gate", "string")))),
                Optional.of(RecordChange.of("r0/1")),
                new DetectionReport.SeenPeriods(
                        Optional.of("2026-11-20T12:00"),
                        Optional.of("2013-02-08T17:00"),
                        Optional.of("2013-02-08T01:00"),
                        Optional.of("2013-02-08T18:00"),
                        List.of("2013-02-08T16:00"),
                        Optional.of("2013-02-08T18:00")),
                Optional.of(Instant.parse("2013-02-08T19:00:00Z")),
                Optional.of(new UnverifiedCount(
                        Optional.of("2013-02-06T00:00"), new UnverifiedCount.Share(7, 1), UnverifiedCount.Share.NONE)),
                new DetectionReport.SeenTable(
                        Optional.of(Instant.parse("2013-01-01T00:00:00Z")), Optional.of("s3://state/runs/r0/")));

        run.begin(
                run.writeDetection(report, TakenEntries.NONE), Collections.emptyIterator(), ManifestSummary.of(0), "");

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
                        DetectionReport.SeenPeriods.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        DetectionReport.SeenTable.NONE));
    }

    @ParameterizedTest
    @CsvSource({"NOTHING_NEW, 0, 3", "REGISTER, 0, 5", "PROCESS, 1, 8", "PROCESS, 2500, 5006"})
    void everyStateThatIsEnteredIsATransition(NextStep next, int batches, long expected) {
        assertThat(StateTransitions.estimate(next, false, batches)).isEqualTo(expected);
    }

    @Test
    void specIsWrittenOnceAndTheSecondWriterIsToldTheFirst() {
        ResolvedSpec first = spec("s3://lake/flights/");

        assertThat(run.writeStart(RunStart.of(first, SAW, TakenEntries.NONE, WaiverChange.NONE)))
                .isEqualTo(first);
        assertThat(runs.folder("r1")
                        .writeStart(RunStart.of(spec("s3://lake/other/"), SAW, TakenEntries.NONE, WaiverChange.NONE)))
                .isEqualTo(first);
        assertThat(run.spec()).isEqualTo(first);
    }

    @Test
    void specAndDetectionAreOneDocument() {
        ResolvedSpec spec = spec("s3://lake/flights/");
        run.writeStart(RunStart.of(spec, SAW, TakenEntries.NONE, WaiverChange.NONE));
        DetectionFiles detection = run.writeDetection(SAW, TakenEntries.NONE);

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
        run.writeStart(RunStart.of(spec("s3://lake/flights/"), SAW, TakenEntries.NONE, WaiverChange.NONE));
        DetectionReport other = DetectionReport.unseen(
                new DetectionCounts.Pending(Map.of(Reason.NEW, 2L), List.of()), DetectionCounts.Skips.NONE);

        DetectionFiles second = runs.folder("r1").writeDetection(other, TakenEntries.NONE);

        assertThat(second.report()).isEqualTo(other);
        assertThat(runs.aws.s3().keys("state"))
                .containsExactly("runs/r1/detection-" + second.token() + ".json", "runs/r1/spec.json");
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

    private static ResolvedSpec spec(String location) {
        return Json.read(
                "{\"database\":\"analytics\",\"table\":\"flights\",\"location\":\"" + location
                        + "\",\"format\":\"json\",\"columns\":[],\"partitionKeys\":[],\"layout\":\"hive\"}",
                ResolvedSpec.class,
                "spec");
    }
}
