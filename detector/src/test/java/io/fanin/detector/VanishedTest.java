package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.tables.StackBuckets;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import io.fanin.model.spec.SpecException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registered partitions whose data is gone, as {@code full} reports them and has them deregistered. */
class VanishedTest {

    private static final String FULL = ", 'detection': {'mode': 'full'}";
    private static final String DEREGISTER = ", 'detection': {'mode': 'full', 'vanished': 'deregister'}";
    private static final String FORCED = ", 'detection': {'mode': 'full', 'vanished': 'deregister', 'force': true}";

    private final DetectorFixture fixture = new DetectorFixture(
            StackBuckets.of("state", "lake,gone,landing", "lake", "lake,gone").mayDeregister(true));

    @Test
    void registeredPartitionWhosePrefixIsGoneIsCountedAndNamed() {
        hours(3);
        remove(1);

        DetectorAnswer answer = fixture.detect(NAMES + FULL);

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(answer.detection().vanished()).isEqualTo(1);
        assertThat(answer.detection().vanishedSample()).containsExactly("dt=2026-11-18/hour=1");
        assertThat(vanished())
                .isEqualTo(new Vanished(
                        1,
                        List.of(new PartitionLabel("dt=2026-11-18/hour=1", "flights/dt=2026-11-18/hour=1/", "")),
                        0,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void placeholdersThatAreGoneWereNoData() {
        hours(3);
        fixture.aws.s3().put("lake", "flights/dt=2026-11-18/hour=5/part-0.json", "");
        fixture.processed("dt=2026-11-18/hour=5", "2026-11-18", "5");
        fixture.aws.s3().delete("lake", "flights/dt=2026-11-18/hour=5/part-0.json");

        assertThat(fixture.detect(NAMES + FULL).detection().vanished()).isZero();
    }

    @Test
    void whatIsKnownToHaveVanishedIsNoNews() {
        hours(3);
        remove(1);
        fixture.record(record -> record.withVanished(1)).published();

        assertThat(fixture.detect(NAMES + FULL).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void dataThatIsBackIsNews() {
        hours(3);
        fixture.record(record -> record.withVanished(1)).published();

        assertThat(fixture.detect(NAMES + FULL).next()).isEqualTo(NextStep.REGISTER);
    }

    @Test
    void nobodyLooksWhereTheSpecSaysSo() {
        hours(3);
        remove(1);

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'mode': 'full', 'vanished': 'ignore'}");

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().vanished()).isZero();
        assertThat(fixture.aws.log().count("BatchGetPartition")).isZero();
    }

    @Test
    void lookCostsOneRequestForEachPrefixThatTheListingLacked() {
        hours(24);
        remove(1);
        remove(2);
        fixture.quiet();

        fixture.detect(NAMES + FULL);

        assertThat(fixture.listed())
                .filteredOn(prefix -> prefix.contains("hour="))
                .containsExactlyInAnyOrder("lake/flights/dt=2026-11-18/hour=1/", "lake/flights/dt=2026-11-18/hour=2/");
        assertThat(fixture.aws.log().count("BatchGetPartition")).isEqualTo(1);
    }

    @Test
    void whatIsToBeDeregisteredIsListedInTheRunFolder() {
        hours(21);
        remove(20);
        remove(3);

        DetectorAnswer answer = fixture.detect(NAMES + DEREGISTER);

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(vanished().toDeregister()).isEqualTo(2);
        assertThat(list())
                .extracting(VanishedList.Entry::values, VanishedList.Entry::location)
                .containsExactlyInAnyOrder(
                        tuple(PartitionValues.of("2026-11-18", "3"), "s3://lake/flights/dt=2026-11-18/hour=3/"),
                        tuple(PartitionValues.of("2026-11-18", "20"), "s3://lake/flights/dt=2026-11-18/hour=20/"));
        assertThat(list()).extracting(VanishedList.Entry::registeredBy).containsOnly("s3://state/runs/earlier/");
    }

    @Test
    void moreThanOneInTwentyAreNotDeregistered() {
        hours(20);
        remove(3);
        remove(4);

        DetectorAnswer answer = fixture.detect(NAMES + DEREGISTER);

        assertThat(vanished().toDeregister()).isZero();
        assertThat(answer.detection().vanishedKept().orElseThrow())
                .contains(
                        "2 partitions of the table's 20 would be deregistered, and a run deregisters 1 at most",
                        "force");
        assertThat(fixture.aws.s3().keys("state")).noneMatch(key -> key.contains("vanished-"));
    }

    @Test
    void anyNumberIsDeregisteredByForce() {
        hours(4);
        IntStream.range(0, 4).forEach(this::remove);

        fixture.detect(NAMES + FORCED);

        assertThat(vanished().toDeregister()).isEqualTo(4);
        assertThat(list()).hasSize(4);
    }

    @Test
    void partitionOfAnotherToolIsReportedAndNeverDeregistered() {
        hours(21);
        fixture.aws
                .glue()
                .putPartition(
                        "analytics", "flights", List.of("2026-11-19", "0"), "s3://lake/flights/dt=2026-11-19/hour=0");

        fixture.detect(NAMES + FORCED);

        assertThat(vanished().count()).isEqualTo(1);
        assertThat(vanished().sample().getFirst().detail())
                .isEqualTo("registered by another tool, and never deregistered");
        assertThat(vanished().toDeregister()).isZero();
    }

    /** No run follows the data to the other prefix: readers find nothing. */
    @Test
    void partitionOfAnotherToolWhoseDataHasAnotherSpellingNowIsReported() {
        hours(2);
        fixture.data("dt=2026-11-19/hour=%37");
        fixture.aws
                .glue()
                .putPartition(
                        "analytics", "flights", List.of("2026-11-19", "7"), "s3://lake/flights/dt=2026-11-19/hour=7");

        fixture.detect(NAMES + FULL);

        assertThat(vanished().sample())
                .extracting(PartitionLabel::prefix)
                .containsExactly("flights/dt=2026-11-19/hour=7/");
    }

    /** Readers find its data there, wherever the layout would have put it. */
    @Test
    void partitionThatIsRegisteredElsewhereHasNotVanished() {
        hours(2);
        fixture.data("old/0");
        fixture.earlier.registerBare(
                "s3://state/runs/earlier/", new Partition(PartitionValues.of("2026-11-01", "0"), "flights/old/0/"));
        fixture.earlier.registerBare(
                "s3://state/runs/earlier/", new Partition(PartitionValues.of("2026-11-01", "1"), "elsewhere/1/"));

        fixture.detect(NAMES + FULL);

        assertThat(vanished().count()).isZero();
        assertThat(fixture.listed()).noneMatch(prefix -> prefix.contains("elsewhere"));
    }

    @Test
    void partitionThatWasRegisteredWithoutDataHasNotVanished() {
        hours(2);
        fixture.processed("dt=2026-11-20/hour=5", "2026-11-20", "5");

        fixture.detect(NAMES + FULL);

        assertThat(vanished().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_SUCCESS", "part-1.json", "deep/er"})
    void prefixInWhichAnythingLiesHasNotVanished(String name) {
        hours(2);
        remove(1);
        fixture.aws.s3().put("lake", "flights/dt=2026-11-18/hour=1/" + name, "x");

        fixture.detect(NAMES + FULL);

        assertThat(vanished().count()).isZero();
    }

    @Test
    void outstandingPartitionIsTriedAgainAndHasNotVanished() {
        hours(2);
        remove(1);
        fixture.failedStanding("flights/dt=2026-11-18/hour=1/", "2026-11-18", "1");

        assertThat(fixture.detect(NAMES + FULL).partitions()).isEqualTo(1);
        assertThat(vanished().count()).isZero();
    }

    @Test
    void prefixThatCannotBeLookedAtEndsTheDetection() {
        hours(2);
        remove(1);
        fixture.aws
                .s3()
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().contains("hour=1"))
                .thenFail(403, "AccessDenied", "no");

        assertThatThrownBy(() -> fixture.detect(NAMES + FORCED)).isInstanceOf(S3AccessException.class);
    }

    @Test
    void stackThatDeregistersNothingRefusesTheSpec() {
        DetectorFixture careful = new DetectorFixture();
        careful.table("");

        assertThatThrownBy(() -> careful.detect(NAMES + DEREGISTER))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "$.detection.vanished: deregister needs the stack's parameter AllowDeregister=true");
    }

    /** Registered no more, it is as new: runs look there again, as its readiness and whatever lies there demand. */
    @ParameterizedTest
    @CsvSource({"7, force, 2026-11-20T08:00", "8, force, 2026-11-20T07:00", "8, deregister, ''", "8, report, ''"})
    void tableIsNotCompletePastWhatIsDeregisteredAlthoughItsRawDataIsThere(int gone, String vanished, String open) {
        SourceTable.in(fixture)
                .raw("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8")
                .converted(SourceTable.H7)
                .converted(SourceTable.H8)
                .settled();
        fixture.aws.s3().delete(DetectorFixture.RAW.bucket(), "raw/dt=2026-11-20/hour=" + gone + "/part-0.json");
        Map<String, String> detection = Map.of("force", FORCED, "deregister", DEREGISTER, "report", FULL);

        fixture.detect(SourceTable.SPEC + detection.get(vanished));

        assertThat(fixture.detection().orElseThrow().open().orElse("")).isEqualTo(open);
    }

    @Test
    void planNamesWhatWouldBeDeregistered() {
        hours(21);
        remove(3);

        fixture.detect(NAMES + DEREGISTER + ", 'dryRun': true");

        Vanished planned = fixture.run()
                .plan()
                .orElseThrow()
                .detection()
                .counts()
                .changes()
                .vanished()
                .orElseThrow();
        assertThat(planned.toDeregister()).isEqualTo(1);
        assertThat(fixture.aws.s3().keys("state")).noneMatch(key -> key.contains("vanished-"));
    }

    private Vanished vanished() {
        return fixture.detection().orElseThrow().counts().changes().vanished().orElseThrow();
    }

    private List<VanishedList.Entry> list() {
        return fixture.run()
                .vanished(vanished().list().orElseThrow())
                .orElseThrow()
                .partitions();
    }

    /** A table with this number of hours of a day, registered by an earlier run. */
    private void hours(int count) {
        fixture.table("");
        for (int hour = 0; hour < count; hour++) {
            fixture.data(path(hour)).processed(path(hour), "2026-11-18", "" + hour);
        }
        fixture.settled();
    }

    private void remove(int hour) {
        fixture.aws.s3().delete("lake", "flights/" + path(hour) + "/part-0.json");
    }

    private static String path(int hour) {
        return "dt=2026-11-18/hour=" + hour;
    }
}
