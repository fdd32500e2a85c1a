package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.RunReport.Outstanding.Cause;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void inShortItHas100CharactersOfTheErrorAnd300OfTheMessage() {
        Failure failure = Failure.ofService("e".repeat(101), "m".repeat(301));
        assertThat(failure.inShort())
                .isEqualTo(Failure.ofService("e".repeat(100) + "...", "m".repeat(300) + "..."))
                .isEqualTo(failure.inShort().inShort());
    }

    @Test
    void causeInReportIsShortenedAsTheFailure() {
        Failure failure = Failure.ofPartition("e".repeat(101), "m".repeat(301));
        Cause cause = new Cause(failure.error(), failure.message()).inShort();
        assertThat(Failure.ofPartition(cause.error(), cause.message())).isEqualTo(failure.inShort());
    }

    @Test
    void keptMessageStaysAsItIs() {
        String kept = Failure.kept("m ".repeat(400));
        assertThat(kept).hasSize(503);
        assertThat(Failure.kept(kept)).isEqualTo(kept);
    }
}
