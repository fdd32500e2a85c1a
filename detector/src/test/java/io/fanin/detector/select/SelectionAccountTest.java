package io.fanin.detector.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.detector.DetectorFixture;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.detector.select.SelectionRules.LateData;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.Gaps;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times that a selection leads to, whatever the order in which partitions are seen. */
class SelectionAccountTest {

    private static final List<PartitionKey> WITH_REGION = withRegion();
    private static final ResolvedSpec SPEC = DetectorFixture.resolved(
            DetectorFixture.COMPLETE + ", 'layout': 'hive', 'detection': {'mode': 'list', 'gaps': 'outstanding'}");
    private static final Watermark COUNTING = Watermark.of(SPEC, ProgressScope.of(SPEC, Optional.empty()));

    @ParameterizedTest
    @CsvSource({"3, 4, 5", "5, 4, 3", "4, 3, 5", "4, 5, 3"})
    void oldestAndNewestRegisteredPeriodsAndTheFirstOpenOneAreReported(int first, int second, int third) {
        SelectionAccount account = account(PlanFixture.KEYS);
        for (int hour : List.of(first, second, third)) {
            account.addRegistered(values(String.valueOf(hour)));
            account.addWaiting(partition(hour + 4), "it has no marker");
        }

        DetectionReport report = report(account, PlanFixture.KEYS, List.of());

        assertThat(report.periods().oldest()).hasValue("2013-02-08T03:00");
        assertThat(report.periods().newest()).hasValue("2013-02-08T05:00");
        assertThat(report.periods().open()).hasValue("2013-02-08T07:00");
    }

    @Test
    void periodsBeyondTheHorizonDoNotCount() {
        SelectionAccount account = account(PlanFixture.KEYS);
        account.addRegistered(PartitionValues.of("2099-01-01", "0"));

        DetectionReport report = report(account, PlanFixture.KEYS, List.of());

        assertThat(report.periods().newest()).isEmpty();
        assertThat(report.periods().oldest()).isEmpty();
    }

    /** In one of two regions an hour was given up: whether the other has it, nobody has said. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void waivedPartitionIsNotMissingWhereItIsAllOfItsPeriod(boolean hasRegions, long missing) {
        List<PartitionKey> keys = hasRegions ? WITH_REGION : PlanFixture.KEYS;
        SelectionAccount account = account(keys);
        account.addPresent(with(hasRegions, "3"));
        account.addPresent(with(hasRegions, "5"));

        DetectionReport report = report(account, keys, List.of(waived(with(hasRegions, "4"))));

        assertThat(report.counts().missing().count()).isEqualTo(missing);
    }

    /** Only so many are kept for later runs: those that have waited longest. */
    @Test
    void earliestPeriodsWithLateDataAreKept() {
        SelectionAccount account = account(PlanFixture.KEYS);
        for (int day = 0; day < 120; day++) {
            account.addWaitingWithLateData(DetectorFixture.partition(
                    "p/",
                    PlanFixture.TIME.minusSeconds(86_400L * day).toString().substring(0, 10),
                    "0"));
        }

        List<String> late =
                report(account, PlanFixture.KEYS, List.of()).periods().late();

        assertThat(late).hasSize(100).isSorted().startsWith("2012-10-12T00:00").doesNotContain("2013-02-08T00:00");
    }

    /** A window that begins with the hour before the one that the last scan left open, the fifth. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // missing at the last scan, hours that are there, waived; missing now, assumed to be
                "1, 4 6, -, 1, -",
                "2, 4 7, -, 2, -",
                "0, 4 6, -, 1, -",
                "0, 5 6, -, 0, -",
                "0, 6 7, -, 1, 5",
                "1, 6 7, -, 1, 5",
                "1, 6 7, 4, 1, -",
                "1, 7 8, 4, 2, 5",
                "1, 6 7, 5, 0, 5",
                "1, -,   -, 0, 5",
                "0, -,   -, 0, -",
            })
    void missingPeriodIsAssumedUnlessTheOneBeforeItIsThere(
            long known, String there, Integer waived, long missing, Integer assumed) {
        SelectionAccount account = window(known);
        Stream.ofNullable(there)
                .flatMap(hours -> Arrays.stream(hours.split(" ", -1)))
                .forEach(hour -> account.addPresent(values(hour)));

        DetectionReport report = report(
                account,
                PlanFixture.KEYS,
                Stream.ofNullable(waived)
                        .map(hour -> waived(values(hour.toString())))
                        .toList());

        assertThat(report.counts().missing().count()).isEqualTo(missing);
        assertThat(report.periods().assumed())
                .isEqualTo(Optional.ofNullable(assumed).map("2013-02-08T0%d:00"::formatted));
    }

    /** Where raw data is deleted once it is made into partitions, no prefix is found in any window. */
    @Test
    void periodsThatWereMadeBeforeAreThere() {
        SelectionAccount account = window(1);
        account.addWithRawDataGone(values("4"));
        account.addWithRawDataGone(values("6"));

        DetectionReport report = report(account, PlanFixture.KEYS, List.of());

        assertThat(report.counts().missing().count()).isEqualTo(1);
        assertThat(report.periods().assumed()).isEmpty();
    }

    /** An account of the window after a scan of this number of missing hours. */
    private static SelectionAccount window(long missing) {
        DetectionReport scanned = Json.read(
                "{\"found\":3,\"registered\":3,\"newest\":\"2013-02-08T09:00\",\"open\":\"2013-02-08T05:00\",\"missing\":{\"count\":"
                        + missing + ",\"sample\":[]}}",
                DetectionReport.class,
                "look");
        Coverage window = new Coverage.From(LocalDateTime.parse("2013-02-08T04:00"));
        return new SelectionAccount(
                PlanFixture.rules(window, new LateData.Never(), SelectionRules.NEVER_SET_ASIDE, Gaps.OUTSTANDING),
                COUNTING.advanced(TableRecord.NEW, List.of(), scanned),
                PlanFixture.KEYS);
    }

    private static SelectionAccount account(List<PartitionKey> keys) {
        return new SelectionAccount(
                PlanFixture.rules(new Coverage.Whole(), new LateData.Never(), SelectionRules.NEVER_SET_ASIDE),
                TableRecord.NEW,
                keys);
    }

    private static DetectionReport report(
            SelectionAccount account, List<PartitionKey> keys, List<RecordedWaiver> waived) {
        try (PendingPartitions candidates = new PendingPartitions(keys)) {
            return account.report(
                    candidates,
                    new SkipLog(),
                    waived,
                    new VanishedPartitions.NotSought(),
                    new UnverifiedPartitions.NotCounted());
        }
    }

    private static List<PartitionKey> withRegion() {
        List<PartitionKey> keys = new ArrayList<>(PlanFixture.KEYS);
        keys.add(new PartitionKey("region", KeyType.STRING));
        return keys;
    }

    private static PartitionValues with(boolean hasRegion, String hour) {
        return hasRegion ? PartitionValues.of("2013-02-08", hour, "eu") : values(hour);
    }

    private static PartitionValues values(String hour) {
        return PartitionValues.of("2013-02-08", hour);
    }

    private static Partition partition(int hour) {
        return DetectorFixture.partition("flights/dt=2013-02-08/hour=" + hour + "/", "2013-02-08", "" + hour);
    }

    private static RecordedWaiver waived(PartitionValues values) {
        Waiver waiver = new Waiver(
                new Partition(values, "flights/x/"),
                "lost",
                "ada",
                Instant.EPOCH,
                Optional.empty(),
                new Inventory(0, 0, Optional.empty(), "none"));
        return new RecordedWaiver(waiver, Optional.empty());
    }
}
