package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.EndedRun.REPORT;
import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.entered;
import static io.fanin.cli.FakeStepFunctions.exited;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The outstanding partitions of a run are processed again. */
class RedriveCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void redriveFollowsTheSameExecution() {
        cli.stepFunctions
                .put(failed("flights-1", HELD, Map.of()))
                .onRedrive(arn -> cli.stepFunctions.put(described("flights-1", "SUCCEEDED")
                        .redriveCount(1)
                        .output(Json.text(COMPLETE))
                        .build()));

        Done done = cli.run("redrive", "flights-1");

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly("Redriven: flights-1", "analytics.flights is COMPLETE: 24 registered, 0 outstanding.");
    }

    @Test
    void endpointWithoutRedriveStartsAnotherExecution() {
        cli.stepFunctions
                .put(failed("analytics-flights-20130209T140000-000", HELD, Map.of()))
                .refuse("RedriveExecution", "InternalFailure", "none", 501)
                .startsWith(name -> succeeded(name, COMPLETE));

        Done done = cli.run("redrive", "analytics-flights-20130209T140000-000");

        assertThat(done.code()).isZero();
        assertThat(done.out()).contains("no RedriveExecution", "Execution analytics-flights-20130209T150001-234");
        assertThat(cli.stepFunctions.inputs)
                .containsExactly("{\"redriveOf\":\"analytics-flights-20130209T140000-000\"}");
    }

    @Test
    void runningExecutionIsNotRedriven() {
        cli.stepFunctions.put(FakeStepFunctions.running("flights-1"));

        Done done = cli.run("redrive", "flights-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).isEqualTo("error: flights-1 is running\nhint: wait for its end\n");
        assertThat(cli.stepFunctions.calls).doesNotContain("RedriveExecution");
    }

    @Test
    void plannedRedriveNamesWhatIsLeftAndChangesNothing() {
        cli.createTable(TableRecord.NEW);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));
        cli.aws.glue().putPartition("analytics", "flights", List.of("2013-02-08", "18"), "s3://lake/x/");
        cli.stepFunctions.put(failed("flights-1", HELD, Map.of()));

        Done done = cli.run("redrive", "--plan", "flights-1");

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly(
                        "analytics.flights: 1 partition would be processed again.",
                        "  dt=2013-02-08/hour=17",
                        "    Truncated: ended early",
                        "    What to do: Write the object again, then redrive.");
        assertThat(cli.stepFunctions.calls).containsExactly("DescribeExecution");
    }

    @Test
    void plannedRedriveSaysWhatNamesTheMissingPeriods() {
        ObjectNode report = Json.documents().valueToTree(REPORT);
        cli.createTable(TableRecord.NEW);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/report.json", Json.text(report.put("missing", 3)));
        cli.stepFunctions.put(failed("flights-1", HELD, Map.of()));

        assertThat(cli.run("redrive", "--plan", "flights-1").lines())
                .last()
                .asString()
                .startsWith(
                        "No redrive processes periods without any prefix (3), which make the table PARTIAL. Their names:"
                                + " fanin plan analytics.flights; if its spec's mode is neither list nor full:"
                                + " fanin plan SPEC, with \"detection\": {\"mode\": \"list\"} in the spec");
    }

    @Test
    void plannedRedriveNamesTheLaterRunToWhichSomethingIsLeft() {
        RunId later = new RunId("flights-2");
        Instant begun = Instant.parse("2013-02-09T14:00:00Z");
        OutstandingFailure failure = OutstandingFailure.first(
                        new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/"),
                        new Failure(FailureCode.TRUNCATED, "ended early"),
                        later,
                        0)
                .ofDataReadAt(begun.plusSeconds(7_200));
        cli.createTable(TableRecord.NEW.withFailures(List.of(failure), TestForms.AS_WRITTEN));
        begun("flights-1", begun, cli.spec());
        begun(
                "flights-2",
                begun.plusSeconds(3_600),
                cli.spec().with(Json.read("{\"type\": \"register\"}", ProcessorSpec.class, "processor")));
        cli.stepFunctions.put(failed("flights-1", HELD, Map.of()));

        assertThat(cli.run("redrive", "--plan", "flights-1").lines())
                .contains("1 partition is left to run flights-2, which has a later spec: redrive that")
                .noneMatch(line -> line.contains("hour=17"));
    }

    private void begun(String run, Instant moment, ResolvedSpec spec) {
        ObjectNode report = Json.documents().valueToTree(REPORT);
        cli.aws
                .s3()
                .put(
                        CliFixture.BUCKET,
                        "runs/" + run + "/report.json",
                        Json.text(report.put("begun", moment.toString())));
        cli.aws.s3().put(CliFixture.BUCKET, "runs/" + run + "/spec.json", Json.text(spec));
    }

    @Test
    void runningExecutionIsNotPlanned() {
        cli.stepFunctions.put(FakeStepFunctions.running("flights-1"));

        assertThat(cli.run("redrive", "--plan", "flights-1").err())
                .isEqualTo("error: flights-1 is running\nhint: wait for its end\n");
    }

    /** AWS refuses these; an endpoint without redrives processes the partitions of any execution. */
    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, REDRIVABLE_BY_MAP_RUN, flights-1 cannot be redriven: it is SUCCEEDED",
        "FAILED, NOT_REDRIVABLE, flights-1 can no longer be redriven"
    })
    void nothingIsPlannedThatAwsRefuses(String status, String redriveStatus, String message) {
        cli.createTable(TableRecord.NEW);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));
        cli.stepFunctions.put(
                described("flights-1", status).redriveStatus(redriveStatus).build());

        assertThat(cli.run("redrive", "--plan", "flights-1").err()).contains(message, "for 14 days", "fanin run");
        assertThat(cli.run("redrive", "--plan", "--port", "4599", "flights-1").code())
                .isZero();
    }

    @Test
    void answerOfARunHasTheDocumentedFields() {
        cli.stepFunctions.put(failed("flights-1", HELD, Map.of("errorMessage", "is partial")));
        cli.aws.s3().put(CliFixture.BUCKET, "runs/flights-1/report.json", Json.text(REPORT));

        JsonNode json = cli.run("redrive", "--output", "json", "flights-1").json();

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "execution",
                        "result",
                        "table",
                        "registered",
                        "outstanding",
                        "failures",
                        "report",
                        "error",
                        "message");
    }

    @Test
    void progressIsShownWhileItGoesOn() {
        cli.stepFunctions
                .put(
                        failed("flights-1", HELD, Map.of()),
                        exited(1, Map.of("next", "PROCESS", "partitions", 2, "batches", 1)),
                        entered(2, "Fan out over partitions", "Map"))
                .onRedrive(arn -> {});

        assertThat(cli.run("redrive", "flights-1").lines())
                .contains("  Fan out over partitions (2 partitions in 1 batch)");
    }

    @Test
    void executionThatIsTooOldSaysWhatToDoInstead() {
        cli.stepFunctions.put(failed("flights-1", HELD, Map.of())).refuse("RedriveExecution", (SfnException)
                ExecutionNotRedrivableException.builder()
                        .message("is not redrivable")
                        .statusCode(400)
                        .build());

        Done done = cli.run("redrive", "flights-1", "--region", "eu-west-1");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains(
                        "flights-1 was not redriven: is not redrivable",
                        "for 14 days",
                        "fanin run DATABASE.TABLE --region eu-west-1");
    }
}
