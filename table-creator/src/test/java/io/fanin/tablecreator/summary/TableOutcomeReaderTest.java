package io.fanin.tablecreator.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.summary.TableReceipt.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DescribeExecution is eventually consistent: it may say of an execution that has ended that it is running. */
class TableOutcomeReaderTest {

    private static final TableItem ITEM = TableItem.of(
            0,
            new TableName("analytics", "flights"),
            "arn:aws:states:eu-west-1:123456789012:stateMachine:fanin",
            "nightly",
            Json.input().createObjectNode());

    private final List<Duration> pauses = new ArrayList<>();
    private int looks;

    /** @param seenAt at which look the end is seen */
    private TableOutcomeReader reader(int seenAt) {
        return new TableOutcomeReader(
                new S3ObjectStore(new FakeS3().createBucket("state").client(), "state"),
                arn -> Optional.of(
                        ++looks < seenAt
                                ? new ExecutionEnd(
                                        "RUNNING",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())
                                : new ExecutionEnd(
                                        "FAILED",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("Wrong"),
                                        Optional.empty())),
                pauses::add);
    }

    @ParameterizedTest
    @CsvSource({"LOOK, ''", "FAILED, States.TaskFailed"})
    void endThatTheMapWasToldIsWaitedFor(End end, String error) {
        assertThat(reader(3)
                        .read(ITEM, new TableReceipt(0, end, Optional.of(error)))
                        .error())
                .hasValue("Wrong");
        assertThat(pauses).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, Sfn.ExecutionLimitExceeded", "FAILED, ''"})
    void executionOfWhichNobodyWasToldTheEndIsUnderWay(End end, String error) {
        assertThat(reader(3)
                        .read(ITEM, new TableReceipt(0, end, Optional.of(error)))
                        .error())
                .hasValue("RUNNING");
        assertThat(reader(3).read(ITEM).error()).hasValue("RUNNING");
        assertThat(pauses).isEmpty();
    }

    /** No other execution counts for the run: the summary looks at the one of this name. */
    @Test
    void executionThatWasNotStartedIsStartedByARedriveOfAll() {
        TableOutcomeReader reader = new TableOutcomeReader(
                new S3ObjectStore(new FakeS3().createBucket("state").client(), "state"),
                arn -> Optional.empty(),
                pauses::add);

        TableResult result = reader.read(ITEM);

        assertThat(result.outcome()).isEqualTo(TableOutcome.FAILED);
        assertThat(result.message())
                .hasValue("the table's execution could not be started: fanin redrive --all EXECUTION starts it");
    }

    /** They may have been redriven since, and a run has up to 2,000. */
    @Test
    void summaryDoesNotWaitForEach() {
        TableOutcomeReader reader = reader(1_000);

        for (int i = 0; i < 5; i++) {
            assertThat(reader.read(ITEM, new TableReceipt(0, End.LOOK, Optional.empty()))
                            .outcome())
                    .isEqualTo(TableOutcome.FAILED);
        }

        assertThat(pauses).hasSize(4);
    }

    /** Otherwise a spec with a mistyped location would never be noticed. */
    @ParameterizedTest
    @CsvSource({"0, true, 'no partition where this run has looked: '", "1, true, ''", "0, false, ''"})
    void tableWithoutAnyPartitionIsRemarked(long found, boolean isNew, String remark) {
        S3ObjectStore state =
                new S3ObjectStore(new FakeS3().createBucket("state").client(), "state");
        RunId run = new RunId(ITEM.name());
        if (!isNew) {
            new TableRecords(state)
                    .update(ITEM.table(), record -> record.with(new RecordedRun(run, "s3://state/runs/r/", 0)));
        }
        DetectorAnswer answer = DetectorAnswer.of(
                ITEM.table(),
                new RunFolder(state, run),
                NextStep.NOTHING_NEW,
                ManifestSummary.of(0),
                DetectionReport.NONE);
        ObjectNode output = Json.documents().valueToTree(answer);
        output.put("found", found);
        TableOutcomeReader reader = new TableOutcomeReader(
                state,
                arn -> Optional.of(new ExecutionEnd(
                        "SUCCEEDED",
                        Optional.empty(),
                        Optional.of(output.toString()),
                        Optional.empty(),
                        Optional.empty())),
                pauses::add);

        TableResult result = reader.read(ITEM, new TableReceipt(0, End.LOOK, Optional.empty()));

        assertThat(result.outcome()).isEqualTo(TableOutcome.NOTHING_NEW);
        assertThat(result.message().orElse("")).startsWith(remark);
    }
}
