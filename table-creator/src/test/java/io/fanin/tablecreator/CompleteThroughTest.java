package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.LocalMoment;
import io.fanin.model.spec.detection.NamedPartition;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest period before which nothing is outstanding. */
class CompleteThroughTest {

    private final RunFixture fixture = new RunFixture();

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'',      2013-02-08T23:00",
                "17,      2013-02-08T16:00",
                "'17,3',  2013-02-08T02:00",
                "23,      2013-02-08T22:00",
                "0,       none",
                "'0,23',  none",
            })
    void endsBeforeTheFirstFailure(String failing, String expected) {
        fixture.pass(RUN, 0, hours(24)).failing(ids(failing)).register();

        assertThat(completeThrough()).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void redriveThatHealsTheFailureLeadsToTheNewestPartition() {
        fixture.pass(RUN, 0, hours(24)).failing(17).register();

        fixture.pass(RUN, 1, hour(17)).register();

        assertThat(completeThrough()).hasValue("2013-02-08T23:00");
    }

    @Test
    void failureThatComesLateTakesItBackUntilItIsHealed() {
        fixture.pass(RUN, 0, hour(5)).register();

        fixture.pass(LATER_RUN, 0, hour(3)).failing(0).register();
        assertThat(completeThrough()).hasValue("2013-02-08T02:00");

        fixture.pass(LATER_RUN, 1, hour(3)).register();
        assertThat(completeThrough()).hasValue("2013-02-08T05:00");
    }

    /** Its data may lie under another spelling of its values by now, or be written again: the next scan looks there. */
    @Test
    void partitionThatIsGoneWhenItIsProcessedIsLookedForAgain() {
        fixture.createTable();
        fixture.pass(RUN, 0, hours(24))
                .looked("", "")
                .result(gone(17, hour(17)))
                .register();

        assertThat(completeThrough()).hasValue("2013-02-08T16:00");
        assertThat(fixture.record().progress().open()).hasValue("2013-02-08T17:00");
        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        fixture.pass(LATER_RUN, 0, hour(24)).looked("", "").register();
        assertThat(fixture.record().progress().open()).isEmpty();
        assertThat(completeThrough()).hasValue("2013-02-09T00:00");
    }

    @Test
    void failureThatIsGoneWhenItIsProcessedAgainIsLookedForAgain() {
        fixture.createTable();
        fixture.pass(RUN, 0, hours(24)).looked("", "").failing(17).register();

        fixture.pass(RUN, 1, hour(17)).result(gone(0, hour(17))).register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.record().progress().open()).hasValue("2013-02-08T17:00");
    }

    /** The scan looks into no new partition, and has taken the folder for a period that is there. */
    @ParameterizedTest
    @CsvSource({"outstanding, 16", "report, 23"})
    void folderWithoutAnythingIsNotPassedWhereMissingPeriodsCount(String gaps, int through) {
        fixture.createTable();
        Pass pass = fixture.pass(RUN, 0, hours(24))
                .looked("", "")
                .result(new BatchResult(17, List.of(PartitionResult.Skipped.notBegun(hour(17), "only folders"))));
        fixture.writeSpec(
                RUN,
                OnPartial.FAIL,
                Json.read("{\"mode\":\"list\",\"gaps\":\"" + gaps + "\"}", DetectionSpec.class, "detection"));

        pass.register();

        assertThat(completeThrough()).hasValue(moment(through));
    }

    private static BatchResult gone(int batch, Partition partition) {
        return new BatchResult(batch, List.of(new PartitionResult.Skipped(partition, "nothing lies there", true)));
    }

    @Test
    void failureHealedByAnotherToolCountsAsRegistered() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        fixture.others.register(hour(1));

        fixture.pass(RUN, 1, List.of()).register();

        assertThat(completeThrough()).hasValue("2013-02-08T01:00");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void neverRunsAheadOfWhatIsOutstandingAndIsTheNewestWhenNothingIs(long seed) {
        Random random = new Random(seed);
        TreeSet<Integer> registered = new TreeSet<>();
        TreeSet<Integer> outstanding = new TreeSet<>();
        for (int run = 0; run < 12; run++) {
            boolean healing = run % 3 == 2 && !outstanding.isEmpty();
            List<Integer> hours = healing
                    ? List.copyOf(outstanding)
                    : random.ints(1 + random.nextInt(4), 0, 30)
                            .distinct()
                            .boxed()
                            .toList();
            List<Integer> failing = new ArrayList<>();
            for (int i = 0; i < hours.size(); i++) {
                boolean fails = !healing && random.nextInt(3) == 0 && !registered.contains(hours.get(i));
                if (fails) {
                    failing.add(i);
                    outstanding.add(hours.get(i));
                } else {
                    registered.add(hours.get(i));
                    outstanding.remove(hours.get(i));
                }
            }

            fixture.pass(
                            new RunId("run-" + run),
                            0,
                            hours.stream().map(RunFixture::hour).toList())
                    .failing(failing.stream().mapToInt(Integer::intValue).toArray())
                    .register();

            String at = "seed " + seed + ", run " + run;
            if (outstanding.isEmpty()) {
                assertThat(completeThrough()).as(at).hasValue(moment(registered.last()));
            } else {
                assertThat(completeThrough().orElse("")).as(at).isLessThan(moment(outstanding.first()));
            }
        }
    }

    /** Of two invocations of a detector one may have seen more than the manifest asks for, and have come too late. */
    @Test
    void whatCountsOfTheTableIsWhatTheManifestsDetectionSaw() {
        Pass pass = fixture.createTable().pass(RUN, 0, hour(5)).looked("2013-02-08T06:00", "");
        String later = "{\"found\":9,\"registered\":9,\"skipped\":{},\"newest\":\"2013-02-08T09:00\"}";
        fixture.folder(RUN).writeDetection(Json.read(later, DetectionReport.class, "later"), TakenEntries.NONE);

        pass.register();

        assertThat(completeThrough()).hasValue("2013-02-08T06:00");
    }

    static Stream<DetectionSpec> partialViews() {
        LocalDateTime day = LocalDateTime.of(2013, 2, 8, 0, 0);
        return Stream.of(
                new DetectionSpec.Range(new LocalMoment(day), new LocalMoment(day.plusDays(9))),
                new DetectionSpec.Explicit(List.of(new NamedPartition.ByName("dt=2013-02-09/hour=6"))));
    }

    /** The periods in between have not been scanned. */
    @ParameterizedTest
    @MethodSource("partialViews")
    void runThatLookedAtAPartNeverMovesItForward(DetectionSpec detection) {
        fixture.pass(RUN, 0, hours(3)).register();

        passOf(detection, 0, hour(30)).register();

        assertThat(completeThrough()).hasValue(moment(2));
        assertThat(fixture.record().progress().newest()).hasValue(moment(2));
    }

    @ParameterizedTest
    @MethodSource("partialViews")
    void firstRunThatLookedAtAPartLeavesItUnknown(DetectionSpec detection) {
        passOf(detection, 0, hour(30)).register();

        assertThat(completeThrough()).isEmpty();
        assertThat(fixture.record().progress().newest()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("partialViews")
    void redriveOfSuchARunLeadsNoFurtherThanBefore(DetectionSpec detection) {
        fixture.pass(RUN, 0, hours(6)).register();

        passOf(detection, 0, hour(3), hour(30)).failing(0).register();
        assertThat(completeThrough()).hasValue(moment(2));

        passOf(detection, 1, hour(3)).register();
        assertThat(completeThrough()).hasValue(moment(5));
    }

    /** Hour 6 waited in the scan; another run has found hour 7 since, and a redrive takes it along. */
    @ParameterizedTest
    @MethodSource("partialViews")
    void redriveLeadsNoFurtherThanItsScanHasFound(DetectionSpec detection) {
        fixture.createTable();
        fixture.pass(RUN, 0, hours(6)).looked("", moment(6)).failing(3).register();
        passOf(detection, 0, hour(7)).failing(0).register();

        fixture.pass(RUN, 1, hour(3), hour(7)).register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(completeThrough()).hasValue(moment(5));
        assertThat(fixture.record().progress().newest()).hasValue(moment(5));
    }

    /** It had data once; that may be under another spelling, before the window of the next scans. */
    @ParameterizedTest
    @MethodSource("partialViews")
    void failureThatIsGoneWhenSuchARunProcessesItIsLookedForAgain(DetectionSpec detection) {
        fixture.createTable();
        fixture.pass(RUN, 0, hours(6)).looked("", "").failing(3).register();

        passOf(detection, 0, hour(3), hour(20))
                .result(gone(0, hour(3)))
                .result(gone(1, hour(20)))
                .register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.record().progress().open()).hasValue(moment(3));
        assertThat(completeThrough()).hasValue(moment(2));
    }

    @ParameterizedTest
    @MethodSource("partialViews")
    void failureThatAnotherToolHealedLeadsSuchARunNoFurther(DetectionSpec detection) {
        fixture.pass(RUN, 0, hours(6)).failing(5).register();
        fixture.others.register(hour(5));

        passOf(detection, 0, List.of()).register();

        assertThat(fixture.record().progress().newest()).hasValue(moment(4));
    }

    @Test
    void doesNotPassWhatTheRunsDetectionSawWaiting() {
        fixture.pass(RUN, 0, hours(6)).looked("", moment(3)).register();

        assertThat(completeThrough()).hasValue(moment(2));
        assertThat(fixture.record().progress().open()).hasValue(moment(3));
    }

    @Test
    void countsWhatWasRegisteredBeforeTheFirstRun() {
        fixture.pass(RUN, 0, hour(3)).looked(moment(20), "").register();

        assertThat(completeThrough()).hasValue(moment(20));
    }

    /** Until then a crash looks like the end, and periods before the registered ones may not be registered. */
    @Test
    void detectionCountsOnceAllItFoundIsRegistered() {
        fixture.createTable();
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenRunAfter(
                        () -> assertThat(fixture.record().progress().newest()).isEmpty());

        fixture.pass(RUN, 0, hour(3)).looked(moment(20), "").register();

        assertThat(fixture.record().progress().newest()).hasValue(moment(20));
    }

    /**
     * It was stopped before anything was recorded, and is redriven when another run has seen more: what it processed is
     * processed again.
     */
    @Test
    void lookThatIsOlderThanTheRecordSaysNothing() {
        Pass stopped = fixture.pass(RUN, 0, List.of(hour(0))).looked("", "");
        fixture.pass(LATER_RUN, 0, List.of(hour(1), hour(3)))
                .looked("", "2013-02-08T02:00")
                .register();

        stopped.register();

        assertThat(fixture.record().progress().open()).hasValue("2013-02-08T02:00");
        assertThat(fixture.record().progress().completeThrough()).hasValue("2013-02-07T23:00");
    }

    @Test
    void laterPassLeavesOpenWhatTheRunsDetectionSaw() {
        fixture.pass(RUN, 0, hours(6)).looked("", moment(3)).failing(5).register();
        fixture.pass(LATER_RUN, 0, hour(3)).looked(moment(4), "").register();

        fixture.pass(RUN, 1, hour(5)).register();

        assertThat(fixture.record().progress().open()).isEmpty();
        assertThat(completeThrough()).hasValue(moment(5));
    }

    @Test
    void progressOfARecreatedTableDoesNotCount() {
        fixture.pass(RUN, 0, hours(20)).looked("", "").register();
        fixture.others.dropTable();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.createTable();

        fixture.pass(LATER_RUN, 0, hours(3)).looked("", "").register();

        assertThat(completeThrough()).hasValue(moment(2));
    }

    private Pass passOf(DetectionSpec detection, int number, Partition... partitions) {
        return passOf(detection, number, List.of(partitions));
    }

    private Pass passOf(DetectionSpec detection, int number, List<Partition> partitions) {
        Pass pass = fixture.pass(LATER_RUN, number, partitions);
        fixture.writeSpec(LATER_RUN, OnPartial.FAIL, detection);
        return pass;
    }

    private static String moment(int hour) {
        return LocalDateTime.of(2013, 2, 8, 0, 0).plusHours(hour).toString();
    }

    private Optional<String> completeThrough() {
        Optional<String> published = Optional.ofNullable(fixture.parameters().get("fanin.complete_through"));
        assertThat(fixture.record().progress().completeThrough()).isEqualTo(published);
        return published;
    }

    private static int[] ids(String list) {
        return list.isEmpty()
                ? new int[0]
                : Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
