package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.history.Calendar;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistories;
import io.fanin.core.record.TableRecords;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.Tally;
import io.fanin.model.run.Usage;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents for people after a pass. */
class PassHistoryTest {

    private static final String DAY = "2013-02-08";

    private final RunFixture fixture = new RunFixture();
    private final TableHistories histories = new TableHistories(fixture.state);

    @Test
    void passIsInTheHistoryAndTheCalendar() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        RunEntry entry = histories.history(FLIGHTS).lastRun().orElseThrow();
        assertThat(entry.run()).isEqualTo(RUN);
        assertThat(entry.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(entry.counts().registered()).isEqualTo(2);
        assertThat(entry.ended()).isEqualTo(fixture.clock.instant());
        assertThat(entry.detail().processed()).isEqualTo(3);
        assertThat(entry.detail().reasons()).isEqualTo(Map.of("Truncated", 1L));
        assertThat(rows()).isEqualTo(Map.of(DAY, "R.R....................."));
    }

    @Test
    void historyHasTheNamesThatTheRecordHas() {
        UnfitNames unfit = new UnfitNames(1, "flights/2013/", "expected dt=<date>", false);
        fixture.pass(RUN, 0, hours(1)).register();
        new TableRecords(fixture.state).update(FLIGHTS, record -> record.withUnfit(unfit));

        fixture.pass(LATER_RUN, 0, hour(1)).register();

        assertThat(histories.history(FLIGHTS).unfit()).hasValue(unfit);
    }

    @Test
    void redriveFillsThePeriodThatFailed() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        fixture.pass(RUN, 1, hour(1)).register();

        assertThat(rows()).isEqualTo(Map.of(DAY, "RRR....................."));
        assertThat(histories.history(FLIGHTS).runs()).singleElement().satisfies(entry -> {
            assertThat(entry.pass()).isEqualTo(1);
            assertThat(entry.status()).isEqualTo(TableStatus.COMPLETE);
        });
    }

    /** It has listed the partitions that events named, or a part of the table. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"mode\":\"events\"}", "{\"mode\":\"range\",\"from\":\"2010-01-01\",\"to\":\"2010-02-01\"}"})
    void runThatHasNotSeenTheTableLeavesItsGaps(String mode) {
        fixture.pass(RUN, 0, hours(1)).missing("2013-02-08T05:00").register();
        Pass other = fixture.pass(LATER_RUN, 0, hour(1)).looked("", "");
        fixture.writeSpec(LATER_RUN, OnPartial.FAIL, Json.read(mode, DetectionSpec.class, "detection"));

        other.register();

        assertThat(histories.calendar(FLIGHTS).open())
                .extracting(open -> open.first().toString())
                .containsExactly("2013-02-08T05:00");
    }

    @Test
    void partitionRegisteredAgainIsLate() {
        fixture.pass(RUN, 0, hours(3)).register();

        fixture.pass(LATER_RUN, 0, hour(1)).register();

        assertThat(rows()).isEqualTo(Map.of(DAY, "RLR....................."));
    }

    @Test
    void samePassTwiceChangesNothing() {
        Pass pass = fixture.pass(RUN, 0, hours(3));
        pass.register();
        Calendar calendar = histories.calendar(FLIGHTS);
        fixture.clock.advance(Duration.ofMinutes(5));

        pass.register();

        assertThat(histories.calendar(FLIGHTS)).isEqualTo(calendar);
        assertThat(histories.history(FLIGHTS).runs()).hasSize(1);
    }

    @Test
    void invocationThatFindsTheReportWritesWhatIsMissing() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass.register();
        fixture.aws.s3().delete(RunFixture.STATE, "tables/analytics/flights/history.json");
        fixture.aws.s3().delete(RunFixture.STATE, "tables/analytics/flights/calendar.json");

        pass.register();

        assertThat(rows()).isEqualTo(Map.of(DAY, "R.R....................."));
        assertThat(histories.history(FLIGHTS).runs()).hasSize(1);
    }

    @Test
    void calendarOfALostInvocationHasWhatItRegisteredAmongManySkipped() {
        registerTwiceWithoutTheFirstCalendar(passWithManySkipped());

        assertThat(rows()).isEqualTo(Map.of(DAY, "R......................."));
    }

    /** The report does not name all that were skipped. */
    private Pass passWithManySkipped() {
        List<Partition> all = hours(Tally.SAMPLE + 2);
        List<PartitionResult> results = Stream.concat(
                        Stream.of(Pass.sound(hour(0))),
                        all.stream().skip(1).map(one -> new PartitionResult.Skipped(one, "nothing lies there", true)))
                .toList();
        return fixture.pass(RUN, 0, all, all.size()).result(new BatchResult(0, results));
    }

    @Test
    void calendarAfterALostInvocationLacksWhatItDeregistered() {
        fixture.pass(LATER_RUN, 0, hours(3)).register();
        VanishedList list = new VanishedList(
                VanishedList.VERSION,
                List.of(new VanishedList.Entry(
                        hour(1).values(),
                        "s3://lake/" + hour(1).prefix(),
                        fixture.folder(LATER_RUN).uri())));
        fixture.folder(RUN).writeVanished(list);
        Vanished vanished = new Vanished(1, List.of(), 1, Optional.of(list.token()), Optional.empty());

        registerTwiceWithoutTheFirstCalendar(
                fixture.pass(RUN, 0).asked(new CatalogChanges(Optional.of(vanished), List.of())));

        assertThat(rows()).isEqualTo(Map.of(DAY, "R.R....................."));
    }

    /** The calendar is not worth more than the pass's answer. */
    @Test
    void passIsAnsweredAgainThoughTheCatalogDoesNotAnswer() {
        Pass pass = passWithManySkipped();
        TableCreatorAnswer first = pass.register();
        fixture.aws.log().reset();
        fixture.aws.faults().on("BatchGetPartition").thenFail(400, "AccessDeniedException", "no");

        assertThat(pass.register()).isEqualTo(first);
        assertThat(fixture.aws.log().counts()).containsKey("BatchGetPartition");
    }

    private void registerTwiceWithoutTheFirstCalendar(Pass pass) {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("calendar.json"))
                .thenFail(403, "AccessDenied", "no");
        pass.register();
        fixture.aws.faults().clear();

        pass.register();
    }

    @ParameterizedTest
    @ValueSource(strings = {"calendar.json", "history.json", "report.html", "index.html"})
    void passEndsWellWithoutItsHistory(String name) {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith(name))
                .thenFail(403, "AccessDenied", "no");

        assertThat(fixture.pass(RUN, 0, hours(3)).register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"calendar.json", "history.json"})
    void documentThatCannotBeReadStaysAndThePageSaysSo(String name) {
        String key = "tables/analytics/flights/" + name;
        fixture.state.put(key, "no JSON");

        assertThat(fixture.pass(RUN, 0, hours(3)).failing(1).register().status())
                .isEqualTo(TableStatus.PARTIAL);

        assertThat(fixture.aws.s3().text(RunFixture.STATE, key)).hasValue("no JSON");
        assertThat(page("tables/analytics/flights/index.html"))
                .contains(
                        "This page lacks what earlier runs have written: s3://state/" + key + " cannot be read",
                        "  delete it: aws s3 rm s3://state/" + key + ". It is only for the pages",
                        "2013-02-08 01:00 failed: Truncated, run nightly-1",
                        "fanin redrive nightly-1");
    }

    @Test
    void pageWithAllItsDocumentsLacksNothing() {
        fixture.pass(RUN, 0, hours(3)).register();

        assertThat(page("tables/analytics/flights/index.html")).doesNotContain("This page lacks");
    }

    @Test
    void pagesLieBesideWhatTheyShow() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        assertThat(page("runs/nightly-1/report.html"))
                .contains("<bdi>nightly-1</bdi>", "dt=2013-02-08/hour=1", "Truncated", "fanin redrive nightly-1");
        assertThat(page("tables/analytics/flights/index.html"))
                .contains("analytics.flights", "2013-02-08 01:00 failed: Truncated, run nightly-1");
    }

    @Test
    void passThatIsRepeatedAfterTheNextOneLeavesThePageOfItsRun() {
        Pass first = fixture.pass(RUN, 0, hours(3)).failing(1);
        first.register();
        fixture.pass(RUN, 1, hour(1)).register();
        String page = page("runs/nightly-1/report.html");

        first.register();

        assertThat(page("runs/nightly-1/report.html")).isEqualTo(page).contains("COMPLETE");
    }

    @Test
    void costOfARunHasTheMetricsOfItsTable() {
        fixture.pass(RUN, 0, hour(0))
                .result(new BatchResult(0, List.of(Pass.sound(hour(0))))
                        .using(new Usage(Map.of("S3 GetObject", 3L), 1.5)))
                .register();

        assertThat(page("runs/nightly-1/report.html")).contains("about, $0.0033 of it metrics");
    }

    @Test
    void pageOfARunIsWrittenWithoutItsHistory() {
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("history.json"))
                .thenFail(403, "AccessDenied", "no");

        fixture.pass(RUN, 0, hours(3)).register();

        assertThat(page("runs/nightly-1/report.html")).contains("COMPLETE");
        assertThat(fixture.aws.s3().text(RunFixture.STATE, "tables/analytics/flights/index.html"))
                .isEmpty();
    }

    private String page(String key) {
        return fixture.aws.s3().text(RunFixture.STATE, key).orElseThrow();
    }

    private Map<String, String> rows() {
        return histories.calendar(FLIGHTS).rows();
    }
}
