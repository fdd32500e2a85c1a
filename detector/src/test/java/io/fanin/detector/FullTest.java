package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The mode {@code full}: all of S3 compared with all of Glue. */
class FullTest {

    private static final String FULL = ", 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void tableIsReadInTenSegmentsWithoutItsColumns() {
        fixture.table("").data("dt=2026-11-18/hour=7").quiet();

        fixture.detect(NAMES + FULL);

        assertThat(fixture.aws.log().calls("GetPartitions"))
                .extracting(call -> call.fact("Segment"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> i + "/10").toList());
        assertThat(fixture.aws.log().calls("GetPartitions"))
                .allMatch(call -> call.fact("ExcludeColumnSchema").equals("true"));
        assertThat(fixture.aws.log().count("BatchGetPartition")).isZero();
    }

    @Test
    void requestsUntilTheRunBeginsAreNoted() {
        fixture.table("").data("dt=2026-11-18/hour=7").quiet();

        fixture.detect(NAMES + FULL);

        assertThat(fixture.run().start().orElseThrow().requests())
                .containsEntry("Glue GetPartitions", (long) fixture.aws.log().count("GetPartitions"))
                .containsEntry("S3 ListObjectsV2", (long) fixture.aws.log().count("ListObjectsV2"));
    }

    @Test
    void whateverSegmentHasItWhatIsRegisteredIsNotNew() {
        fixture.table("").aws.glue().scanAtMost(7);
        IntStream.range(0, 300).forEach(i -> {
            fixture.data("dt=" + day(i) + "/hour=" + i % 24);
            if (i % 3 > 0) {
                fixture.registered(day(i), String.valueOf(i % 24));
            }
        });

        DetectorAnswer answer = fixture.detect(NAMES + FULL);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 100L));
        assertThat(fixture.prefixes())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100)
                        .map(i -> i * 3)
                        .mapToObj(i -> "flights/dt=" + day(i) + "/hour=" + i % 24 + "/")
                        .toList());
        assertThat(report().counts().registered()).isEqualTo(200);
    }

    private static String day(int hour) {
        return LocalDate.of(2026, 11, 1).plusDays(hour / 24).toString();
    }

    @Test
    void partitionThatIsRegisteredInTwoFormsIsRegisteredOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=07")
                .registered("2026-11-18", "7")
                .registered("2026-11-18", "07")
                .registered("2026-11-18", "007");

        assertThat(fixture.detect(NAMES + FULL).partitions()).isZero();
        assertThat(report().counts().registered()).isEqualTo(1);
    }

    /** Nothing is dropped: what S3 no longer has is no work. */
    @Test
    void registeredPartitionWhosePrefixIsGoneIsLeftAlone() {
        fixture.table("")
                .data("dt=2026-11-18/hour=8")
                .registered("2026-11-18", "7")
                .registered("2026-11-18", "8")
                .registered("2099-01-01", "0")
                .registered("__HIVE_DEFAULT_PARTITION__", "0");

        DetectorAnswer answer = fixture.detect(NAMES + FULL);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().found()).isEqualTo(1);
        assertThat(report().counts().registered()).isEqualTo(1);
        assertThat(report().newest()).hasValue("2026-11-18T08:00");
        assertThat(fixture.aws.glue().partitions("analytics", "flights")).hasSize(4);
    }

    @Test
    void prefixesThatMeanTheSameValuesAreAConflict() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=2026-11-18/hour=07", "DT=2026-11-18/hour=7", "dt=2026-11-18/hour=8")
                .registered("2026-11-18", "8");

        DetectorAnswer answer = fixture.detect(NAMES + FULL);

        assertThat(answer.partitions()).isZero();
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(SkipReason.CONFLICT, 3L));
        assertThat(report().open()).hasValue("2026-11-18T07:00");
    }

    @Test
    void everythingIsLookedAtHoweverFarTheTableIs() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=2013-01-01/hour=1")
                .registered("2026-11-18", "7")
                .settledBy(", 'detection': {'mode': 'list', 'readiness': {'marker': 'x'}}");
        fixture.data("dt=2010-01-01/hour=1");

        fixture.detect(NAMES + FULL);

        assertThat(report().from()).isEmpty();
        assertThat(fixture.prefixes())
                .containsExactly("flights/dt=2010-01-01/hour=1/", "flights/dt=2013-01-01/hour=1/");
    }

    @Test
    void failureWhosePrefixIsGoneIsRetried() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .registered("2026-11-18", "7")
                .outstanding("flights/dt=2026-11-18/hour=9/", "2026-11-18", "9");

        DetectorAnswer answer = fixture.detect(NAMES + FULL);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-18/hour=9/");
    }

    @Test
    void tableThatIsAbsentIsAskedForNoPartitions() {
        fixture.data("dt=2026-11-18/hour=7");

        assertThat(fixture.detect(COMPLETE + FULL).partitions()).isEqualTo(1);
        assertThat(fixture.aws.log().count("GetPartitions")).isZero();
    }

    @Test
    void settledTableHasNothingNew() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .registeredAt("s3://lake/flights/dt=2026-11-18/hour=7/", "2026-11-18", "7")
                .settledBy(FULL);

        assertThat(fixture.detect(NAMES + FULL).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** More than is held in memory: what is on disk is compared no less. */
    @Test
    void moreThanFitsIntoMemoryIsComparedToo() {
        fixture.tableOf("[{'name': 'n', 'type': 'int'}]", "hive");
        IntStream.range(0, 42_000).forEach(n -> {
            fixture.aws.s3().put("lake", "flights/n=" + n + "/a", "");
            if (n % 1000 > 0) {
                fixture.aws.glue().putPartition("analytics", "flights", List.of("" + n), "s3://lake/x/");
            }
        });

        DetectorAnswer answer = fixture.detect(NAMES + FULL);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 42L));
        assertThat(fixture.prefixes()).allMatch(prefix -> prefix.matches("flights/n=([0-9]+000|0)/"));
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }
}
