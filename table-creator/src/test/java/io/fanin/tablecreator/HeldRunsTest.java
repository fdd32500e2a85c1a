package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The held runs that the alarm on failed executions leaves out. */
class HeldRunsTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void heldRunCountsOnceForAPass() {
        heldPass(0);

        hold(0);
        hold(0);

        assertThat(fixture.lines).hasSize(1);
        JsonNode line = json(fixture.lines.getFirst());
        assertThat(line.at("/_aws/CloudWatchMetrics")).isEqualTo(json("""
                [{"Namespace": "PartitionFanIn", "Dimensions": [["Stack"]],
                  "Metrics": [{"Name": "HeldRuns", "Unit": "Count"}]}]
                """));
        assertThat(line.path("HeldRuns").asInt()).isEqualTo(1);
        assertThat(line.path("Table").textValue()).isEqualTo("analytics.flights");
        assertThat(line.path("Run").textValue()).isEqualTo("nightly-1");
    }

    @Test
    void passThatIsHeldAgainCountsAgain() {
        heldPass(0);
        hold(0);
        fixture.hold(RUN, 0, OptionalInt.of(1));
        heldPass(1);

        hold(1, 1);

        assertThat(fixture.lines).hasSize(2);
    }

    /** Otherwise nobody would hear of it. */
    @Test
    void runOfWhichAListenerHasNotBeenToldDoesNotCount() {
        fixture.aws.faults().on("Publish").first(99).thenFail(403, "AuthorizationError", "not allowed");
        heldPass(0);

        hold(0);

        assertThat(fixture.lines).isEmpty();
    }

    @Test
    void runOfWhichAListenerHasHeardOnlyTheProblemBeforeDoesNotCount() {
        heldPass(0);
        fixture.aws.faults().on("Publish").first(99).thenFail(403, "AuthorizationError", "not allowed");
        fixture.pass(RUN, 1, hours(3)).failing(0, 1, 2).registerAndTell();

        hold(1, 1);

        assertThat(fixture.lines).isEmpty();
    }

    @Test
    void recordThatCannotBeReadHoldsTheRunAllTheSame() {
        heldPass(0);
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().contains("tables/"))
                .first(99)
                .thenFail(403, "AccessDenied", "Access Denied");

        hold(0);

        assertThat(fixture.lines).isEmpty();
    }

    /** The failure of the execution follows, and CloudWatch adds up by minutes. */
    @ParameterizedTest
    @CsvSource({"00:00:00, 00:00:00", "00:00:56.9, 00:00:56.9", "00:00:58, 00:01:00", "00:00:59.999, 00:01:00"})
    void runIsCountedInTheMinuteInWhichItFails(String arrival, String counted) {
        heldPass(0);
        fixture.clock.set(Instant.parse("2013-02-10T" + arrival + "Z"));

        hold(0);

        assertThat(json(fixture.lines.getFirst()).at("/_aws/Timestamp").asLong())
                .isEqualTo(Instant.parse("2013-02-10T" + counted + "Z").toEpochMilli());
    }

    private void heldPass(int number) {
        fixture.pass(RUN, number, hours(2)).failing(0, 1).registerAndTell();
    }

    private void hold(int pass) {
        hold(pass, 0);
    }

    private void hold(int pass, int redriveCount) {
        assertThatThrownBy(() -> fixture.hold(RUN, pass, OptionalInt.of(redriveCount)))
                .isExactlyInstanceOf(TablePartialException.class);
    }
}
