package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.detection.Reason;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that are registered at a prefix, and whose data lies at another one. */
class MovedDataTest {

    private static final String OLD = "dt=2026-11-18/hour=07";
    private static final String NEW = "dt=2026-11-18/hour=7";

    private static final String MOVED_WITH_EVENTS =
            NAMES + ", 'location': 's3://landing/flights/', 'detection': {'mode': 'events'}";

    private final DetectorFixture fixture = new DetectorFixture().table("");

    /** The objects are the same, so that nothing but the location tells. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 'detection': {'mode': 'full'}",
                ", 'detection': {'mode': 'full', 'lateData': true}",
                ", 'detection': {'lateData': false}"
            })
    void partitionWhoseDataHasMovedIsLateWhateverIsSwitchedOff(String detection) {
        fixture.data(OLD).processed(OLD, "2026-11-18", "7");
        move();

        DetectorAnswer answer = fixture.detect(NAMES + detection);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.work())
                .containsExactly(DetectorFixture.partition("flights/" + NEW + "/", "2026-11-18", "7"));
    }

    /** Readers have what lies there. */
    @Test
    void partitionOutsideOfTheTableIsLeftAsItIsRegistered() {
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("lake", "flights2/" + NEW + "/part-0.json", "{}");

        DetectorAnswer answer = fixture.detect(NAMES + ", 'location': 's3://lake/flights2/'");

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skipped()).isZero();
        assertThat(fixture.listed()).containsOnlyOnce("lake/flights/" + NEW + "/");
        assertThat(fixture.detection().orElseThrow().outside()).hasValue(Instant.parse("2026-11-20T10:00:00Z"));
    }

    /** It will be registered there, and its data may follow the table before all windows. */
    @ParameterizedTest
    @CsvSource({
        "flights2, '', true",
        "flights, ', ''layout'': ''${dt}/${hour}''', true",
        "flights, '', false",
    })
    void failureThatIsRetriedWhereTheTableWasIsLookedForAgain(String folder, String more, boolean isOutside) {
        fixture.data(NEW).outstanding("flights/" + NEW + "/", "2026-11-18", "7");

        DetectorAnswer answer = fixture.detect(NAMES + ", 'location': 's3://lake/" + folder + "/'" + more);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.detection().orElseThrow().outside().isPresent()).isEqualTo(isOutside);
    }

    /** At the old prefix lies what another table has in the new bucket. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'mode': 'full'}",
                "{'mode': 'events'}",
                "{'mode': 'partitions', 'partitions': ['" + NEW + "']}"
            })
    void failureIsNotRetriedWhereTheTableWasInAnotherBucket(String detection) {
        fixture.outstanding("flights/" + NEW + "/", "2026-11-18", "7");
        fixture.aws.s3().put("landing", "flights/" + NEW + "/part-0.json", "{}");

        fixture.detect(NAMES + ", 'location': 's3://landing/flights2/', 'detection': " + detection);

        assertThat(fixture.work())
                .containsExactly(DetectorFixture.partition("flights2/" + NEW + "/", "2026-11-18", "7"));
    }

    /** In another bucket the objects have the names, sizes and ETags of those in the old one. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "lake, flights2, {}",
                "lake, flights2, `{'mode': 'full'}`",
                "landing, flights, `{'lateData': false}`",
                "landing, flights, `{'mode': 'full', 'lateData': true}`",
            })
    void partitionOutsideOfTheTableIsLateOnceNothingIsLeftThere(String bucket, String folder, String detection) {
        String moved = NAMES + ", 'location': 's3://" + bucket + "/" + folder + "/', 'detection': " + detection;
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put(bucket, folder + "/" + NEW + "/part-0.json", "{}");
        assertThat(fixture.detect(moved).partitions()).isZero();

        fixture.aws.s3().delete("lake", "flights/" + NEW + "/part-0.json");

        DetectorAnswer answer = fixture.detect("r2", json("{" + moved + "}"));
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.work("r2"))
                .containsExactly(DetectorFixture.partition(folder + "/" + NEW + "/", "2026-11-18", "7"));
    }

    /** Nothing else would ever tell of the data: what is removed at the old place is none of the table's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventOfATableThatHasMovedIsFollowedThere(boolean oldDataIsLeft) {
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("landing", "flights/" + NEW + "/part-0.json", "{}");
        if (!oldDataIsLeft) {
            fixture.aws.s3().delete("lake", "flights/" + NEW + "/part-0.json");
        }
        fixture.told("flights/" + NEW + "/");

        fixture.detect(MOVED_WITH_EVENTS);

        assertThat(fixture.work())
                .containsExactly(DetectorFixture.partition("flights/" + NEW + "/", "2026-11-18", "7"));
    }

    /** Readers have what lies at the old place. */
    @ParameterizedTest
    @ValueSource(strings = {"", "_SUCCESS", "_temporary/part-0.json"})
    void placeWithoutDataIsNoneToMoveTo(String name) {
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("landing", "flights/" + NEW + "/" + name, "");
        fixture.told("flights/" + NEW + "/");

        assertThat(fixture.detect(MOVED_WITH_EVENTS).partitions()).isZero();
        assertThat(fixture.detect("r2", json("{" + NAMES + ", 'location': 's3://landing/flights/'}"))
                        .partitions())
                .isZero();
    }

    /** Nothing is left for readers: it fails, and is not passed over. */
    @Test
    void partitionOfWhichNothingIsLeftAtEitherPlaceIsProcessed() {
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("landing", "flights/" + NEW + "/_SUCCESS", "");
        fixture.aws.s3().delete("lake", "flights/" + NEW + "/part-0.json");
        fixture.told("flights/" + NEW + "/");

        DetectorAnswer answer = fixture.detect(MOVED_WITH_EVENTS.replace(
                "'mode': 'events'", "'mode': 'events', 'readiness': {'quietPeriod': 'PT0S'}"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    /**
     * The stack has lost its permissions for the old bucket: to look there again each day would tell nothing either.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'lateData': true}"})
    void locationThatMayNotBeListedTellsNothing(String detection) {
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("landing", "flights/" + NEW + "/part-0.json", "{}");
        fixture.aws.s3().deny("lake", "flights/");

        DetectorAnswer answer = fixture.detect(NAMES + ", 'location': 's3://landing/flights/'" + detection);

        assertThat(answer.partitions()).isZero();
        assertThat(fixture.detection().orElseThrow().outside()).isEmpty();
    }

    /** Others may write where the table was, and its readers would get that. */
    @ParameterizedTest
    @CsvSource({"register, false, 1", "register, true, 0", "skip, false, 0", "fail, false, 0"})
    void partitionRegisteredWithoutDataFollowsItsTable(String onEmpty, boolean oldMarkerIsLeft, int processed) {
        String marker = "flights/" + NEW + "/_SUCCESS";
        fixture.aws.s3().put("lake", marker, "");
        fixture.processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("landing", marker, "");
        if (!oldMarkerIsLeft) {
            fixture.aws.s3().delete("lake", marker);
        }

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'location': 's3://landing/flights/', 'onEmpty': '" + onEmpty + "'");

        assertThat(answer.partitions()).isEqualTo(processed);
    }

    @Test
    void partitionThatIsNamedIsProcessedWhereTheTableIsNow() {
        fixture.data(NEW).processed(NEW, "2026-11-18", "7");
        fixture.aws.s3().put("lake", "flights2/" + NEW + "/part-0.json", "{}");

        fixture.detect(NAMES
                + ", 'location': 's3://lake/flights2/', 'detection': {'mode': 'partitions', 'partitions': ['" + NEW
                + "']}");

        assertThat(fixture.work())
                .containsExactly(DetectorFixture.partition("flights2/" + NEW + "/", "2026-11-18", "7"));
    }

    /** A day is looked at that the listing does not show. */
    @Test
    void partitionWhoseRegisteredLocationHoldsDataIsInConflict() {
        String deeper = "other/" + OLD;
        fixture.data(deeper).processed(deeper, "2026-11-18", "7").data(NEW);

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skippedSample())
                .contains(new Skip(
                        "flights/" + NEW + "/",
                        SkipReason.CONFLICT,
                        "means the same values as the registered location flights/" + deeper
                                + "/, which is what readers read"));
        assertThat(answer.detection().skippedReasons())
                .as("what is registered is in the table")
                .containsEntry(SkipReason.CONFLICT, 1L);
        assertThat(fixture.detection().orElseThrow().outside())
                .as("the old data may be removed later")
                .isPresent();
    }

    /** Its processor was changed, and the new one refuses the folders in which the old one has made versions. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", ", 'detection': {'mode': 'full'}", ", 'detection': {'readiness': {'marker': '_SUCCESS'}}"})
    void partitionThatIsRegisteredAtAVersionBelowIsProcessedAndNotInConflict(String fields) {
        String version = NEW + "/version-9f0f1c2b7d10e5a4-1";
        fixture.data(version).processed(version, "2026-11-18", "7");

        DetectorAnswer answer = fixture.detect(NAMES + fields);

        assertThat(answer.detection().skipped()).isZero();
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.work())
                .containsExactly(DetectorFixture.partition("flights/" + NEW + "/", "2026-11-18", "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/elsewhere/7/", "s3://foreign/7/"})
    void whatAnotherToolHasRegisteredIsLeftToIt(String location) {
        fixture.data(NEW).registeredAt(location, "2026-11-18", "7");

        assertThat(fixture.detect(NAMES).partitions()).isZero();
        assertThat(fixture.listed()).noneMatch(prefix -> prefix.contains("/7/"));
    }

    private void move() {
        fixture.aws.s3().delete("lake", "flights/" + OLD + "/part-0.json");
        fixture.data(NEW);
    }
}
