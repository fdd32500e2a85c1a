package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.model.layout.SkipReason.BAD_VALUE;
import static io.fanin.model.layout.SkipReason.CONFLICT;
import static io.fanin.model.layout.SkipReason.HIDDEN;
import static io.fanin.model.layout.SkipReason.MISSING_LEVEL;
import static io.fanin.model.layout.SkipReason.NOT_IN_LAYOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are no partitions: never processed, never descended into, never fatal, always told. */
class SkipsTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "_temporary/0, HIDDEN",
        ".hive-staging_1/dt=2013-02-08, HIDDEN",
        "dt=2013-02-08/_temporary/0, HIDDEN",
        "dt=2013-02-30/hour=1, BAD_VALUE",
        "dt=/hour=1, BAD_VALUE",
        "dt=2013-02-08/hour=7x, BAD_VALUE",
        "hour=1/dt=2013-02-08, NOT_IN_LAYOUT",
        "year=2013/hour=1, NOT_IN_LAYOUT",
        "/dt=2013-02-08/hour=1, NOT_IN_LAYOUT",
        "backup, NOT_IN_LAYOUT",
        "dt=2013-02-08, MISSING_LEVEL",
    })
    void badNameIsSkippedWithItsReasonAndTheGoodOneIsFound(String bad, SkipReason reason) {
        fixture.data(bad, "dt=2013-02-08/hour=17");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
        assertThat(answer.detection().skipped()).isEqualTo(1);
        assertThat(answer.detection().skippedSample()).extracting(Skip::reason).containsExactly(reason);
        assertThat("flights/" + bad + "/part-0.json")
                .startsWith(answer.detection().skippedSample().getFirst().prefix());
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(reason, 1L));
    }

    @Test
    void nameThatFailsAtItsLevelIsNotDescendedInto() {
        fixture.data("_temporary/0", "dt=2013-02-30/hour=1", "backup/dt=2013-02-08")
                .quiet();

        assertThatThrownBy(() -> fixture.detect(COMPLETE)).isInstanceOf(NothingFitsException.class);

        assertThat(fixture.listed()).containsExactly("lake/flights/");
    }

    @Test
    void siblingWhoseNameBeginsLikeTheTableIsNeverListed() {
        fixture.aws.s3().put("lake", "flights_v2/dt=2013-02-08/hour=17/a.json", "{}");
        fixture.aws.s3().put("lake", "flights", "{}");
        fixture.data("dt=2013-02-08/hour=18").quiet();

        DetectorAnswer answer = fixture.detect(COMPLETE.replace("flights/'", "flights'"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=18/");
        assertThat(answer.detection().skipped()).isZero();
        assertThat(fixture.listed()).allMatch(prefix -> prefix.startsWith("lake/flights/"));
    }

    @Test
    void markersOfFoldersAreNothing() {
        fixture.aws.s3().put("lake", "flights/", "");
        fixture.aws.s3().put("lake", "flights/dt=2013-02-08/", "");
        fixture.aws.s3().put("lake", "flights/dt=2013-02-08_$folder$", "");
        fixture.aws.s3().put("lake", "flights/dt=2013-02-08/hour=17_$folder$", "");
        fixture.data("dt=2013-02-08/hour=17");

        assertThat(fixture.detect(COMPLETE).detection().skipped()).isZero();
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
    }

    @Test
    void foldersBelowTheLastKeyBelongToItsPartition() {
        fixture.data("dt=2013-02-08/hour=17/a/b", "dt=2013-02-08/hour=17/minute=5")
                .quiet();

        fixture.detect(COMPLETE);

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
        assertThat(fixture.listed()).hasSize(2);
    }

    @Test
    void objectAboveTheLastLevelIsToldWithWherePartitionsBegin() {
        fixture.aws.s3().put("lake", "flights/readme.txt", "").put("lake", "flights/dt=2013-02-08/late.json", "{}");
        fixture.aws.s3().put("lake", "flights/_SUCCESS", "");
        fixture.data("dt=2013-02-08/hour=17");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(answer.detection().skippedSample())
                .extracting(Skip::prefix, Skip::reason)
                .containsExactlyInAnyOrder(
                        tuple("flights/readme.txt", MISSING_LEVEL),
                        tuple("flights/dt=2013-02-08/late.json", MISSING_LEVEL),
                        tuple("flights/_SUCCESS", HIDDEN));
        assertThat(answer.detection().skippedSample())
                .anyMatch(skip -> skip.detail().contains("2 levels below s3://lake/flights/"));
    }

    @Test
    void partitionsOfOneKeyBeginOneLevelBelow() {
        fixture.aws.s3().put("lake", "flights/readme.txt", "");

        DetectorAnswer answer = fixture.detect(DetectorFixture.keyed("[{'name': 'dt', 'type': 'date'}]"));

        assertThat(answer.detection().skippedSample())
                .extracting(Skip::detail)
                .containsExactly("an object above the partitions, which begin 1 level below s3://lake/flights/");
    }

    @Test
    void prefixesOfTheSameValuesAreAConflictThatNamesAll() {
        fixture.data("dt=2013-02-08/hour=17", "DT=2013-02-08/hour=17", "dt=2013-02-08/hour=18");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=18/");
        assertThat(answer.detection().skippedSample())
                .containsExactlyInAnyOrder(
                        new Skip(
                                "flights/dt=2013-02-08/hour=17/",
                                CONFLICT,
                                "means the same values as flights/DT=2013-02-08/hour=17/"),
                        new Skip(
                                "flights/DT=2013-02-08/hour=17/",
                                CONFLICT,
                                "means the same values as flights/dt=2013-02-08/hour=17/"));
    }

    @Test
    void conflictLeavesWhatIsRegisteredAsItIs() {
        fixture.table("")
                .data("dt=2013-02-08/hour=17", "dt=2013-02-08/Hour=17")
                .registered("2013-02-08", "17")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(report().counts().registered()).isEqualTo(1);
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(CONFLICT, 2L));
    }

    /** Readers would lose what is registered if it were told to be removed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/version-9f0f1c2b7d10e5a4-1"})
    void conflictNamesWhatIsRegisteredAndOnlyWhatIsNot(String below) {
        String registered = "dt=2013-02-08/hour=7" + below;
        fixture.table("")
                .data(registered, "dt=2013-02-08/hour=07")
                .processed(registered, "2013-02-08", "7")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.detection().skippedSample())
                .containsExactly(new Skip(
                        "flights/dt=2013-02-08/hour=07/",
                        CONFLICT,
                        "means the same values as the registered location flights/" + registered
                                + "/, which is what readers read"));
    }

    @Test
    void oneNumberInTwoFormsIsAConflict() {
        fixture.data("dt=2013-02-08/hour=7", "dt=2013-02-08/hour=07", "dt=2013-02-08/hour=8");

        fixture.detect(COMPLETE);

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=8/");
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(CONFLICT, 2L));
        assertThat(report().counts().found()).isEqualTo(2);
    }

    @Test
    void everySkipIsCountedAndTheFirstAreNamed() {
        IntStream.range(0, 150).forEach(i -> fixture.data("backup-" + (1000 + i)));
        fixture.data("dt=x/hour=1", "dt=2013-02-08/hour=17");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(answer.detection().skipped()).isEqualTo(151);
        assertThat(answer.detection().skippedSample()).hasSize(10);
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(NOT_IN_LAYOUT, 150L, BAD_VALUE, 1L));
        assertThat(report().counts().skips().sample())
                .as("the first of each reason")
                .hasSize(21)
                .contains(new Skip("flights/backup-1000/", NOT_IN_LAYOUT, "expected dt=<date>"))
                .extracting(Skip::reason)
                .contains(BAD_VALUE);
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }
}
