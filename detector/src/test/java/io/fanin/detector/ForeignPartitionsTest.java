package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.spec.SpecException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other tools have registered, and runs would take from readers, or show them twice. */
class ForeignPartitionsTest {

    private static final String STRINGS = "[{'name': 'dt', 'type': 'string'}, {'name': 'hour', 'type': 'string'}]";

    private static final String EVENTS = NAMES + ", 'detection': {'mode': 'events'}";

    private static final String NAMED =
            NAMES + ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-18/hour=7']}";

    private final DetectorFixture fixture = new DetectorFixture().tableOf(STRINGS, "hive");

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void areNotRegisteredASecondTime(String detection) {
        fixture.foreign("dt=20261118/hour=07", "2026-11-18", "7").foreign("dt=20261118/hour=08", "2026-11-18", "8");

        assertThatThrownBy(() -> fixture.detect(NAMES + detection))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.layout: 2 folders would be registered a second time")
                .hasMessageContaining("such as flights/dt=20261118/hour=07/, which is registered as [2026-11-18, 7] and"
                        + " which the layout reads as [20261118, 07]");
        assertThat(fixture.aws.s3().keys("state")).noneMatch(key -> key.contains("manifest"));
    }

    /** Not all of them can be remembered, nor told from new ones, whether their folders are still there or not. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void tooManyAreNotRegisteredASecondTime(String detection) {
        IntStream.rangeClosed(0, 40_000)
                .forEach(i -> fixture.registeredAt(
                        "s3://lake/flights/dt=%08d/hour=07/".formatted(i), "%08d".formatted(i), "7"));
        fixture.data("dt=00040000/hour=07").data("dt=00050000/hour=07").data("dt=00060000/hour=07");

        assertThatThrownBy(() -> fixture.detect(NAMES + detection))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.layout: more than 40000 partitions are registered under other values than the"
                        + " layout reads, such as flights/dt=");
        assertThat(fixture.aws.s3().keys("state")).noneMatch(key -> key.contains("manifest"));
    }

    /** An alias for the newest folder is that tool's affair; where keys are no times, none can be told. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void folderWithAnAliasIsRegistered(String detection) {
        DetectorFixture timed = new DetectorFixture()
                .tableOf("[{'name': 'dt', 'type': 'string', 'format': 'yyyy-MM-dd'}]", "hive")
                .foreign("dt=2026-11-19", "latest");

        assertThat(timed.detect(NAMES + detection).partitions()).isEqualTo(1);
        assertThat(conflicts(timed)).isEmpty();
    }

    /** In a window, a few are most: it is not refused, and readers have no rows twice either. */
    @Test
    void oneOfAWindowIsNotRegisteredASecondTime() {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.processed("dt=2026-11-18/hour=07", "2026-11-18", "7").settled();
        typed.foreign("dt=2026-11-20/hour=07", "2026-11-19", "7").data("dt=2026-11-20/hour=08");

        assertThat(typed.detect(NAMES).partitions()).isEqualTo(1);
        assertThat(conflicts(typed))
                .containsExactly(conflict(
                        "flights/dt=2026-11-20/hour=07/",
                        "is registered by another tool as [2026-11-19, 7], under which readers have its rows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void fewAmongManyAreNotRegisteredASecondTimeEither(String detection) {
        DetectorFixture text = new DetectorFixture()
                .tableOf(
                        "[{'name': 'year', 'type': 'string'}, {'name': 'month', 'type': 'string'},"
                                + " {'name': 'day', 'type': 'string'}]",
                        "hive")
                .foreign("year=2026/month=11/day=01", "2026", "11", "1")
                .foreign("year=2026/month=11/day=12", "2026", "11", "12")
                .data("year=2026/month=11/day=13");

        assertThat(text.detect(NAMES + detection).partitions()).isEqualTo(1);
        assertThat(conflicts(text))
                .containsExactly(conflict(
                        "flights/year=2026/month=11/day=01/",
                        "is registered by another tool as [2026, 11, 1], under which readers have its rows"));
    }

    /** What lies in the table's folder is not in the table. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}", ", 'detection': {'mode': 'full', 'lateData': true}"})
    void dataBesideWhatIsRegisteredElsewhereIsNamed(String detection) {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.registeredAt("s3://archive/2026/11/18/07/", "2026-11-18", "7");

        assertThat(typed.detect(NAMES + detection).partitions()).isZero();
        assertThat(conflicts(typed))
                .containsExactly(conflict(
                        "flights/dt=2026-11-18/hour=07/",
                        "is registered by another tool at s3://archive/2026/11/18/07/, which is what readers read"));
    }

    /** A script that writes numbers as numbers adds what a run has registered as its folder is called. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void partitionThatTheCatalogHasTwiceIsNamed(String detection) {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.processed("dt=2026-11-18/hour=07", "2026-11-18", "07").settled();
        typed.foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");

        typed.detect(NAMES + detection);

        assertThat(conflicts(typed))
                .containsExactly(conflict(
                        "flights/dt=2026-11-18/hour=07/",
                        "is in the catalog twice, as [2026-11-18, 07] and [2026-11-18, 7]"));
    }

    /** Hive makes a folder with each partition that is added. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void tableIsNotCompleteThroughWhatIsRegisteredAhead(String detection) {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-20/hour=09", "2026-11-20", "9");
        for (int hour = 10; hour < 14; hour++) {
            typed.aws.s3().put("lake", "flights/dt=2026-11-20/hour=" + hour + "/", "");
            typed.registeredAt(
                    "s3://lake/flights/dt=2026-11-20/hour=" + hour + "/", "2026-11-20", String.valueOf(hour));
        }

        typed.detect(NAMES + detection);

        assertThat(typed.detection().orElseThrow().newest()).hasValue("2026-11-20T10:00");
    }

    /** Folders of days that a tool registers in another form of the same times. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void timeInAnotherFormIsNoAlias(String detection) {
        DetectorFixture timed = new DetectorFixture()
                .tableOf("[{'name': 'dt', 'type': 'string', 'format': 'yyyyMMdd'}]", "hive")
                .foreign("dt=20261118", "2026-11-18")
                .foreign("dt=20261119", "2026-11-19");

        assertThatThrownBy(() -> timed.detect(NAMES + detection))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.layout: 2 folders would be registered a second time");
    }

    /** A script adds by numbers what a run has registered by text. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void folderThatIsRegisteredUnderOtherValuesBesidesIsNamed(String detection) {
        DetectorFixture text = new DetectorFixture()
                .tableOf("[{'name': 'month', 'type': 'string', 'time': false}]", "hive")
                .data("month=01")
                .processed("month=01", "01");
        text.settled().registeredAt("s3://lake/flights/month=01/", "1");

        assertThat(text.detect(NAMES + detection).partitions()).isZero();
        assertThat(conflicts(text))
                .containsExactly(conflict(
                        "flights/month=01/",
                        "is registered by another tool as [1], under which readers have its rows"));
    }

    @Test
    void failureInAFolderThatIsRegisteredUnderOtherValuesIsNotRetried() {
        DetectorFixture text = new DetectorFixture()
                .tableOf("[{'name': 'month', 'type': 'string', 'time': false}]", "hive")
                .data("month=02", "month=03")
                .foreign("month=01", "1");
        text.outstanding("flights/month=01/", "01");

        assertThat(text.detect(NAMES).partitions()).isEqualTo(2);
        assertThat(text.prefixes()).doesNotContain("flights/month=01/");
    }

    /** Nobody but the other tool changes its registration, also where nothing is left of what it has. */
    @ParameterizedTest
    @ValueSource(strings = {EVENTS, NAMED, NAMES})
    void dataThatHasMovedToAnotherSpellingIsNamed(String spec) {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.registeredAt("s3://lake/flights/dt=2026-11-18/hour=7/", "2026-11-18", "7")
                .told("flights/dt=2026-11-18/hour=07/");

        assertThat(typed.detect(spec).partitions()).isZero();
        assertThat(conflicts(typed))
                .containsExactly(conflict(
                        "flights/dt=2026-11-18/hour=07/",
                        "is registered by another tool at s3://lake/flights/dt=2026-11-18/hour=7/, which is what readers"
                                + " read"));
    }

    /** The other values have another form of the same time, whatever the keys beside it say. */
    @Test
    void wordOfAnotherKeyMakesNoAlias() {
        DetectorFixture timed = new DetectorFixture()
                .tableOf(
                        "[{'name': 'dt', 'type': 'string', 'format': 'yyyyMMdd'}, {'name': 'region', 'type': 'string'}]",
                        "hive")
                .data("dt=20261118/region=eu", "dt=20261119/region=eu")
                .foreign("dt=20261118/region=us", "2026-11-18", "us");

        assertThat(timed.detect(NAMES).partitions()).isEqualTo(2);
    }

    /** Readers have the one below it alone, and would have all of them. */
    @Test
    void nameMovesNoPartitionToTheFolderAroundIt() {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07/v2");
        typed.registeredAt("s3://lake/flights/dt=2026-11-18/hour=07/v2/", "2026-11-18", "7");

        assertThat(typed.detect(NAMED).partitions()).isZero();
        assertThat(conflicts(typed))
                .singleElement()
                .satisfies(skip -> assertThat(skip.detail())
                        .contains("s3://lake/flights/dt=2026-11-18/hour=07/v2/, which is what readers read"));
    }

    private static List<Skip> conflicts(DetectorFixture fixture) {
        return fixture.detection().orElseThrow().counts().skips().sample();
    }

    private static Skip conflict(String prefix, String detail) {
        return new Skip(prefix, SkipReason.CONFLICT, detail);
    }

    /** It waits, or holds nothing. */
    @Test
    void whatWouldNotBeRegisteredIsNotCounted() {
        fixture.foreign("dt=20261118/hour=07", "2026-11-18", "7");
        fixture.aws.s3().put("lake", "flights/dt=20261118/hour=08/", "");
        fixture.registeredAt("s3://lake/flights/dt=20261118/hour=08/", "2026-11-18", "8");

        assertThat(fixture.detect(NAMES + ", 'detection': {'readiness': {'marker': '_SUCCESS'}}")
                        .partitions())
                .isZero();
    }

    @Test
    void otherFormsOfTheSameValuesAreTheSamePartition() {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");

        assertThat(typed.detect(NAMES).partitions()).isZero();
    }

    /** Nothing would be registered there. */
    @Test
    void folderWithoutDataAndPlacesElsewhereMatterNot() {
        fixture.registeredAt("s3://lake/flights/dt=20261118/hour=07/", "2026-11-18", "7")
                .registeredAt("s3://lake/other/dt=20261118/hour=08/", "2026-11-18", "8")
                .data("dt=20261118/hour=08");

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(1);
    }

    /** In the archive are rows that nobody wants to lose for an object that has come to the table's folder. */
    @Test
    void eventMovesNoPartitionOfAnotherTool() {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.registeredAt("s3://archive/2026/11/18/07/", "2026-11-18", "7").told("flights/dt=2026-11-18/hour=07/");

        DetectorAnswer answer = typed.detect(EVENTS);

        assertThat(answer.partitions()).isZero();
        assertThat(typed.detection().orElseThrow().counts().skips().sample())
                .containsExactly(new Skip(
                        "flights/dt=2026-11-18/hour=07/",
                        SkipReason.CONFLICT,
                        "is registered by another tool at s3://archive/2026/11/18/07/, which is what readers read"));
        assertThat(typed.inbox.keys()).isEmpty();
    }

    @Test
    void nameMovesNoPartitionOfAnotherTool() {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.registeredAt("s3://archive/2026/11/18/07/", "2026-11-18", "7");

        assertThat(typed.detect(NAMED).partitions()).isZero();
        assertThat(typed.detection().orElseThrow().counts().skips().sample())
                .singleElement()
                .satisfies(skip -> {
                    assertThat(skip.reason()).isEqualTo(SkipReason.CONFLICT);
                    assertThat(skip.detail()).contains("s3://archive/2026/11/18/07/, which is what readers read");
                });
    }

    @Test
    void nameChangesNoSerdeOfAnotherTool() {
        DetectorFixture typed = readInItsOwnWay();

        assertThat(typed.detect(NAMED).partitions()).isZero();
        assertThat(typed.detection().orElseThrow().counts().skips().sample())
                .singleElement()
                .satisfies(skip -> assertThat(skip.toString())
                        .contains("FOREIGN", "flights/dt=2026-11-18/hour=07/", "with a SerDe of its own"));
    }

    @Test
    void nameOfAnotherToolsPartitionInItsFolderIsFollowed() {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");

        assertThat(typed.detect(NAMED).partitions()).isEqualTo(1);
    }

    private static DetectorFixture readInItsOwnWay() {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");
        typed.aws
                .glue()
                .alterPartition(
                        "analytics",
                        "flights",
                        List.of("2026-11-18", "7"),
                        input -> ((ObjectNode) input.get("StorageDescriptor"))
                                .putObject("SerdeInfo")
                                .put("SerializationLibrary", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"));
        return typed;
    }

    /** Readers would read its objects by the table's SerDe from then on. */
    @Test
    void eventChangesNoSerdeOfAnotherTool() {
        DetectorFixture typed = readInItsOwnWay();
        typed.told("flights/dt=2026-11-18/hour=07/");

        assertThat(typed.detect(EVENTS).partitions()).isZero();
        assertThat(typed.detection().orElseThrow().counts().skips().total())
                .as("readers have what came")
                .isZero();
        assertThat(typed.inbox.keys()).isEmpty();
    }

    /** Readers have other rows than those that have failed. */
    @Test
    void failureInAnotherFolderThanTheRegisteredOneMovesNothing() {
        DetectorFixture typed = new DetectorFixture().table("").data("dt=2026-11-18/hour=07");
        typed.registeredAt("s3://archive/2026/11/18/07/", "2026-11-18", "7")
                .failedStanding("flights/dt=2026-11-18/hour=07/", "2026-11-18", "7")
                .told("flights/dt=2026-11-18/hour=07/");

        assertThat(typed.detect(EVENTS).partitions()).isZero();
        assertThat(typed.detect(NAMED).partitions()).isZero();
    }

    /** In the folder that it is registered with. */
    @ParameterizedTest
    @ValueSource(strings = {EVENTS, NAMED})
    void failureOfAnotherToolsPartitionIsRetried(String spec) {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");
        typed.failedStanding("flights/dt=2026-11-18/hour=07/", "2026-11-18", "7")
                .told("flights/dt=2026-11-18/hour=07/");

        assertThat(typed.detect(spec).partitions()).isEqualTo(1);
    }

    @Test
    void eventOfAnotherToolsPartitionInItsFolderIsFollowed() {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");
        typed.told("flights/dt=2026-11-18/hour=07/");

        assertThat(typed.detect(EVENTS).partitions()).isEqualTo(1);
    }
}
