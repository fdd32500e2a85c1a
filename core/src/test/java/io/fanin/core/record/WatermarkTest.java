package io.fanin.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.json.Json;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.Failure;
import io.fanin.core.run.RunId;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.Gaps;
import io.fanin.core.spec.LocalMoment;
import io.fanin.core.spec.OnPartial;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.SourceSpec;
import io.fanin.core.spec.Specs;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How far a table is, after a look at it and after what the look has led to. */
class WatermarkTest {

    private static final LocalDateTime FIRST = LocalDateTime.of(2013, 2, 8, 0, 0);
    private static final Instant CREATED = Instant.parse("2013-02-07T12:00:00Z");

    private static final DetectionSpec RANGE =
            new DetectionSpec.Range(new LocalMoment(FIRST), new LocalMoment(FIRST.plusDays(9)));

    private static final TableDefinition FLIGHTS = table(
            "s3://lake/flights/", "hive", new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    private static final ProgressScope BASIS = ProgressScope.of(FLIGHTS, Optional.of(CREATED));

    private static final Watermark LISTING = Watermark.of(spec(FLIGHTS, DetectionSpec.Listing.DEFAULT), BASIS);
    private static final DetectionSpec COUNTING_GAPS = new DetectionSpec.Listing(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Gaps.OUTSTANDING), Optional.empty());

    private static final Watermark PART = Watermark.of(spec(FLIGHTS, RANGE), BASIS);

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
                : TableRecord.NEW.withFailures(List.of(failure(hour(outstanding))));

        TableRecord record = LISTING.advanced(failed, hours(now), look(before, open));

        assertThat(record.completeThrough()).isEqualTo(moment(completeThrough));
        assertThat(record.open()).isEqualTo(moment(keptOpen));
    }

    @Test
    void watermarkIsTheNewestRegisteredPeriodWhateverIsOutstanding() {
        TableRecord record = LISTING.advanced(
                TableRecord.NEW.withFailures(List.of(failure(hour(3)))), hours("0-9"), look(null, null));

        assertThat(Watermark.in(record, BASIS)).hasValue(FIRST.plusHours(9));
    }

    @Test
    void watermarkDoesNotPassWhatIsOpen() {
        TableRecord record = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        assertThat(Watermark.in(record, BASIS)).hasValue(FIRST.plusHours(4));
    }

    /** A waiting newest hour is looked at in each run anyway, and would otherwise change the record in each. */
    @Test
    void whatIsOpenAfterEverythingElseChangesNothing() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        assertThat(LISTING.advanced(before, List.of(), look(9, 10))).isEqualTo(before);
        assertThat(LISTING.advanced(before, List.of(), look(9, 11))).isEqualTo(before);
    }

    /** What fails behind a waiting period may be healed before that is ready. */
    @Test
    void failureThatIsHealedDoesNotLeadPastWhatWaitsBeforeIt() {
        TableRecord failed = TableRecord.NEW.withFailures(List.of(failure(hour(12))));
        TableRecord before = LISTING.advanced(failed, hours("0-10"), look(null, 11));

        TableRecord healed = LISTING.advanced(before.without(hours("12-12")), hours("12-12"));

        assertThat(healed.completeThrough()).isEqualTo(moment(10));
        assertThat(Watermark.in(healed, BASIS)).hasValue(FIRST.plusHours(11));
    }

    @Test
    void failureThatIsHealedDoesNotLeadPastWhatWaitsThoughNothingWasRegisteredBefore() {
        TableRecord failed = TableRecord.NEW.withFailures(List.of(failure(hour(6))));
        TableRecord before = LISTING.advanced(failed, List.of(), look(null, 5));
        assertThat(Watermark.in(before, BASIS)).isEmpty();

        TableRecord healed = LISTING.advanced(before.without(hours("6-6")), hours("6-6"));

        assertThat(healed.completeThrough()).isEmpty();
        assertThat(Watermark.in(healed, BASIS)).hasValue(FIRST.plusHours(5));
    }

    @Test
    void nextLookClosesWhatTheLastOneLeftOpen() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        TableRecord after = LISTING.advanced(before, List.of(), look(9, null));

        assertThat(after.open()).isEmpty();
        assertThat(after.completeThrough()).isEqualTo(moment(9));
    }

    @Test
    void passWithoutALookLeavesOpenWhatTheLastOneLeft() {
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, 4));

        TableRecord after = LISTING.advanced(before, hours("10-11"));

        assertThat(after.open()).isEqualTo(moment(4));
        assertThat(after.newest()).isEqualTo(moment(11));
        assertThat(after.completeThrough()).isEqualTo(before.completeThrough());
        assertThat(Watermark.in(after, BASIS)).hasValue(FIRST.plusHours(4));
    }

    @Test
    void runThatTakesUpWhatAnotherLeftLeavesOpenWhatTheLastLookLeft() {
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
        Watermark bounded = LISTING.upTo(Optional.of(FIRST.plusHours(5)));

        TableRecord record = bounded.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        assertThat(record.completeThrough()).isEqualTo(moment(5));
        assertThat(Watermark.in(record, BASIS)).hasValue(FIRST.plusHours(5));
    }

    @Test
    void missingPeriodsAreKeptWhereTheSpecCountsThem() {
        Watermark counting = Watermark.of(spec(FLIGHTS, COUNTING_GAPS), BASIS);
        DetectionReport gap = Json.read(
                "{\"found\":1,\"registered\":0,\"missing\":{\"count\":2,\"sample\":[]},\"skipped\":{},\"skippedSample\":[],"
                        + "\"open\":\"2013-02-08T03:00\"}",
                DetectionReport.class,
                "look");

        TableRecord record = counting.advanced(TableRecord.NEW, hours("0-9"), gap);

        assertThat(record.missing()).hasValue(2);
        assertThat(record.completeThrough()).isEqualTo(moment(2));
        assertThat(PublishedParameters.status(record)).isEqualTo(TableStatus.PARTIAL);
        assertThat(counting.advanced(record, hours("3-4")))
                .extracting(TableRecord::missing)
                .isEqualTo(record.missing());
        assertThat(counting.advanced(record, hours("3-4"), look(9, null)).missing())
                .isEmpty();
        assertThat(LISTING.advanced(TableRecord.NEW, hours("0-9"), gap).missing())
                .isEmpty();
    }

    static Stream<ProgressScope> others() {
        PartitionKey dt = new PartitionKey("dt", KeyType.DATE);
        PartitionKey hour = new PartitionKey("hour", KeyType.INT);
        Optional<Instant> created = Optional.of(CREATED);
        return Stream.of(
                ProgressScope.of(FLIGHTS, Optional.of(CREATED.plusSeconds(1))),
                ProgressScope.of(FLIGHTS, Optional.empty()),
                ProgressScope.of(table("s3://lake/flights_v2/", "hive", dt, hour), created),
                ProgressScope.of(table("s3://lake/flights/", "${dt}/${hour}", dt, hour), created),
                ProgressScope.of(table("s3://lake/flights/", "hive", dt), created),
                ProgressScope.of(
                        table("s3://lake/flights/", "hive", dt, new PartitionKey("hour", KeyType.STRING)), created),
                ProgressScope.of(
                        table(
                                "s3://lake/flights/",
                                "hive",
                                new PartitionKey("dt", KeyType.DATE, Optional.of("dd.MM.yyyy")),
                                hour),
                        created));
    }

    @Test
    void progressIsAboutWhereTheRawDataLiesToo() {
        TableSpec plain = spec(FLIGHTS, DetectionSpec.Listing.DEFAULT);
        Optional<Instant> created = Optional.of(CREATED);

        assertThat(ProgressScope.of(plain, created)).isEqualTo(BASIS);
        assertThat(Stream.of(
                                ProgressScope.of(reading(plain, "s3://landing/a/", "hive"), created),
                                ProgressScope.of(reading(plain, "s3://landing/b/", "hive"), created),
                                ProgressScope.of(reading(plain, "s3://landing/a/", "${dt}/${hour}"), created))
                        .distinct())
                .hasSize(3)
                .doesNotContain(BASIS);
    }

    private static TableSpec reading(TableSpec spec, String source, String layout) {
        return new TableSpec(
                spec.database(),
                spec.table(),
                spec.location(),
                spec.format(),
                spec.csv(),
                spec.columns(),
                Optional.empty(),
                spec.partitionKeys(),
                spec.partitionIndexes(),
                spec.layout(),
                Optional.of(new SourceSpec(
                        S3Location.of(source),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(layout))),
                Optional.of(ProcessorSpec.Convert.DEFAULT),
                spec.detection(),
                spec.onEmpty(),
                spec.onPartial(),
                spec.takesOver(),
                Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("others")
    void progressOfAnotherBasisCountsForNothing(ProgressScope other) {
        TableRecord before = Watermark.of(spec(FLIGHTS, DetectionSpec.Listing.DEFAULT), other)
                .advanced(TableRecord.NEW, hours("0-20"), look(null, 4));

        assertThat(Watermark.in(before, other)).isPresent();
        assertThat(Watermark.in(before, BASIS)).isEmpty();
        assertThat(PART.advanced(before, hours("3-3"))).isEqualTo(TableRecord.NEW);
        assertThat(LISTING.advanced(before, hours("0-2"), look(null, null)))
                .isEqualTo(LISTING.advanced(TableRecord.NEW, hours("0-2"), look(null, null)));
    }

    /** That the newest period is not the end of a gap is not known. */
    @Test
    void progressWithoutABasisIsNoWatermarkUntilTheNextLook() {
        TableRecord before =
                TableRecord.NEW.withProgress(Optional.of("2013-02-08T09:00"), Optional.of("2013-02-08T09:00"));

        assertThat(Watermark.in(before, BASIS)).isEmpty();
        assertThat(PART.advanced(before, hours("3-3"))).isEqualTo(before);
        assertThat(Watermark.in(LISTING.advanced(before, hours("10-10"), look(9, null)), BASIS))
                .hasValue(FIRST.plusHours(10));
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

        TableRecord record =
                LISTING.advanced(TableRecord.NEW.withFailures(List.of(failure(old))), hours("0-9"), look(null, null));

        assertThat(record.completeThrough()).isEqualTo(moment(9));
    }

    /** What a look at the table has seen. */
    private static DetectionReport look(Integer newest, Integer open) {
        return Json.read(
                "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[]" + field("newest", newest)
                        + field("open", open) + "}",
                DetectionReport.class,
                "look");
    }

    private static String field(String name, Integer hour) {
        return moment(hour)
                .map(moment -> ",\"" + name + "\":\"" + moment + "\"")
                .orElse("");
    }

    private static List<PartitionValues> hours(String range) {
        if (range == null) {
            return List.of();
        }
        int dash = range.indexOf('-');
        return IntStream.rangeClosed(
                        Integer.parseInt(range.substring(0, dash)), Integer.parseInt(range.substring(dash + 1)))
                .mapToObj(hour -> hour(hour).values())
                .toList();
    }

    private static Partition hour(int hour) {
        return new Partition(
                PartitionValues.of("2013-02-08", String.valueOf(hour)), "flights/dt=2013-02-08/hour=" + hour + "/");
    }

    private static Optional<String> moment(Integer hour) {
        return Optional.ofNullable(hour).map(h -> FIRST.plusHours(h).toString());
    }

    private static OutstandingFailure failure(Partition partition) {
        return OutstandingFailure.first(partition, new Failure("Truncated", "cut"), new RunId("r1"), 0);
    }

    private static TableDefinition table(String location, String layout, PartitionKey... keys) {
        return new TableDefinition(
                new TableName("analytics", "flights"),
                S3Location.of(location),
                DataFormat.JSON,
                CsvOptions.DEFAULT,
                List.of(new Column("carrier", "string")),
                List.of(keys),
                layout);
    }

    private static TableSpec spec(TableDefinition table, DetectionSpec detection) {
        return Specs.of(table.name(), Map.of("detection", detection, "onPartial", OnPartial.FAIL))
                .resolved(table);
    }
}
