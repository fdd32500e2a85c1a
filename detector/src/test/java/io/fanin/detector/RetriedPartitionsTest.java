package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Earlier failures are never forgotten, and wrong parameters of the table are corrected. */
class RetriedPartitionsTest {

    private final DetectorFixture fixture = new DetectorFixture().table("");

    @Test
    void failedPartitionIsTakenUpAgain() {
        fixture.data("dt=2013-02-08/hour=17")
                .outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17")
                .published();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.PROCESS);
        assertThat(fixture.work()).containsExactly(partition("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17"));
    }

    @Test
    void failedPartitionWhosePrefixVanishedIsTakenUpAgain() {
        fixture.data("dt=2013-02-08/hour=18").outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17");

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(2);
        assertThat(fixture.prefixes())
                .containsExactlyInAnyOrder("flights/dt=2013-02-08/hour=17/", "flights/dt=2013-02-08/hour=18/");
    }

    @Test
    void failedPartitionIsTakenUpWhereItLiesNow() {
        fixture.data("DT=2013-02-08/hour=17").outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17");

        fixture.detect(NAMES);

        assertThat(fixture.prefixes()).containsExactly("flights/DT=2013-02-08/hour=17/");
    }

    @Test
    void failedPartitionKeepsTheFormOfItsNumbers() {
        fixture.data("dt=2013-02-08/hour=07").outstanding("flights/dt=2013-02-08/hour=7/", "2013-02-08", "7");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.work()).containsExactly(partition("flights/dt=2013-02-08/hour=07/", "2013-02-08", "7"));
    }

    /** Else the table would have the partition twice, and each of its rows. */
    @ParameterizedTest
    @ValueSource(strings = {"dt=2013-02-08/hour=07", "dt=2013-02-08/hour=8"})
    void failedPartitionThatStandsRegisteredKeepsTheFormOfItsRegistration(String there) {
        fixture.data(there)
                .registeredAt("s3://lake/flights/dt=2013-02-08/hour=07/", "2013-02-08", "7")
                .failedStanding("flights/dt=2013-02-08/hour=07/", "2013-02-08", "07");

        fixture.detect(NAMES);

        assertThat(fixture.work()).contains(partition("flights/dt=2013-02-08/hour=07/", "2013-02-08", "7"));
    }

    /** Nobody can say which of the two is meant, but the run may not end as if there were nothing to do. */
    @Test
    void failedPartitionNowAtTwoPrefixesIsReported() {
        fixture.data("dt=2013-02-08/hour=17", "DT=2013-02-08/hour=17")
                .outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17")
                .published();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(answer.detection().skippedSample()).hasSize(2);
    }

    @Test
    void failedPartitionThatSomebodyElseRegisteredHealsTheFlags() {
        fixture.data("dt=2013-02-08/hour=17")
                .outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17")
                .registered("2013-02-08", "17");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(answer.partitions()).isZero();
        assertThat(answer.manifest().flatMap(fixture::stored)).hasValue("[]");
    }

    @Test
    void parametersThatAnotherToolWipedAreSetAgain() {
        fixture.data("dt=2013-02-08/hour=17").registered("2013-02-08", "17").settled();
        assertThat(fixture.detect("r0", DetectorFixture.json("{" + NAMES + "}")).next())
                .isEqualTo(NextStep.NOTHING_NEW);

        fixture.aws
                .glue()
                .alterTable(
                        "analytics", "flights", input -> ((ObjectNode) input.get("Parameters")).remove("fanin.status"));

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.REGISTER);
    }

    /**
     * The state bucket is another one since the stack was created again: nothing else would ever take the word back.
     */
    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void tableThatWasLeftPartialUnderARecordThatIsGoneIsSetRightOnceAllOfItIsSeen(String mode) {
        DetectorFixture own = new DetectorFixture()
                .tableOf("[{'name': 'region', 'type': 'string'}]", "hive")
                .data("region=eu")
                .processed("region=eu", "eu");
        own.alterParameter("fanin.status", "PARTIAL");

        assertThat(own.detect(NAMES + ", 'detection': {'mode': '" + mode + "'}").next())
                .isEqualTo(NextStep.REGISTER);
    }

    @Test
    void invokedTwiceItSaysTheSame() {
        fixture.outstanding("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17")
                .registered("2013-02-08", "17");

        assertThat(fixture.detect(NAMES)).isEqualTo(fixture.detect(NAMES));
    }
}
