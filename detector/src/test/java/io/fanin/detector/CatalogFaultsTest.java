package io.fanin.detector;

import static io.fanin.detector.DetectionFaults.FULL;
import static io.fanin.detector.DetectionFaults.days;
import static io.fanin.detector.DetectionFaults.failure;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.fakes.Fault;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If Glue fails, the registered partitions are known completely, or the run fails with the cause. */
class CatalogFaultsTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void registrationsThatComeWhileTheyAreReadAreNotNewTwice() {
        days(fixture).table("").aws.glue().scanAtMost(2);
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.registered("2026-11-0" + day, "7"));
        fixture.aws
                .faults()
                .on("GetPartitions")
                .nth(2)
                .thenRun(() -> fixture.aws
                        .glue()
                        .putPartition("analytics", "flights", List.of("2026-11-01", "6"), "s3://lake/x/"));

        fixture.detect(NAMES);

        assertThat(fixture.prefixes()).doesNotHaveDuplicates().hasSizeBetween(17, 18);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void throttlingOfGlueIsWaitedOut(String more) {
        days(fixture)
                .table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on("GetPartitions")
                .first(9)
                .then(Fault.throttling());

        assertThat(fixture.detect(NAMES + more).partitions()).isEqualTo(26);
    }

    @Test
    void throttlingOfOneSegmentIsWaitedOut() {
        days(fixture)
                .table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on("GetPartitions")
                .where(call -> call.fact("Segment").equals("3/10"))
                .first(9)
                .then(Fault.throttling());

        assertThat(fixture.detect(NAMES + FULL).partitions()).isEqualTo(26);
    }

    @Test
    void oneSegmentThatStaysThrottledFailsTheRun() {
        days(fixture)
                .table("")
                .aws
                .faults()
                .on("GetPartitions")
                .where(call -> call.fact("Segment").equals("3/10"))
                .then(Fault.throttling());

        assertThat(failure(fixture, NAMES + FULL))
                .isExactlyInstanceOf(CatalogUnavailableException.class)
                .hasMessageContaining("GetPartitions for table analytics.flights failed with ThrottlingException");
    }

    /** Registered partitions beyond the page would count as new, and be processed again. */
    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void pageOfPartitionsThatFailsAfterTheFirstFailsTheRun(String more) {
        days(fixture).table("").aws.glue().scanAtMost(2);
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.registered("2026-11-0" + day, "7"));
        fixture.aws
                .faults()
                .on("GetPartitions")
                .where(call -> !call.fact("NextToken").isEmpty())
                .then(Fault.internalService());

        assertThat(failure(fixture, NAMES + more)).isExactlyInstanceOf(CatalogUnavailableException.class);
    }

    @Test
    void pageOfPartitionsThatIsDeniedAfterTheFirstFailsTheRun() {
        days(fixture).table("").aws.glue().scanAtMost(2);
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.registered("2026-11-0" + day, "7"));
        fixture.aws.faults().on("GetPartitions").nth(3).thenFail(400, "AccessDeniedException", "no");

        assertThat(failure(fixture, NAMES))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("glue:GetPartitions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", 'detection': {'mode': 'range', 'from': '2026-11-01', 'to': '2026-11-09'}",
                ", 'detection': {'mode': 'calendar', 'from': '2026-11-01', 'to': '2026-11-09'}",
                ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-05/hour=7']}"
            })
    void partitionsThatGlueDoesNotLookUpFailTheRun(String more) {
        days(fixture).table("").aws.faults().on("BatchGetPartition").then(Fault.throttling());

        assertThat(failure(fixture, NAMES + more)).isExactlyInstanceOf(CatalogUnavailableException.class);
    }

    @Test
    void keysThatGlueLeavesUnprocessedAreLookedUpAgain() {
        days(fixture)
                .table("")
                .registered("2026-11-05", "7")
                .aws
                .faults()
                .on("BatchGetPartition")
                .first(3)
                .thenFailEntry(List.of("2026-11-05", "7"), Fault.internalService());

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'range', 'from': '2026-11-01', 'to': '2026-11-10'}");

        assertThat(answer.partitions()).isEqualTo(26);
    }
}
