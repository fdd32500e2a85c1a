package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.UnfitNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data under names that do not fit the layout is remembered, also where a run has nothing to do. */
class UnfitNamesUpdateTest {

    private static final String RECORD = "tables/analytics/flights/state.json";

    private final DetectorFixture fixture = new DetectorFixture();

    private TableRecord record() {
        return new TableRecords(fixture.state).read(FLIGHTS);
    }

    private TableHistory history() {
        return new TableHistories(fixture.state).history(FLIGHTS);
    }

    private void detect(String run, String fields) {
        fixture.detect(run, DetectorFixture.json("{" + fields + "}"));
    }

    private void fail(String run) {
        assertThatThrownBy(() -> detect(run, COMPLETE)).isInstanceOf(NothingFitsException.class);
    }

    private long writes() {
        return fixture.aws.log().calls("PutObject").stream()
                .filter(call -> call.target().endsWith(RECORD))
                .count();
    }

    @Test
    void runThatFindsNothingLeavesThemInTheRecord() {
        fixture.data("2013/02/08", "2013/02/09").quiet();

        fail("r1");

        assertThat(record().unfit())
                .hasValue(new UnfitNames(1, "flights/2013/", "expected dt=<date>", true).ofWholeTable());
        assertThat(record().withoutUnfit()).isEqualTo(TableRecord.NEW);
    }

    /** Neither of them is in the table, and nothing else tells of them once the run is over. */
    @Test
    void conflictsOfARunThatFindsNothingAreInTheRecord() {
        fixture.data("dt=2026-11-18/hour=7", "dt=2026-11-18/hour=07").quiet();

        detect("r1", COMPLETE);

        assertThat(record().unfit())
                .map(UnfitNames::text)
                .hasValue("2 names are in conflict, such as flights/dt=2026-11-18/hour=07/ (means the same values as"
                        + " flights/dt=2026-11-18/hour=7/)");
    }

    @Test
    void recordIsWrittenOnlyWhenTheyChange() {
        fixture.data("2013/02/08").quiet();
        fail("first");
        fail("second");
        assertThat(writes()).isEqualTo(1);

        fixture.aws.s3().delete("lake", "flights/2013/02/08/part-0.json");
        detect("third", COMPLETE);

        assertThat(writes()).isEqualTo(2);
        assertThat(record()).isEqualTo(TableRecord.NEW);
    }

    /** Pages show all tables from these alone. */
    @Test
    void historyHasThemToo() {
        fixture.data("2013/02/08").quiet();
        fail("first");
        assertThat(history().unfit()).isPresent().isEqualTo(record().unfit());

        fixture.aws.s3().delete("lake", "flights/2013/02/08/part-0.json");
        detect("second", COMPLETE);

        assertThat(history()).isEqualTo(TableHistory.NEW);
    }

    @Test
    void detectionThatDoesNotListTheTableLeavesThemAsTheyAre() {
        fixture.data("2013/02/08").quiet();
        fail("first");

        detect("second", COMPLETE + ", 'detection': {'mode': 'partitions', 'partitions': ['dt=2013-02-08/hour=17']}");

        assertThat(record().unfit()).isPresent();
    }

    /** Their spec has the mode of the table's other runs. */
    @ParameterizedTest
    @ValueSource(strings = {"'redriveOf': 'first'", COMPLETE + ", 'unwaive': ['dt=2013-02-08/hour=17']"})
    void runThatOnlyContinuesWhatIsKnownLeavesThemAsTheyAre(String input) {
        fixture.data("backup", "dt=2013-02-08/hour=17").quiet();
        detect("first", COMPLETE);
        fixture.table("");

        detect("second", input);

        assertThat(record().unfit()).isPresent();
    }

    @Test
    void namesBesideThoseThatFitAreRemembered() {
        fixture.data("backup", "dt=2013-02-08/hour=17").quiet();

        fixture.detect(COMPLETE);

        assertThat(record().unfit()).map(UnfitNames::none).hasValue(false);
    }

    /** They lie outside of the newest periods, and are not in the table still. */
    @Test
    void listingOfTheNewestPeriodsForgetsNoneOfTheOthers() {
        settledDays("backup", "dt=2026-11-02/hour=x");
        UnfitNames all = record().unfit().orElseThrow();
        assertThat(all.names()).isEqualTo(2);

        detect("second", NAMES);
        assertThat(fixture.detection("second").orElseThrow().from()).isPresent();
        assertThat(record().unfit()).hasValue(all);
        long writes = writes();
        detect("third", NAMES);
        assertThat(writes()).isEqualTo(writes);

        fixture.aws.s3().delete("lake", "flights/backup/part-0.json");
        fixture.aws.s3().delete("lake", "flights/dt=2026-11-02/hour=x/part-0.json");
        detect("whole", NAMES + ", 'detection': {'mode': 'full'}");
        assertThat(record().unfit()).isEmpty();
    }

    /** Records of earlier versions do not say what was listed; nor is it known whether other names are still there. */
    @Test
    void namesInTheNewestPeriodsAreForgottenOnceTheyAreRenamed() {
        settledDays();
        fixture.data("dt=2026-11-18/hour=x").quiet();
        detect("second", NAMES);
        assertThat(record().unfit())
                .hasValue(new UnfitNames(
                        1,
                        "flights/dt=2026-11-18/hour=x/",
                        "'x' is not a value of key hour, expected one of type int",
                        false));

        fixture.aws.s3().delete("lake", "flights/dt=2026-11-18/hour=x/part-0.json");
        detect("third", NAMES);

        assertThat(record().unfit()).isEmpty();
    }

    @Test
    void namesInTheNewestPeriodsDoNotBecomeNamesOfTheWholeTable() {
        settledDays("backup");
        UnfitNames all = record().unfit().orElseThrow();
        fixture.data("dt=2026-11-18/hour=x", "dt=2026-11-18/hour=y").quiet();

        detect("second", NAMES);

        assertThat(record().unfit()).hasValue(all);
        assertThat(all.advice()).endsWith("; a run of mode full lists all names again");
    }

    /** A table of some days, which a first run has listed as a whole. */
    private void settledDays(String... others) {
        fixture.table("");
        for (int day = 1; day <= 18; day++) {
            String name = "2026-11-%02d".formatted(day);
            fixture.data("dt=" + name + "/hour=12").registered(name, "12");
        }
        fixture.data(others).quiet();
        detect("first", NAMES);
        fixture.settled();
    }

    @Test
    void planWritesNothing() {
        fixture.data("backup").quiet();

        fixture.detect(COMPLETE + ", 'dryRun': true");

        assertThat(record()).isEqualTo(TableRecord.NEW);
    }

    @Test
    void recordThatCannotBeWrittenStopsNoRun() {
        fixture.data("backup", "dt=2013-02-08/hour=17").quiet();
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith(RECORD))
                .thenFail(403, "AccessDenied", "no");

        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.PROCESS);
    }
}
