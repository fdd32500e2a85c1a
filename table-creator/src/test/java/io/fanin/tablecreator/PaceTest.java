package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.run.BatchResult;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How long processing a partition takes, by which the next run is estimated. */
class PaceTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void isTheAverageOfAllPartitionsWhoseBatchesSayIt() {
        fixture.pass(RUN, 0, hours(6), 2)
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)), Pass.sound(hour(1))), OptionalLong.of(3_000)))
                .result(new BatchResult(
                        1,
                        List.of(Pass.sound(hour(2)), Pass.failed(hour(3), "Truncated", "cut")),
                        OptionalLong.of(1_001)))
                .lost(2, "Sandbox.Timedout")
                .register();

        assertThat(millis()).hasValue(1_000);
        assertThat(fixture.report(RUN).details().millisPerPartition()).hasValue(1_000);
    }

    @Test
    void isNotKnownWhereNoBatchSaysIt() {
        fixture.pass(RUN, 0, hours(2)).register();

        assertThat(millis()).isEmpty();
        assertThat(fixture.report(RUN).details().millisPerPartition()).isEmpty();
    }

    @Test
    void isThatOfTheRunBeforeWhereNothingWasProcessed() {
        fixture.pass(RUN, 0, hour(0))
                .result(new BatchResult(0, List.of(Pass.sound(hour(0))), OptionalLong.of(700)))
                .register();

        fixture.pass(LATER_RUN, 0, List.of()).register();

        assertThat(millis()).hasValue(700);
        assertThat(fixture.report(LATER_RUN).details().millisPerPartition()).isEmpty();
    }

    private OptionalLong millis() {
        return fixture.record().lastRun().orElseThrow().millisPerPartition();
    }
}
