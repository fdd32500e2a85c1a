package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a table whose partitions have failed too often to be tried again. */
class SetAsideTest {

    private static final RunId THIRD_RUN = new RunId("nightly-3");

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void partitionThatHasFailedTwice() {
        pass(RUN, hours(3)).failing(1).register();
        pass(LATER_RUN, List.of(hour(1))).failing(0).register();
    }

    @Test
    void runInWhichItFailsOnceMoreIsHeld() {
        TableCreatorAnswer answer = pass(THIRD_RUN, List.of(hour(1))).failing(0).register();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.onPartial()).isEqualTo(OnPartial.FAIL);
    }

    @Test
    void runThatFailedNothingSucceedsAndTheTableStaysPartial() {
        TableCreatorAnswer answer = pass(THIRD_RUN, List.of(hour(4))).register();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.onPartial()).isEqualTo(OnPartial.SUCCEED);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed", "1");
    }

    @Test
    void runThatIsAnsweredAgainFromItsReportSucceedsAgain() {
        Pass pass = pass(THIRD_RUN, List.of(hour(4)));
        TableCreatorAnswer first = pass.register();

        assertThat(pass.register()).isEqualTo(first);
    }

    @Test
    void runIsHeldAsLongAsSomethingElseIsOutstanding() {
        pass(new RunId("other"), List.of(hour(7))).failing(0).register();

        TableCreatorAnswer answer = pass(THIRD_RUN, List.of(hour(4))).register();

        assertThat(answer.onPartial()).isEqualTo(OnPartial.FAIL);
        assertThat(fixture.report(THIRD_RUN).failures())
                .extracting(Outstanding::partition, Outstanding::setAside)
                .containsExactly(tuple("dt=2013-02-08/hour=1", true), tuple("dt=2013-02-08/hour=7", false));
    }

    @Test
    void isNamedInTheMessageOfTheRunThatIsHeld() {
        pass(THIRD_RUN, List.of(hour(1), hour(7))).failing(0, 1).register();

        assertThat(new TablePartialException(fixture.report(THIRD_RUN)))
                .hasMessageContainingAll(
                        "2 outstanding, 1 of them set aside: dt=2013-02-08/hour=1 (",
                        "is cut short; set aside after 3 attempts); dt=2013-02-08/hour=7 (",
                        "is cut short).");
    }

    @Test
    void nothingIsSetAsideWhereTheSpecNeverGivesUp() {
        TableCreatorAnswer answer = fixture.pass(THIRD_RUN, 0, hour(4)).register();

        assertThat(answer.onPartial()).isEqualTo(OnPartial.FAIL);
        assertThat(fixture.report(THIRD_RUN).failures())
                .extracting(Outstanding::setAside)
                .containsExactly(false);
    }

    /** Its own detection says nothing of scheduled runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\":\"partitions\",\"partitions\":[\"dt=2013-02-08/hour=9\"]}",
                "{\"mode\":\"range\",\"from\":\"2013-02-08T09:00\",\"to\":\"2013-02-08T10:00\"}"
            })
    void runOfOtherPartitionsLeavesItSetAside(String detection) {
        Pass backfill = fixture.pass(THIRD_RUN, 0, List.of(hour(9)));
        fixture.writeSpec(THIRD_RUN, OnPartial.FAIL, Json.read(detection, DetectionSpec.class, "detection"));

        assertThat(backfill.register().onPartial()).isEqualTo(OnPartial.SUCCEED);
        assertThat(fixture.report(THIRD_RUN).failures())
                .extracting(Outstanding::setAside)
                .containsExactly(true);
    }

    private Pass pass(RunId run, List<Partition> partitions) {
        return fixture.passOfTwoAttempts(run, partitions);
    }
}
