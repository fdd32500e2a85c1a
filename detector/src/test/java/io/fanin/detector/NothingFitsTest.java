package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.UnfitNames;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of whose prefixes none fits its layout is an error by name, and no other is. */
class NothingFitsTest {

    private static final String THREE_KEYS =
            "[{'name': 'p0', 'type': 'string'}, {'name': 'p1', 'type': 'string'}, {'name': 'p2', 'type': 'string'}]";

    private static final String FULL = ", 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture();

    private void assertNothingFits(String fields, String... texts) {
        assertThatThrownBy(() -> fixture.detect(fields))
                .isExactlyInstanceOf(NothingFitsException.class)
                .hasMessageContainingAll(texts);
    }

    @Test
    void prefixesAndTheLayoutThatFitsThemAreNamed() {
        fixture.data("2023/01/15", "2024/01/15", "2025/01/15", "2026/01/15").quiet();

        assertThatThrownBy(() -> fixture.detect(DetectorFixture.keyed(THREE_KEYS)))
                .isExactlyInstanceOf(NothingFitsException.class)
                .hasMessage(
                        "nothing of table analytics.flights can be found: none of the names below s3://lake/flights/ fits"
                                + " the layout hive, which is p0=<string>/p1=<string>/p2=<string>/: 2023/ (expected p0=<string>),"
                                + " 2024/ (expected p0=<string>), 2025/ (expected p0=<string>), and 1 more. If all levels are"
                                + " written like that, state \"layout\": \"${p0}/${p1}/${p2}\" in the spec, or as the table's"
                                + " parameter fanin.layout; otherwise correct layout and partitionKeys, or rename the prefixes");
    }

    @Test
    void manyObjectsInTheFolderHideNoPrefix() {
        fixture.data("dt=2024-01-15");
        for (int i = 0; i < 50; i++) {
            fixture.aws.s3().put("lake", "flights/%04d.csv".formatted(i), "x");
        }
        fixture.quiet();

        assertNothingFits(COMPLETE, "hive", "dt=2024-01-15/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void modesThatSeeTheWholeTableSayIt(String mode) {
        fixture.data("2024/01/15").quiet();

        assertNothingFits(COMPLETE + mode, "hive", "2024/");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hive                | 2024/01/15               | ${p0}/${p1}/${p2}",
                "hive                | p1=7/p0=x/p2=y           | p1=${p1}/p0=${p0}/p2=${p2}",
                "hive                | year=2024/month=1/day=15 | year=${p0}/p1=${p1}/p2=${p2}",
                "p0-${p0}/${p1}/${p2} | P0=2024/p1=1/p2=15       | hive",
                "p0-${p0}/${p1}/${p2} | 2024/01/15               | ${p0}/${p1}/${p2}"
            })
    void layoutThatFitsTheNamesIsProposed(String layout, String path, String proposed) {
        fixture.data(path).quiet();

        assertNothingFits(
                DetectorFixture.keyed(THREE_KEYS) + ", 'layout': '" + layout + "'",
                "state \"layout\": \"" + proposed + "\" in the spec");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hive            | backup/2024        | backup/ (expected dt=<date>)",
                "hive            | dt=2024-01-15      | dt=2024-01-15/part-0.json (an object above the partitions",
                "hive            | dt=20240115/hour=1 | dt=20240115/ (",
                "hive            | dt=2024-01-15/h=1  | dt=2024-01-15/h=1/ (expected hour=<int>)",
                "${dt}/x${hour}  | 2024-01-15/17      | 2024-01-15/17/ (expected"
            })
    void withoutLayoutThatFitsTheNamesNoneIsProposed(String layout, String path, String named) {
        fixture.data(path).quiet();

        assertNothingFits(
                COMPLETE + ", 'layout': '" + layout + "'",
                named,
                ". Correct the spec's layout and partitionKeys, or rename the prefixes");
    }

    @Test
    void sourcesFolderIsTheOneThatCounts() {
        fixture.raw("2026-11-20/07").data("2026/11/20").quiet();

        assertNothingFits(SourceTable.SPEC, DetectorFixture.RAW.toString(), "state \"layout\": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_temporary/0",
                ".staging/dt=2024-01-15",
                "dt=2024-01-15/_temporary",
            })
    void tableWithoutPrefixesIsUpToDate(String path) {
        if (!path.isEmpty()) {
            fixture.data(path);
        }
        fixture.aws.s3().put("lake", "flights/", "").put("lake", "flights/dt=2024-01-15_$folder$", "");

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void objectsBesideNoPrefixAreNoPrefix() {
        fixture.aws.s3().put("lake", "flights/README.txt", "hello");

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(record().unfit()).map(UnfitNames::none).hasValue(false);
    }

    @Test
    void onePrefixThatFitsIsEnough() {
        fixture.data("2024/01/15", "backup", "dt=2013-02-08/hour=17").quiet();

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.PROCESS);
    }

    @Test
    void registeredPartitionThatFitsIsEnough() {
        fixture.table("")
                .data("backup", "dt=2013-02-08/hour=17")
                .processed("dt=2013-02-08/hour=17", "2013-02-08", "17");
        fixture.settled();

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** As a crawler leaves them: their prefixes are those that the layout does not fit. */
    @Test
    void registeredPartitionsElsewhereDoNotMakePrefixesFit() {
        fixture.table("").data("2024/01/15").registered("2024-01-15", "1").quiet();

        assertNothingFits(COMPLETE, "2024/");
    }

    @Test
    void prefixThatWaitsOrIsInConflictFits() {
        fixture.data("backup", "dt=2013-02-08/hour=7", "dt=2013-02-08/hour=07").quiet();

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void prefixThatIsNotReadyFits() {
        fixture.data("backup", "dt=2013-02-08/hour=7").quiet();

        assertThat(fixture.detect(COMPLETE + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}")
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
    }

    /** They look at a part of the table, or at none of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09'}",
                "{'mode': 'partitions', 'partitions': ['dt=2013-02-08/hour=17']}",
                "{'mode': 'events'}"
            })
    void modesThatSeeAPartSayNothing(String detection) {
        fixture.data("2024/01/15").told("flights/2024/01/15/").quiet();

        assertThatCode(() -> fixture.detect(COMPLETE + ", 'detection': " + detection))
                .doesNotThrowAnyException();
    }

    @Test
    void calendarRegistersItsPeriods() {
        fixture.data("2024/01/15").quiet();

        assertThat(fixture.detect(COMPLETE
                                + ", 'detection': {'mode': 'calendar', 'from': '2013-02-08', 'to': '2013-02-09'}")
                        .next())
                .isEqualTo(NextStep.PROCESS);
    }

    /** Its prefixes are those before the window, as far as anybody knows. */
    @Test
    void windowInWhichNothingFitsIsNotTheWholeTable() {
        fixture.table("").data("dt=2013-02-08/hour=17").processed("dt=2013-02-08/hour=17", "2013-02-08", "17");
        fixture.settled();
        fixture.aws.s3().delete("lake", "flights/dt=2013-02-08/hour=17/part-0.json");
        fixture.data("zoo").quiet();

        assertThat(fixture.detect("later", DetectorFixture.json("{" + COMPLETE + "}"))
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
        assertThat(record().unfit()).map(UnfitNames::none).hasValue(false);
    }

    /** It is how one finds out which names there are. */
    @Test
    void planNamesThem() {
        fixture.data("2024/01/15").quiet();

        assertThat(fixture.detect(COMPLETE + ", 'dryRun': true").detection().unfit())
                .map(UnfitNames::none)
                .hasValue(true);
        assertThat(record()).isEqualTo(TableRecord.NEW);
    }

    @Test
    void recordAndLeaseAreLeftAsAfterARunWithoutNews() {
        fixture.running.add("arn:r1");
        fixture.data("2024/01/15").quiet();

        assertNothingFits(COMPLETE, "2024/");

        assertThat(record().unfit())
                .hasValue(new UnfitNames(1, "flights/2024/", "expected dt=<date>", true).ofWholeTable());
        assertThat(fixture.leases.holder(FLIGHTS)).isEmpty();
        assertThat(fixture.aws.s3().keys("state", "runs/")).isEmpty();
        assertThat(fixture.aws.s3().keys("state", "owners/")).isEmpty();
    }

    @Test
    void itTakesNoRequestMoreThanARunWithoutNews() {
        fixture.aws.s3().put("lake", "flights/README.txt", "hello");
        remember(
                fixture,
                "flights/README.txt",
                "an object above the partitions, which begin 2 levels below s3://lake/flights/",
                false);
        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
        Map<String, Integer> nothingNew = fixture.aws.log().counts();
        DetectorFixture unfit = new DetectorFixture().data("2024/01/15");
        remember(unfit, "flights/2024/", "expected dt=<date>", true);

        assertThatThrownBy(() -> unfit.detect(COMPLETE)).isInstanceOf(NothingFitsException.class);

        assertThat(unfit.aws.log().counts())
                .allSatisfy((operation, count) ->
                        assertThat(count).as(operation).isLessThanOrEqualTo(nothingNew.getOrDefault(operation, 0)));
    }

    /** As an earlier run leaves it in the record. */
    private static void remember(DetectorFixture fixture, String name, String why, boolean none) {
        fixture.record(record -> record.withUnfit(new UnfitNames(1, name, why, none)));
    }

    /** A redrive has the same input, which may name a spec that was corrected since. */
    @Test
    void correctedSpecIsRunByARedrive() {
        fixture.data("2013-02-08/17").quiet();
        assertNothingFits(COMPLETE, "2013-02-08/");

        assertThat(fixture.detect(COMPLETE + ", 'layout': '${dt}/${hour}'").next())
                .isEqualTo(NextStep.PROCESS);
    }

    private TableRecord record() {
        return new TableRecords(fixture.state).read(FLIGHTS);
    }
}
