package io.fanin.detector;

import static io.fanin.detector.DetectionFaults.FULL;
import static io.fanin.detector.DetectionFaults.LIST;
import static io.fanin.detector.DetectionFaults.days;
import static io.fanin.detector.DetectionFaults.failure;
import static io.fanin.detector.DetectionFaults.under;
import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.Fault;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** When S3 fails or changes while prefixes are listed: every partition is found, or the run fails with the cause. */
class ListingFaultsTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @ParameterizedTest
    @CsvSource({"'', 1", "'', 2", "dt=2026-11-05/, 1", "dt=2026-11-05/, 2"})
    void listingThatIsCutShortIsAskedForAgain(String where, int times) {
        days(fixture).aws.faults().on(LIST).where(under(where)).first(times).thenTruncate();

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(27);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dt=2026-11-05/"})
    void listingThatStaysCutShortFailsTheRun(String where) {
        days(fixture)
                .aws
                .faults()
                .on(LIST)
                .where(call -> call.target().equals("lake/flights/" + where))
                .first(S3Pages.ATTEMPTS)
                .thenTruncate();

        assertThat(failure(fixture, COMPLETE))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("XML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dt=2026-11-05/"})
    void listingThatHasNoBodyIsAskedForAgain(String where) {
        days(fixture).aws.faults().on(LIST).where(under(where)).first(2).thenAfter(new Fault.Empty());

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(27);
    }

    @Test
    void listingThatNeverHasABodyFailsTheRun() {
        days(fixture).aws.faults().on(LIST).where(under("dt=2026-11-05/")).thenAfter(new Fault.Empty());

        assertThat(failure(fixture, COMPLETE)).hasMessageContaining("s3://lake/flights/dt=2026-11-05/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dt=2026-11-05/"})
    void throttlingIsWaitedOut(String where) {
        days(fixture).aws.faults().on(LIST).where(under(where)).first(2).then(Fault.slowDown());

        assertThat(fixture.detect(COMPLETE).partitions()).isEqualTo(27);
    }

    @Test
    void throttlingThatDoesNotEndFailsTheRun() {
        days(fixture).aws.faults().on(LIST).where(under("dt=2026-11-05/")).then(Fault.slowDown());

        assertThat(failure(fixture, COMPLETE))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("reduce your request rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void connectionThatBreaksIsMadeAgain(String more) {
        days(fixture)
                .table("")
                .aws
                .faults()
                .on(LIST)
                .nth(3)
                .thenDrop()
                .on("GetPartitions")
                .nth(1)
                .thenTimeOut();

        assertThat(fixture.detect(NAMES + more).partitions()).isEqualTo(27);
    }

    @Test
    void prefixThatMayNotBeListedFailsTheRunAndIsNamed() {
        days(fixture).aws.s3().deny("lake", "flights/dt=2026-11-05/");

        assertThat(failure(fixture, COMPLETE))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageStartingWith("s3://lake/flights/dt=2026-11-05/ cannot be listed: access is denied");
    }

    @Test
    void bucketThatIsNotThereFailsTheRunAndIsNamed() {
        assertThat(failure(fixture, COMPLETE.replace("s3://lake/", "s3://gone/")))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessage("s3://gone/flights/ cannot be listed: the bucket does not exist: create it, or correct the"
                        + " location");
    }

    @Test
    void bucketThatVanishesWhileItIsListedFailsTheRun() {
        days(fixture).aws.s3().pageSize(2);
        fixture.aws
                .faults()
                .on(LIST)
                .where(call -> call.target().equals("lake/flights/"))
                .nth(3)
                .thenFail(404, "NoSuchBucket", "The specified bucket does not exist");

        assertThat(failure(fixture, COMPLETE)).isExactlyInstanceOf(S3AccessException.class);
    }

    /** Names with them make a plain answer of S3 unreadable. */
    @Test
    void controlCharactersInKeysHideNothing() {
        days(fixture).data("dt=2026-11-05\u0001/hour=1", "\u0008x", "dt=2026-11-05/hour=7/a\u000bb");
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/\u0000", "");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(answer.partitions()).isEqualTo(27);
        assertThat(answer.detection().skipped()).isEqualTo(3);
    }

    @Test
    void controlCharactersInObjectsHideNothingFromALateDataLook() {
        fixture.table("").data("dt=2026-11-05/hour=7");
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/hour=7/a\u0001b\u000b", "{}");
        fixture.processed("dt=2026-11-05/hour=7", "2026-11-05", "7").settled();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);
        fixture.aws.s3().put("lake", "flights/dt=2026-11-05/hour=7/a\u0002b\u000b", "{}");
        assertThat(fixture.detect("r2", DetectorFixture.json("{" + NAMES + "}"))
                        .detection()
                        .reasons())
                .isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /** Names that appear or disappear after the present page may be listed or not; all others are listed once. */
    @Test
    void partitionsThatComeAndGoWhileTheyAreListedDisturbNoOther() {
        days(fixture).aws.s3().pageSize(1);
        AtomicInteger turn = new AtomicInteger();
        fixture.aws.faults().on(LIST).where(under("")).thenRun(() -> {
            int number = turn.incrementAndGet();
            fixture.aws.s3().put("lake", "flights/dt=2026-11-0" + (1 + number % 9) + "/hour=1/a.json", "{}");
            fixture.aws.s3().delete("lake", "flights/dt=2026-11-0" + (1 + number * 7 % 9) + "/hour=1/a.json");
        });

        fixture.detect(COMPLETE);

        List<String> found = fixture.prefixes();
        assertThat(found).doesNotHaveDuplicates();
        assertThat(found.stream().filter(prefix -> !prefix.endsWith("/hour=1/")))
                .hasSize(27);
    }
}
