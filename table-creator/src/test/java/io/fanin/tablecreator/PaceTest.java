package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The processing time of a partition, from which that of the next run is estimated. */
class PaceTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void isTheAverageOfAllPartitionsWhoseBatchesSayIt() {
        fixture.pass(RUN, 0, hours(6), 2)
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)), Pass.sound(hour(1))))
                        .taking(Duration.ofMillis(3_000)))
                .result(new BatchResult(1, List.of(Pass.sound(hour(2)), Pass.failed(hour(3), "Truncated", "cut")))
                        .taking(Duration.ofMillis(1_001)))
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
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)))).taking(Duration.ofMillis(700)))
                .register();

        fixture.pass(LATER_RUN, 0, List.of()).register();

        assertThat(millis()).hasValue(700);
        assertThat(fixture.report(LATER_RUN).details().millisPerPartition()).isEmpty();
    }

    @Test
    void reportSaysWhatAllFunctionsOfThePassUsed() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        pass.result(sound(0).using(new Usage(Map.of("S3 GetObject", 3L), 1.5)))
                .result(sound(1).using(new Usage(Map.of("S3 GetObject", 1L, "S3 PutObject", 1L), 0.25)))
                .register();

        assertThat(fixture.report(RUN).details().usage())
                .hasValue(new RunReport.PassUsage(
                        new Usage(Map.of("S3 GetObject", 4L, "S3 PutObject", 1L), 1.75), 6 + 2 * 2));
    }

    @Test
    void laterPassSaysWhatItUsedItself() {
        fixture.pass(RUN, 0, hours(3))
                .lost(1, "Sandbox.Timedout")
                .lost(2, "Sandbox.Timedout")
                .register();
        fixture.pass(RUN, 1, List.of(hour(1), hour(2)))
                .result(sound(0, hour(1)).using(new Usage(Map.of("S3 GetObject", 3L), 1.5)))
                .register();

        assertThat(fixture.report(RUN).details().usage())
                .hasValue(new RunReport.PassUsage(new Usage(Map.of("S3 GetObject", 3L), 1.5), 7 + 2 * 2));
    }

    private static BatchResult sound(int batch) {
        return sound(batch, hour(batch));
    }

    private static BatchResult sound(int batch, Partition partition) {
        return new BatchResult(batch, List.of(Pass.sound(partition)));
    }

    private OptionalLong millis() {
        return fixture.record().lastRun().orElseThrow().millisPerPartition();
    }
}
