package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.TestProgress;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunId;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that failed too often to be tried again by a schedule. */
class SetAsideDetectionTest {

    private static final String H7 = "flights/dt=2026-11-18/hour=7/";

    private final DetectorFixture fixture = new DetectorFixture().table("").data("dt=2026-11-18/hour=7");

    private DetectorFixture failed(int times) {
        return failed(partition(H7, "2026-11-18", "7"), times);
    }

    private DetectorFixture failed(Partition partition, int times) {
        for (int i = 0; i < times; i++) {
            RunId run = new RunId("earlier-" + i);
            fixture.record(record -> record.withFailures(
                    List.of(OutstandingFailure.first(partition, new Failure(FailureCode.TRUNCATED, "cut"), run, 0)),
                    TestForms.AS_WRITTEN));
        }
        return fixture.published();
    }

    private static String detection(String fields) {
        return ", 'detection': {" + fields + "}";
    }

    @ParameterizedTest
    @CsvSource({"1, 2, true", "2, 2, false", "3, 2, false", "1, 1, false"})
    void partitionIsTriedSoOften(int failures, int most, boolean isTried) {
        failed(failures);

        DetectorAnswer answer = fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': " + most));

        assertThat(answer.detection().reasons()).isEqualTo(isTried ? Map.of(Reason.RETRIED, 1L) : Map.of());
        assertThat(answer.detection().setAside()).isEqualTo(isTried ? 0 : 1);
    }

    @Test
    void withoutALimitNothingIsEverSetAside() {
        failed(50);

        assertThat(fixture.detect(NAMES).detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
    }

    @Test
    void oneFailureIsOneTime() {
        failed(1);

        DetectorAnswer answer = fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': 1"));

        assertThat(answer.detection().setAsideSample())
                .containsExactly("dt=2026-11-18/hour=7: failed 1 time, at last with Truncated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mode': 'list'",
                "'mode': 'full'",
                "'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'",
                "'mode': 'calendar', 'from': '2026-11-18T07:00', 'to': '2026-11-18T08:00'"
            })
    void partitionThatIsSetAsideIsNamedEverywhere(String mode) {
        failed(2);
        fixture.record(record -> record.with(TestProgress.found("2026-11-18T07:00")));
        String spec = NAMES + detection(mode + ", 'maxAttempts': 2");

        DetectorAnswer answer = fixture.detect(spec);
        fixture.detect("plan", json("{" + spec + ", 'dryRun': true}"));

        Tally expected = new Tally(
                1, List.of(new PartitionLabel("dt=2026-11-18/hour=7", H7, "failed 2 times, at last with Truncated")));
        assertThat(answer.next()).as("the table is partial").isEqualTo(NextStep.PARTIAL);
        assertThat(answer.detection().setAsideSample())
                .containsExactly("dt=2026-11-18/hour=7: failed 2 times, at last with Truncated");
        assertThat(fixture.detection().orElseThrow().counts().setAside()).isEqualTo(expected);
        assertThat(fixture.run("plan").plan().orElseThrow().detection().counts().setAside())
                .isEqualTo(expected);
    }

    /** No table can have reached it, so that no pass would record that a scan has found it. */
    @Test
    void partitionOfTheFutureThatIsSetAsideStartsNoPass() {
        failed(2);
        failed(partition("flights/dt=2099-01-01/hour=7/", "2099-01-01", "7"), 2);
        fixture.record(record -> record.with(TestProgress.found("2026-11-18T07:00")));

        DetectorAnswer answer = fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': 2"));

        assertThat(answer.next()).isEqualTo(NextStep.PARTIAL);
    }

    @Test
    void othersAreProcessedAllTheSame() {
        failed(2).data("dt=2026-11-18/hour=8");

        DetectorAnswer answer = fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': 2"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
        assertThat(answer.detection().setAside()).isEqualTo(1);
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-18/hour=8/");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partitionThatIsSetAsideIsNamedWhetherS3HasItOrNot(boolean isThere) {
        failed(2);
        if (!isThere) {
            fixture.aws.s3().delete("lake", H7 + "part-0.json");
        }

        assertThat(fixture.detect(NAMES + detection("'mode': 'full', 'maxAttempts': 2"))
                        .detection()
                        .setAsideSample())
                .hasSize(1);
    }

    @Test
    void namingItTakesItUpAgain() {
        failed(7);

        DetectorAnswer answer =
                fixture.detect(NAMES + detection("'mode': 'partitions', 'partitions': ['dt=2026-11-18/hour=7']"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.work()).containsExactly(partition(H7, "2026-11-18", "7"));
    }

    @Test
    void registrationBySomebodyElseHealsIt() {
        failed(2).registered("2026-11-18", "7");

        DetectorAnswer answer = fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': 2"));

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(answer.detection().setAside()).isZero();
    }

    @Test
    void latePartitionThatFailedTooOftenIsSetAsideToo() {
        fixture.processed("dt=2026-11-18/hour=7", "2026-11-18", "7").settled().data("dt=2026-11-18/hour=7/later");
        fixture.failedStanding(H7, "2026-11-18", "7").published();

        DetectorAnswer answer = fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': 1"));

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().setAside()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void limitBelowOneIsRefused(int most) {
        assertThatThrownBy(() -> fixture.detect(NAMES + detection("'mode': 'list', 'maxAttempts': " + most)))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.detection.maxAttempts: expected 1 or more, found " + most);
    }
}
