package io.fanin.cli;

import static io.fanin.cli.StatusFixture.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.ExecutionError;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An execution that failed after the table's last run, and changed nothing, in the table's status. */
class StatusOfLaterFailureTest {

    private static final Instant DAY = FakeStepFunctions.THEN;

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void laterExecutionThatFailedAndChangedNothingIsNamed() {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        fails("analytics-flights-20130210T000000-000", 60, "{\"spec\":\"s3://lake/specs/f.json\"}");
        fails("analytics-flights-raw-20130210T000000-000", 120, "{\"spec\":\"s3://lake/specs/raw.json\"}");
        fails("analytics-flights-0", -60, "{\"database\":\"analytics\",\"table\":\"flights\"}");
        fails("other-20130210T000000-000", 180, "{}");

        assertThat(fixture.status().lines())
                .contains(
                        "A later execution, analytics-flights-20130210T000000-000, failed at " + DAY.plusSeconds(60)
                                + " and changed nothing: $.x: no",
                        "  What to do: " + ExecutionError.SPEC_REFUSED.advice());
        assertThat(cli.run("status", "analytics.flights", "--output", "json")
                        .json()
                        .at("/failedSince/execution")
                        .asText())
                .isEqualTo("analytics-flights-20130210T000000-000");
    }

    @Test
    void executionThatFoundTheTableBusyHasNotFailed() {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        cli.stepFunctions.put(FakeStepFunctions.failed(
                        "analytics-flights-2", ExecutionError.TABLE_BUSY.className(), Map.of("errorMessage", "busy"))
                .toBuilder()
                .startDate(FakeStepFunctions.THEN.plusSeconds(60))
                .input("{\"database\":\"analytics\",\"table\":\"flights\"}")
                .build());

        assertThat(fixture.status().out()).doesNotContain("later execution");
    }

    @ParameterizedTest
    @CsvSource({
        "analytics.flights, NOTHING_NEW, 120, false",
        "analytics.flights, NOTHING_NEW, 30, true",
        "analytics.flights, PLANNED, 120, true",
        "analytics.flights, BUSY, 120, true",
        "analytics.flights_raw, NOTHING_NEW, 120, true"
    })
    void failureIsOverOnceALaterExecutionHasSucceeded(String table, String next, long later, boolean isNamed) {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        fails("analytics-flights-20130210T000000-000", 60, "{\"database\":\"analytics\",\"table\":\"flights\"}");
        int before = cli.requests();
        assertThat(fixture.status().out()).contains("later execution");
        int alone = cli.requests() - before;
        cli.stepFunctions.put(
                FakeStepFunctions.succeeded(
                                "analytics-flights-20130210T010000-000", Map.of("table", table, "next", next))
                        .toBuilder()
                        .startDate(FakeStepFunctions.THEN.plusSeconds(later))
                        .build());

        before = cli.requests();
        assertThat(fixture.status().out().contains("later execution")).isEqualTo(isNamed);
        assertThat(cli.requests() - before).isLessThanOrEqualTo(alone + 1);
    }

    @Test
    void requestsForLaterFailuresDoNotGrowWithTheExecutionsOfOthers() {
        cli.createTable(COMPLETE);
        fixture.status();
        int before = cli.requests();
        fixture.status();
        int alone = cli.requests() - before;
        for (int i = 0; i < 50; i++) {
            fails("other-" + i, i, "{\"database\":\"analytics\",\"table\":\"other\"}");
            fails("analytics-flights-" + i, i, "{\"database\":\"analytics\",\"table\":\"flights2\"}");
        }

        before = cli.requests();
        fixture.status();

        assertThat(cli.requests() - before).as("two for each of 23").isLessThanOrEqualTo(alone + 46);
    }

    /** A person on call may try many plans with the spec that made a run fail. */
    @Test
    void failureIsNamedHoweverManyPlansHaveFailedSince() {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        fails("analytics-flights-20130210T000000-000", 60, "{\"database\":\"analytics\",\"table\":\"flights\"}");
        for (int i = 1; i < 9; i++) {
            fails(
                    "analytics-flights-20130210T00000" + i + "-000",
                    60 + i,
                    "{\"database\":\"analytics\",\"table\":\"flights\",\"dryRun\":true}");
        }

        assertThat(fixture.status().out())
                .contains("A later execution, analytics-flights-20130210T000000-000, failed at ");
    }

    /** EventBridge Scheduler names executions by an id of its own. */
    @Test
    void failureOfAScheduleOfItsOwnIsNamed() {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        fails("0cdeb3b2-2b7e-4e0c-9b6b-5a1d2c3e4f50", 60, "{\"database\":\"analytics\",\"table\":\"flights\"}");
        fails("d32c5kddcf5bb8c3", 120, "{\"database\":\"analytics\",\"table\":\"other\"}");
        for (int i = 0; i < 10; i++) {
            fails("analytics-other-2013021%dT000000-000".formatted(i), 180 + i, "{}");
        }

        assertThat(fixture.status().out())
                .contains("A later execution, 0cdeb3b2-2b7e-4e0c-9b6b-5a1d2c3e4f50, failed at ");
    }

    /** Executions of other tables' schedules have succeeded since, too. */
    @Test
    void failureOfAScheduleIsOverOnceALaterExecutionHasSucceeded() {
        cli.createTable(COMPLETE);
        cli.stepFunctions.put(FakeStepFunctions.succeeded("flights-1", Map.of()));
        fails("d32c5kddcf5bb8c3", 60, "{\"database\":\"analytics\",\"table\":\"flights\"}");
        succeeds("d32c5kddcf5bb8c4", "analytics.flights", 120);
        for (int i = 0; i < 10; i++) {
            succeeds("e32c5kddcf5bb8c" + i, "analytics.other", 180 + i);
        }

        assertThat(fixture.status().out()).doesNotContain("later execution");
    }

    private void succeeds(String name, String table, long later) {
        cli.stepFunctions.put(
                FakeStepFunctions.succeeded(name, Map.of("table", table, "next", "NOTHING_NEW")).toBuilder()
                        .startDate(DAY.plusSeconds(later))
                        .build());
    }

    @Test
    void tableThatNoRunCreatedNamesTheExecutionThatFailed() {
        fails("analytics-flights-1", 60, "{\"database\":\"analytics\",\"table\":\"flights\"}");

        assertThat(fixture.status().err())
                .contains("there is no table analytics.flights in the catalog")
                .contains("analytics-flights-1, failed at 2013-02-09T00:01:00Z and changed nothing: $.x: no")
                .contains("Start a new execution with a corrected input or spec.");
    }

    private void fails(String name, long later, String input) {
        cli.stepFunctions.put(
                FakeStepFunctions.failed(
                                name, ExecutionError.SPEC_REFUSED.className(), Map.of("errorMessage", "$.x: no"))
                        .toBuilder()
                        .startDate(FakeStepFunctions.THEN.plusSeconds(later))
                        .input(input)
                        .build());
    }
}
