package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.HELD;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.TestProgress;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A table with its record, its last run, and its status. */
final class StatusFixture {

    static final RunId RUN = new RunId("flights-1");
    static final String FOLDER = "s3://state/runs/flights-1/";
    static final OutstandingFailure FAILURE = OutstandingFailure.first(
            new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/"),
            new Failure(FailureCode.TRUNCATED, "ended early"),
            RUN,
            0);
    static final TableRecord COMPLETE = TableRecord.NEW
            .with(TestProgress.of(Optional.of("2013-02-08T16:00"), Optional.empty()))
            .with(new RecordedRun(RUN, FOLDER, 23));
    /** A run whose spec sets a partition aside after one failure. */
    static final RecordedRun ONE_ATTEMPT =
            new RecordedRun(RUN, FOLDER, 23, OptionalLong.empty(), Optional.of(1), Optional.empty());

    static final TableRecord PARTIAL = COMPLETE.withFailures(List.of(FAILURE), TestForms.AS_WRITTEN);

    final CliFixture cli = new CliFixture();

    Done status() {
        return cli.run("status", "analytics.flights");
    }

    void held() {
        cli.stepFunctions.put(FakeStepFunctions.failed("flights-1", HELD, Map.of()));
    }

    void report(Map<String, Object> change) {
        Map<String, Object> report = new HashMap<>(Map.of(
                "version", 1,
                "run", "flights-1",
                "pass", 0,
                "table", "analytics.flights",
                "location", "s3://lake/flights/",
                "status", "PARTIAL",
                "registered", 23,
                "failed", 1,
                "outstanding", 1));
        report.put("failures", List.of());
        report.putAll(change);
        cli.aws.s3().put(CliFixture.BUCKET, "runs/" + report.get("run") + "/report.json", Json.text(report));
    }
}
