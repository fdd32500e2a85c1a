package io.fanin.cli;

import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.history.TableHistory.Subject;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import java.time.Instant;
import java.util.List;

/** The documents in the state bucket of a run that has registered all hours but one: {@code flights-1}. */
final class PartialRun {

    private PartialRun() {}

    static void in(CliFixture cli) {
        in(cli, "cut");
    }

    /**
     * Writes the documents with another message.
     *
     * @param message the reason for the failure of the hour
     */
    static void in(CliFixture cli, String message) {
        String json = """
                {"version": 1, "run": "flights-1", "pass": 0, "execution": "%s", "table": "analytics.flights", "status": "PARTIAL",
                 "location": "s3://lake/flights/", "registered": 23, "failed": 1, "outstanding": 1,
                 "failures": [{"partition": "dt=2013-02-08/hour=17", "values": ["2013-02-08", "17"], "prefix": "flights/",
                               "error": "Truncated", "message": "%s", "attempts": 1}],
                 "usage": {"gigabyteSeconds": 1.5, "stateTransitions": 30}}""".formatted(FakeStepFunctions.arn("flights-1"), message);
        RunReport report = Json.read(json, RunReport.class, "report.json");
        cli.store.put("runs/flights-1/report.json", json);
        TableRecord record = TableRecord.NEW.withFailures(
                List.of(OutstandingFailure.first(
                        new Partition(PartitionValues.of("2013-02-08", "17"), "flights/"),
                        new Failure(FailureCode.TRUNCATED, message),
                        new RunId("flights-1"),
                        0)),
                TestForms.AS_WRITTEN);
        cli.createTable(record);
        new TableHistories(cli.store)
                .updateHistory(
                        CliFixture.FLIGHTS,
                        known -> TableHistory.NEW.after(
                                report,
                                RunEntry.of(report, Instant.parse("2013-02-09T14:06:00Z"), 24, true),
                                new Subject(
                                        "s3://lake/flights/",
                                        "hive",
                                        "json",
                                        "validate",
                                        cli.spec().definition().keys()),
                                List.of()));
    }
}
