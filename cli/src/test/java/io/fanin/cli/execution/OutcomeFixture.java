package io.fanin.cli.execution;

import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;

import io.fanin.cli.EndedRun;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Executions that have ended, the report of a partial one, and their outcomes. */
final class OutcomeFixture {

    static final String NAME = "flights-1";
    static final String QUARANTINE = "s3://state/runs/flights-1/quarantine/";
    private static final Map<String, Object> REPORT = EndedRun.report(0, 23, List.of(EndedRun.failure("17")));

    private final FakeAws aws = new FakeAws();
    private Result result;

    OutcomeFixture() {
        aws.s3().createBucket("state");
        report(NAME, report -> report);
    }

    /** The result of the last outcome. */
    Result result() {
        return result;
    }

    List<String> succeeding(Map<String, Object> output) {
        return lines(moment(succeeded(NAME, output)));
    }

    List<String> failing(String error, Map<String, Object> cause) {
        return lines(moment(failed(NAME, error, cause)));
    }

    static Moment moment(DescribeExecutionResponse execution) {
        return new Moment(ExecutionDetails.of(execution), ExecutionHistory.NONE, Optional.empty());
    }

    List<String> lines(Moment moment) {
        S3ObjectStore store = new S3ObjectStore(aws.s3().client(), "state");
        Outcome outcome = new Outcomes((RunId run) -> new RunFolder(store, run)).of(moment);
        result = outcome.result();
        return new OutcomeText(new Hints("fanin", "", List.of())).lines(outcome);
    }

    void report(String run, UnaryOperator<Map<String, Object>> change) {
        aws.s3().put("state", "runs/" + run + "/report.json", Json.text(change.apply(new HashMap<>(REPORT))));
    }
}
