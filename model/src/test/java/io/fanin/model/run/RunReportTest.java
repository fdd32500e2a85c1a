package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a report says about the cause of its failures. */
class RunReportTest {

    private static final String FIRST = failure("BadRecord", 1, "");

    @Test
    void partitionsOfARunThatFailAlikeWithoutASuccessHintAtTheSpec() {
        assertThat(report(0, 0, FIRST, FIRST).hintsAtSpec()).isTrue();
        assertThat(report(0, 0, FIRST).hintsAtSpec()).as("one alone").isFalse();
        assertThat(report(0, 1, FIRST, FIRST).hintsAtSpec())
                .as("others are read with the spec")
                .isFalse();
        assertThat(report(0, 0, FIRST, FIRST, failure("Truncated", 1, "")).hintsAtSpec())
                .isFalse();
    }

    @Test
    void partitionsThatHadFailedBeforeTheRunHintAtNothing() {
        String again = failure("BadRecord", 2, "");

        assertThat(report(0, 0, again, again).hintsAtSpec()).isFalse();
        assertThat(report(0, 0, again, FIRST).hintsAtSpec()).isFalse();
        assertThat(report(0, 0, again, FIRST, FIRST).hintsAtSpec()).isTrue();
        assertThat(report(1, 0, again, again).hintsAtSpec())
                .as("they failed first in this run, which was redriven")
                .isTrue();
        assertThat(report(1, 0, failure("BadRecord", 3, ""), failure("BadRecord", 3, ""))
                        .hintsAtSpec())
                .as("a redrive of a run that had tried them again")
                .isFalse();
    }

    @Test
    void partitionsThatAreRegisteredWereReadWithTheSpec() {
        String late = failure("BadRecord", 1, ", \"registeredBy\": \"s3://state/runs/before/\"");
        String unverified = failure("BadRecord", 1, ", \"registeredBy\": \"\"");

        assertThat(report(0, 0, late, late).hintsAtSpec()).isFalse();
        assertThat(report(0, 0, unverified, unverified).hintsAtSpec()).isFalse();
    }

    private static RunReport report(int pass, int registered, String... failures) {
        return Json.read(
                """
                {"version": 1, "run": "r", "pass": %d, "table": "analytics.flights", "location": "s3://lake/flights/",
                 "status": "PARTIAL", "registered": %d, "failed": %d, "outstanding": %3$d, "failures": %s}""".formatted(
                                pass,
                                registered,
                                failures.length,
                                Stream.of(failures).collect(Collectors.joining(",", "[", "]"))),
                RunReport.class,
                "the report");
    }

    private static String failure(String error, int attempts, String more) {
        return """
                {"partition": "dt=2013-02-08", "values": ["2013-02-08"], "prefix": "f/", "attempts": %d, "error": "%s",
                 "message": "no"%s}""".formatted(attempts, error, more);
    }
}
