package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.BASIS;
import static io.fanin.core.record.WatermarkFixture.COUNTING;
import static io.fanin.core.record.WatermarkFixture.CREATED;
import static io.fanin.core.record.WatermarkFixture.FIRST;
import static io.fanin.core.record.WatermarkFixture.FLIGHTS;
import static io.fanin.core.record.WatermarkFixture.LISTING;
import static io.fanin.core.record.WatermarkFixture.PART;
import static io.fanin.core.record.WatermarkFixture.failure;
import static io.fanin.core.record.WatermarkFixture.hour;
import static io.fanin.core.record.WatermarkFixture.hours;
import static io.fanin.core.record.WatermarkFixture.look;
import static io.fanin.core.record.WatermarkFixture.lookOutside;
import static io.fanin.core.record.WatermarkFixture.moment;
import static io.fanin.core.record.WatermarkFixture.spec;
import static io.fanin.core.record.WatermarkFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table's progress after a scan and the passes that follow from it. */
class WatermarkTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // registered before, open, registered now, outstanding, complete through, kept open
                "none, none, 0-9,   none, 9,    none",
                "9,    none, none,  none, 9,    none",
                "9,    none, 10-12, none, 12,   none",
                "9,    none, 10-12, 11,   10,   none",
                "9,    11,   10-12, none, 10,   11",
                "9,    13,   10-12, none, 12,   none",
                "9,    12,   10-12, none, 11,   12",
                "9,    11,   10-12, 10,   9,    11",
                "9,    11,   none,  12,   9,    11",
                "9,    5,    10-12, none, none, 5",
                "none, 5,    none,  6,    none, 5",
                "none, 5,    none,  none, none, none",
            })
    void endsBeforeWhatIsOutstandingOrOpen(
            Integer before, Integer open, String now, Integer outstanding, Integer completeThrough, Integer keptOpen) {
        TableRecord failed = outstanding == null
                ? TableRecord.NEW
                : TableRecord.NEW.withFailures(List.of(failure(hour(outstanding))), TestForms.AS_WRITTEN);

        TableRecord record = LISTING.advanced(failed, hours(now), look(before, open));

        assertThat(record.progress().completeThrough()).isEqualTo(moment(completeThrough));
        assertThat(record.progress().open()).isEqualTo(moment(keptOpen));
    }

    @Test
    void watermarkIsTheNewestRegisteredPeriodWhateverIsOutstanding() {
        TableRecord record = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(hour(3))), TestForms.AS_WRITTEN),
                hours("0-9"),
                look(null, null));

        assertThat(Watermark.in(record, BASIS)).hasValue(FIRST.plusHours(9));
    }

    @Test
    void watermarkDoesNotPassWhatIsOpen() {
        TableRecord record = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        assertThat(Watermark.in(record, BASIS)).hasValue(FIRST.plusHours(4));
    }

    @Test
    void scanOfTheWholeTableTellsWhetherPartitionsAreLeftAtAFormerLocation() {
        Optional<Instant> first = Optional.of(Instant.parse("2013-02-09T00:00:00Z"));
        Optional<Instant> second = Optional.of(Instant.parse("2013-02-10T00:00:00Z"));

        TableRecord left = LISTING.advanced(TableRecord.NEW, hours("0-9"), lookOutside(null, first));
        TableRecord later = LISTING.advanced(left, hours("10-10"), lookOutside(9, Optional.empty()));

        assertThat(left.progress().outside()).isEqualTo(first);
        assertThat(later.progress().outside())
                .as("after a look at the newest part")
                .isEqualTo(first);
        assertThat(LISTING.advanced(later, List.of(), lookOutside(null, second))
                        .progress()
                        .outside())
                .isEqualTo(second);
        assertThat(LISTING.advanced(later, List.of(), lookOutside(null, Optional.empty()))
                        .progress()
                        .outside())
                .isEmpty();
    }

    /** A waiting newest hour is looked at in each run anyway, and would otherwise change the record in each. */
    @Test
    void whatIsOpenAfterEverythingElseChangesNothing() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        assertThat(LISTING.advanced(before, List.of(), look(9, 10))).isEqualTo(before);
        assertThat(LISTING.advanced(before, List.of(), look(9, 11))).isEqualTo(before);
    }

    /** Late data, whose objects cannot be read, came into an hour that was complete. */
    @Test
    void failureOfAPeriodThatWasCompleteLeadsBackToTheOneBeforeIt() {
        TableRecord complete = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        TableRecord failed = LISTING.advanced(
                complete.withFailures(List.of(failure(hour(6)), failure(hour(10))), TestForms.AS_WRITTEN),
                List.of(),
                look(9, null));

        assertThat(failed.progress().completeThrough()).isEqualTo(moment(5));
        assertThat(LISTING.advanced(failed, List.of(), look(9, null))).isEqualTo(failed);
        TableRecord worse =
                PART.advanced(failed.withFailures(List.of(failure(hour(2))), TestForms.AS_WRITTEN), List.of());
        assertThat(worse.progress().completeThrough()).isEqualTo(moment(1));
        TableRecord healed =
                LISTING.advanced(failed.without(hours("6-6"), TestForms.AS_WRITTEN), hours("6-6"), look(9, null));
        assertThat(healed.progress().completeThrough()).isEqualTo(moment(9));
    }

    @Test
    void healedFailureLeadsToThePeriodBeforeTheNextOne() {
        TableRecord failed = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(hour(3)), failure(hour(7))), TestForms.AS_WRITTEN),
                Stream.of("0-2", "4-6", "8-9")
                        .flatMap(range -> hours(range).stream())
                        .toList(),
                look(null, null));
        assertThat(failed.progress().completeThrough()).isEqualTo(moment(2));

        TableRecord healed = LISTING.advanced(failed.without(hours("3-3"), TestForms.AS_WRITTEN), hours("3-3"));

        assertThat(healed.progress().completeThrough()).isEqualTo(moment(6));
    }

    /** The run of the scan was stopped before its end, and another one has continued it. */
    @Test
    void progressWithoutAScanIsKeptByTheNextScan() {
        TableRecord continued = TableRecord.NEW
                .with(TestProgress.of(moment(2), moment(9)))
                .withFailures(List.of(failure(hour(3))), TestForms.AS_WRITTEN);

        assertThat(LISTING.advanced(continued, List.of(), look(9, null))
                        .progress()
                        .completeThrough())
                .isEqualTo(moment(2));
    }

    /** In Berlin clocks go from 2 to 3 on 2026-03-29: there is no hour 2. */
    @Test
    void hourThatClocksSkipIsNoPeriodBefore() {
        Watermark berlin =
                Watermark.of(spec(FLIGHTS, DetectionSpec.Listing.DEFAULT).inZone(KeyZone.of("Europe/Berlin")), BASIS);
        TableRecord complete =
                TableRecord.NEW.with(TestProgress.of(Optional.of("2026-03-29T08:00"), Optional.of("2026-03-29T08:00")));
        Partition third = new Partition(PartitionValues.of("2026-03-29", "3"), "flights/dt=2026-03-29/hour=3/");

        TableRecord failed =
                berlin.advanced(complete.withFailures(List.of(failure(third)), TestForms.AS_WRITTEN), List.of());

        assertThat(failed.progress().completeThrough()).hasValue("2026-03-29T01:00");
    }

    /** A failure after a waiting period may be healed before that period is ready. */
    @Test
    void failureThatIsHealedDoesNotLeadPastWhatWaitsBeforeIt() {
        TableRecord failed = TableRecord.NEW.withFailures(List.of(failure(hour(12))), TestForms.AS_WRITTEN);
        TableRecord before = LISTING.advanced(failed, hours("0-10"), look(null, 11));

        TableRecord healed = LISTING.advanced(before.without(hours("12-12"), TestForms.AS_WRITTEN), hours("12-12"));

        assertThat(healed.progress().completeThrough()).isEqualTo(moment(10));
        assertThat(Watermark.in(healed, BASIS)).hasValue(FIRST.plusHours(11));
    }

    @Test
    void healedFailureOfAnEmptyTableDoesNotPassWaitingPeriods() {
        TableRecord failed = TableRecord.NEW.withFailures(List.of(failure(hour(6))), TestForms.AS_WRITTEN);
        TableRecord before = LISTING.advanced(failed, List.of(), look(null, 5));
        assertThat(Watermark.in(before, BASIS)).isEmpty();

        TableRecord healed = LISTING.advanced(before.without(hours("6-6"), TestForms.AS_WRITTEN), hours("6-6"));

        assertThat(healed.progress().completeThrough()).isEmpty();
        assertThat(Watermark.in(healed, BASIS)).hasValue(FIRST.plusHours(5));
    }

    @Test
    void nextLookClosesWhatTheLastOneLeftOpen() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        TableRecord after = LISTING.advanced(before, List.of(), look(9, null));

        assertThat(after.progress().open()).isEmpty();
        assertThat(after.progress().completeThrough()).isEqualTo(moment(9));
    }

    @Test
    void passWithoutALookLeavesOpenWhatTheLastOneLeft() {
        TableRecord before = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(hour(11))), TestForms.AS_WRITTEN),
                hours("0-9"),
                look(null, 4));

        TableRecord after = LISTING.advanced(before.without(hours("11-11"), TestForms.AS_WRITTEN), hours("10-11"));

        assertThat(after.progress().open()).isEqualTo(moment(4));
        assertThat(after.progress().newest()).isEqualTo(moment(11));
        assertThat(after.progress().completeThrough())
                .isEqualTo(before.progress().completeThrough());
        assertThat(Watermark.in(after, BASIS)).hasValue(FIRST.plusHours(4));
    }

    /** Hour 10 waited in the scan; an object of hour 11 has come by an event since, and has failed. */
    @Test
    void passWithoutALookLeadsAsFarAsTheLastOneFound() {
        TableRecord scanned = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(hour(5))), TestForms.AS_WRITTEN),
                hours("0-9"),
                look(null, 10));
        TableRecord later =
                PART.advanced(scanned.withFailures(List.of(failure(hour(11))), TestForms.AS_WRITTEN), List.of());

        TableRecord redriven = LISTING.advanced(
                later.without(hours("5-5"), TestForms.AS_WRITTEN).without(hours("11-11"), TestForms.AS_WRITTEN),
                List.of(hour(5).values(), hour(11).values()));

        assertThat(redriven.progress().newest()).isEqualTo(moment(9));
        assertThat(redriven.progress().completeThrough()).isEqualTo(moment(9));
        TableRecord next = LISTING.advanced(redriven, List.of(), look(11, 10));
        assertThat(next.progress().completeThrough()).isEqualTo(moment(9));
        assertThat(next.progress().newest()).isEqualTo(moment(11));
        assertThat(Watermark.in(next, BASIS)).hasValue(FIRST.plusHours(10));
    }

    /** As where another run has changed the table before the scan's pass could. */
    @Test
    void passWhoseScanIsNotKnownLeadsNowhere() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-7"), look(null, null));

        assertThat(LISTING.advanced(before, hours("8-10"))).isEqualTo(before);
        assertThat(LISTING.advanced(TableRecord.NEW, hours("8-10"))).isEqualTo(TableRecord.NEW);
    }

    @Test
    void failuresAfterEverythingRegisteredLeadOnOnceTheyAreHealed() {
        TableRecord failed = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(hour(3)), failure(hour(6))), TestForms.AS_WRITTEN),
                List.of(),
                look(null, null));
        assertThat(failed.progress().found()).isEqualTo(moment(6));

        TableRecord first = LISTING.advanced(failed.without(hours("3-3"), TestForms.AS_WRITTEN), hours("3-3"));
        TableRecord all = LISTING.advanced(first.without(hours("6-6"), TestForms.AS_WRITTEN), hours("6-6"));

        assertThat(first.progress().completeThrough()).isEqualTo(moment(3));
        assertThat(all.progress().completeThrough()).isEqualTo(moment(6));
        assertThat(all.progress().found()).as("known by what is registered").isEmpty();
    }

    @Test
    void continuedRunKeepsThePeriodsThatTheLastScanLeftOpen() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        TableRecord after = LISTING.advanced(before, List.of(), DetectionReport.NONE);

        assertThat(after).isEqualTo(before);
    }

    @Test
    void lookAtAPartSaysNothing() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        assertThat(PART.advanced(before, hours("20-20"), look(19, 15))).isEqualTo(before);
        assertThat(PART.advanced(TableRecord.NEW, hours("20-20"), look(19, 15))).isEqualTo(TableRecord.NEW);
    }

    @Test
    void windowThatShowsOnlyTheEndOfTheTableTakesNothingBack() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        assertThat(LISTING.advanced(before, List.of(), look(9, null))).isEqualTo(before);
    }

    /** A producer whose clock went wrong wrote one partition of the year 2099. */
    @Test
    void whatIsRegisteredBeyondTheHorizonIsNoProgress() {
        Watermark bounded = LISTING.upTo(FIRST.plusHours(5));

        TableRecord record = bounded.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        assertThat(record.progress().completeThrough()).isEqualTo(moment(5));
        assertThat(Watermark.in(record, BASIS)).hasValue(FIRST.plusHours(5));
    }

    @Test
    void missingPeriodsAreKeptWhereTheSpecCountsThem() {
        DetectionReport gap = gap(", \"open\": \"2013-02-08T03:00\"");

        TableRecord record = COUNTING.advanced(TableRecord.NEW, hours("0-9"), gap);

        assertThat(record.progress().missing()).hasValue(2);
        assertThat(record.progress().completeThrough()).isEqualTo(moment(2));
        assertThat(PublishedParameters.status(record)).isEqualTo(TableStatus.PARTIAL);
        assertThat(COUNTING.advanced(record, hours("3-4")))
                .extracting(known -> known.progress().missing())
                .isEqualTo(record.progress().missing());
        assertThat(COUNTING.advanced(record, hours("3-4"), look(9, null))
                        .progress()
                        .missing())
                .isEmpty();
        assertThat(LISTING.advanced(TableRecord.NEW, hours("0-9"), gap)
                        .progress()
                        .missing())
                .isEmpty();
    }

    /** Those from before the window are known only if the whole table was scanned since they count. */
    @Test
    void missingPeriodsCountSinceAScanOfTheWholeTable() {
        DetectionReport window = lookOutside(7, Optional.empty());

        TableRecord reported = LISTING.advanced(TableRecord.NEW, hours("0-9"), gap(""));
        TableRecord counted = COUNTING.advanced(reported, List.of(), gap(""));

        assertThat(reported.progress().counted()).isEmpty();
        assertThat(COUNTING.advanced(reported, List.of(), window).progress().counted())
                .isEmpty();
        assertThat(counted.progress().counted()).hasValue(true);
        assertThat(COUNTING.advanced(counted, List.of(), window).progress().counted())
                .hasValue(true);
        assertThat(LISTING.advanced(counted, List.of(), window).progress().counted())
                .as("its window does not show what is missing before, and the record forgets that")
                .isEmpty();
        TableRecord whole = COUNTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));
        assertThat(LISTING.advanced(whole, List.of(), window).progress().counted())
                .hasValue(true);
        assertThat(LISTING.advanced(counted, hours("10-10")).progress().counted())
                .hasValue(true);
        assertThat(LISTING.advanced(counted, List.of(), gap("")).progress().counted())
                .isEmpty();
    }

    private static DetectionReport gap(String more) {
        return Json.read(
                "{\"found\":1,\"registered\":0,\"missing\":{\"count\":2,\"sample\":[]},\"skipped\":{},\"skippedSample\":[]"
                        + more + "}",
                DetectionReport.class,
                "look");
    }

    @Test
    void tableWhoseKeysAreNoTimesHasNoProgress() {
        TableDefinition regions = table("s3://lake/regions/", "hive", new PartitionKey("region", KeyType.STRING));
        Watermark progress = Watermark.of(
                spec(regions, DetectionSpec.Listing.DEFAULT), ProgressScope.of(regions, Optional.of(CREATED)));

        TableRecord record = progress.advanced(TableRecord.NEW, List.of(PartitionValues.of("eu")), look(null, null));

        assertThat(record).isEqualTo(TableRecord.NEW);
    }

    @Test
    void failureOfATableThatHadOtherKeysIsPassedOver() {
        Partition old = new Partition(PartitionValues.of("2013-02-08"), "flights/dt=2013-02-08/");

        TableRecord record = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(old)), TestForms.AS_WRITTEN),
                hours("0-9"),
                look(null, null));

        assertThat(record.progress().completeThrough()).isEqualTo(moment(9));
    }
}
