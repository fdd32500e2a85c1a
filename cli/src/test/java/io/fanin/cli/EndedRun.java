package io.fanin.cli;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.spec.OnPartial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Ends of runs: the output of a complete one, and the report of one that is held. */
public final class EndedRun {

    static final TableCreatorAnswer COMPLETE = new TableCreatorAnswer(
            new RunId("flights-1"),
            0,
            "analytics.flights",
            TableStatus.COMPLETE,
            OnPartial.FAIL,
            new RunCounts(
                    24,
                    0,
                    0,
                    0L,
                    OptionalLong.empty(),
                    RunCounts.Exempt.NONE,
                    OptionalLong.empty(),
                    RunCounts.Gone.NONE),
            new TableCreatorAnswer.Links(
                    Optional.empty(), "s3://state/runs/flights-1/report.json", UnmatchedNames.NONE, Optional.empty()),
            Optional.empty());
    static final Map<String, Object> REPORT = report(0, 22, List.of(failure("17"), failure("18")));

    private EndedRun() {}

    /** The report of a pass of the run {@code flights-1} in which these partitions failed. */
    public static Map<String, Object> report(int pass, int registered, List<Map<String, Object>> failures) {
        Map<String, Object> report =
                new HashMap<>(Map.of("version", 1, "run", "flights-1", "pass", pass, "table", "analytics.flights"));
        report.putAll(Map.of("location", "s3://lake/flights/", "status", "PARTIAL", "registered", registered));
        report.putAll(Map.of("failed", failures.size(), "outstanding", failures.size()));
        report.put("failures", failures);
        return report;
    }

    /** The failure of a partition, as a report names it. */
    public static Map<String, Object> failure(String hour) {
        return failure(hour, Map.of());
    }

    /** The same with other fields, or more. */
    public static Map<String, Object> failure(String hour, Map<String, Object> fields) {
        Map<String, Object> failure = new HashMap<>(Map.of(
                "partition",
                "dt=2013-02-08/hour=" + hour,
                "values",
                List.of("2013-02-08", hour),
                "prefix",
                "flights/dt=2013-02-08/hour=" + hour + "/",
                "error",
                "Truncated",
                "message",
                "ended early",
                "attempts",
                1));
        failure.putAll(fields);
        return failure;
    }
}
