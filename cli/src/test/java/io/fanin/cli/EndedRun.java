package io.fanin.cli;

import java.util.List;
import java.util.Map;

/** What runs end with: the output of one that is complete, and the report of one that is held. */
final class EndedRun {

    static final Map<String, Object> COMPLETE =
            Map.of("table", "analytics.flights", "status", "COMPLETE", "registered", 24, "outstanding", 0);
    static final Map<String, Object> REPORT = Map.of(
            "version",
            1,
            "run",
            "flights-1",
            "pass",
            0,
            "table",
            "analytics.flights",
            "location",
            "s3://lake/flights/",
            "status",
            "PARTIAL",
            "registered",
            22,
            "failed",
            2,
            "outstanding",
            2,
            "failures",
            List.of(failure("17"), failure("18")));

    private EndedRun() {}

    private static Map<String, Object> failure(String hour) {
        return Map.of(
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
                1);
    }
}
