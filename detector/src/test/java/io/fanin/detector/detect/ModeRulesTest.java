package io.fanin.detector.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.detector.DetectorFixture;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.select.SelectionRules;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.detector.select.SelectionRules.LateData;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.Gaps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.Table;

/** The rules of each mode, with the defaults that they resolve. */
class ModeRulesTest {

    private static final Instant TIME = Instant.parse("2013-02-09T12:00:00Z");
    private static final CatalogTable TABLE = new CatalogTable(
            DetectorFixture.FLIGHTS,
            Table.builder()
                    .name(DetectorFixture.FLIGHTS.table())
                    .parameters(Map.of())
                    .build());

    /** The table's progress is 2013-02-08T10:00 where it has any. */
    @ParameterizedTest(name = "{0}, progress {1}: {2}, late data {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'lookback': 'P2D'                                        | true  | From 2013-02-06T10:00 | ComparedFrom 2013-02-06T10:00",
                "'lookback': 'PT1H'                                       | true  | From 2013-02-08T09:00 | ComparedFrom 2013-02-08T09:00",
                "'mode': 'list'                                           | true  | From 2013-02-06T10:00 | ComparedFrom 2013-02-06T10:00",
                "'lateData': false                                        | true  | From 2013-02-06T10:00 | Filled",
                "'lookback': 'PT1H', 'gaps': 'outstanding'                | true  | From 2013-02-08T08:00 | ComparedFrom 2013-02-08T09:00",
                "'lookback': 'PT1H', 'gaps': 'report'                     | true  | From 2013-02-08T09:00 | ComparedFrom 2013-02-08T09:00",
                "'mode': 'list'                                           | false | Whole                 | Filled",
                "'lateData': true                                         | false | Whole                 | Compared",
                "'mode': 'full'                                           | true  | Whole                 | Filled",
                "'mode': 'full', 'lateData': true                         | true  | Whole                 | Compared",
                "'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09'                   | true | Part | Filled",
                "'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09', 'lateData': true | true | Part | Compared",
                "'mode': 'calendar', 'from': '2013-02-08', 'to': '2013-02-09'                | true | Part | Never",
                "'mode': 'events'                                         | true  | Events                | All",
            })
    void whatIsSeenAndComparedFollowsFromTheMode(
            String detection, boolean hasProgress, String coverage, String lateData) {
        SelectionRules rules = rules(detection, hasProgress, true);

        assertThat(text(rules.coverage())).isEqualTo(coverage);
        assertThat(text(rules.lateData())).isEqualTo(lateData);
    }

    @ParameterizedTest(name = "{0}: {1} attempts, gaps {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'mode': 'list'                                           | 2147483647 | REPORT",
                "'maxAttempts': 3, 'gaps': 'outstanding'                  | 3          | OUTSTANDING",
                "'mode': 'full', 'maxAttempts': 1                         | 1          | REPORT",
                "'mode': 'events', 'maxAttempts': 2                       | 2          | REPORT",
            })
    void defaultsAreResolved(String detection, int maxAttempts, Gaps gaps) {
        SelectionRules rules = rules(detection, false, true);

        assertThat(rules.maxAttempts()).isEqualTo(maxAttempts);
        assertThat(rules.gaps()).isEqualTo(gaps);
    }

    @ParameterizedTest(name = "{0}, table exists: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'mode': 'list'   | true  | Moved",
                "'mode': 'full'   | true  | Moved",
                "'mode': 'list'   | false | Unmoved",
                "'mode': 'full'   | false | Unmoved",
                "'mode': 'events' | true  | Unmoved",
                "'mode': 'range', 'from': '2013-02-08', 'to': '2013-02-09' | true | Unmoved",
            })
    void progressMovesWhereAllOfAnExistingTableIsSeen(String detection, boolean exists, String progress) {
        assertThat(rules(detection, false, exists).progress().getClass().getSimpleName())
                .isEqualTo(progress);
    }

    @ParameterizedTest(name = "hours ago: {0}: {1}")
    @CsvSource({"0, From 2013-02-06T10:00", "23, From 2013-02-06T10:00", "24, Whole", "25, Whole"})
    void placeThatATableHasLeftIsLookedAtOnceADay(int hoursAgo, String coverage) {
        ResolvedSpec spec = DetectorFixture.resolved(DetectorFixture.COMPLETE + ", 'layout': 'hive'");
        TableRecord record = progressed(spec, Optional.of(TIME.minus(Duration.ofHours(hoursAgo))));
        TableSnapshot snapshot = new TableSnapshot(spec, Optional.of(TABLE), record);

        SelectionRules rules = new ModeRules(snapshot, snapshot.publishedAt(TIME), TIME)
                .ofListing((DetectionSpec.Listing) spec.detection());

        assertThat(text(rules.coverage())).isEqualTo(coverage);
    }

    private static SelectionRules rules(String detection, boolean hasProgress, boolean exists) {
        ResolvedSpec spec = DetectorFixture.resolved(
                DetectorFixture.COMPLETE + ", 'layout': 'hive', 'detection': {" + detection + "}");
        Optional<CatalogTable> table = exists ? Optional.of(TABLE) : Optional.empty();
        TableRecord record = hasProgress ? progressed(spec, Optional.empty()) : TableRecord.NEW;
        TableSnapshot snapshot = new TableSnapshot(spec, table, record);
        ModeRules rules = new ModeRules(snapshot, snapshot.publishedAt(TIME), TIME);
        return switch (spec.detection()) {
            case DetectionSpec.Listing listing -> rules.ofListing(listing);
            case DetectionSpec.Full full -> rules.ofFull(full);
            case DetectionSpec.Range range -> rules.ofRange(range);
            case DetectionSpec.Calendar calendar -> rules.ofCalendar(calendar);
            case DetectionSpec.Events events -> rules.ofEvents(events);
            case DetectionSpec.Explicit explicit -> throw new IllegalArgumentException(detection);
        };
    }

    private static TableRecord progressed(ResolvedSpec spec, Optional<Instant> outside) {
        DetectionReport seen = new DetectionReport(
                Optional.empty(),
                DetectionReport.NONE.counts(),
                Optional.empty(),
                new DetectionReport.SeenPeriods(
                        Optional.empty(),
                        Optional.of("2013-02-08T10:00"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()),
                outside,
                Optional.empty(),
                DetectionReport.SeenTable.NONE);
        return Watermark.of(spec, ProgressScope.of(spec, TABLE.created()))
                .advanced(TableRecord.NEW, List.of(PartitionValues.of("2013-02-08", "10")), seen);
    }

    private static String text(Coverage coverage) {
        return coverage instanceof Coverage.From(var first)
                ? "From " + first
                : coverage.getClass().getSimpleName();
    }

    private static String text(LateData lateData) {
        return lateData instanceof LateData.ComparedFrom(var first)
                ? "ComparedFrom " + first
                : lateData.getClass().getSimpleName();
    }
}
