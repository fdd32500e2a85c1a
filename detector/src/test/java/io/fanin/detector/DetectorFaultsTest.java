package io.fanin.detector;

import static io.fanin.detector.DetectionFaults.LIST;
import static io.fanin.detector.DetectionFaults.days;
import static io.fanin.detector.DetectionFaults.failure;
import static io.fanin.detector.DetectionFaults.under;
import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.S3AccessException;
import io.fanin.fakes.Fault;
import io.fanin.model.run.detection.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** When a look into partitions or at the table's record fails: the run fails with the cause, and never finds less. */
class DetectorFaultsTest {

    private static final String LATE = ", 'detection': {'mode': 'full', 'lateData': true}";

    private final DetectorFixture fixture = new DetectorFixture();

    /** A partition that cannot be looked into is not one that has not changed. */
    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    void lateDataLookThatFailsFailsTheRun(int status) {
        days(fixture).table("").processed("dt=2026-11-05/hour=7", "2026-11-05", "7");
        fixture.aws
                .faults()
                .on(LIST)
                .where(under("dt=2026-11-05/hour=7/"))
                .then(status == 403 ? Fault.accessDenied() : Fault.slowDown());

        assertThat(failure(fixture, NAMES + LATE))
                .satisfiesAnyOf(
                        denied -> assertThat(denied).isExactlyInstanceOf(S3AccessException.class),
                        slow -> assertThat(slow).isInstanceOf(S3Exception.class).hasMessageContaining("rate"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void lateDataLookThatIsCutShortIsRepeated(int times) {
        days(fixture).table("").processed("dt=2026-11-05/hour=7", "2026-11-05", "7");
        fixture.aws
                .faults()
                .on(LIST)
                .where(under("dt=2026-11-05/hour=7/"))
                .first(times)
                .thenTruncate();

        assertThat(fixture.detect(NAMES + LATE).detection().reasons()).isEqualTo(Map.of(Reason.NEW, 26L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'marker': '_SUCCESS'", "'quietPeriod': 'PT5M'"})
    void readinessThatCannotBeToldFailsTheRun(String readiness) {
        fixture.data("dt=2026-11-05/hour=7")
                .aws
                .faults()
                .on(LIST)
                .where(under("dt=2026-11-05/hour=7/"))
                .then(Fault.accessDenied());

        assertThat(failure(fixture, COMPLETE + ", 'detection': {'mode': 'list', 'readiness': {" + readiness + "}}"))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/flights/dt=2026-11-05/hour=7/");
    }

    @Test
    void recordThatCannotBeReadFailsTheRun() {
        days(fixture).table("").aws.s3().put("state", "tables/analytics/flights/state.json", "{\"version\":");

        assertThat(failure(fixture, NAMES)).hasMessageContaining("s3://state/tables/analytics/flights/state.json");
    }

    /** Step Functions invokes the Lambda again; the second finds what the first did not come to say. */
    @Test
    void secondInvocationFindsAll() {
        days(fixture)
                .table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on(LIST)
                .nth(5)
                .then(Fault.accessDenied());
        failure(fixture, NAMES);
        fixture.aws.faults().clear();

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(26);
    }
}
