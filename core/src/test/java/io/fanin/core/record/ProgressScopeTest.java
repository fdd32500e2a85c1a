package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.BASIS;
import static io.fanin.core.record.WatermarkFixture.CREATED;
import static io.fanin.core.record.WatermarkFixture.FIRST;
import static io.fanin.core.record.WatermarkFixture.FLIGHTS;
import static io.fanin.core.record.WatermarkFixture.LISTING;
import static io.fanin.core.record.WatermarkFixture.PART;
import static io.fanin.core.record.WatermarkFixture.failure;
import static io.fanin.core.record.WatermarkFixture.hour;
import static io.fanin.core.record.WatermarkFixture.hours;
import static io.fanin.core.record.WatermarkFixture.look;
import static io.fanin.core.record.WatermarkFixture.moment;
import static io.fanin.core.record.WatermarkFixture.spec;
import static io.fanin.core.record.WatermarkFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Progress belongs to a table's location and keys, and is ignored for others. */
class ProgressScopeTest {

    @Test
    void progressIsAboutWhereTheRawDataLiesToo() {
        ResolvedSpec plain = spec(FLIGHTS, DetectionSpec.Listing.DEFAULT);
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
                        spec(FLIGHTS, DetectionSpec.Listing.DEFAULT).inZone(KeyZone.of("Europe/Berlin")), created),
                ProgressScope.of(
                        table("s3://lake/flights/", "hive", dt, new PartitionKey("hour", KeyType.STRING)), created),
                ProgressScope.of(table("s3://lake/flights/", "hive", dt, hour.every(6)), created),
                ProgressScope.of(
                        table("s3://lake/flights/", "hive", new PartitionKey("dt", KeyType.DATE, "dd.MM.yyyy"), hour),
                        created));
    }

    @ParameterizedTest
    @MethodSource("others")
    void progressOfAnotherBasisIsReplacedByTheNextScan(ProgressScope other) {
        TableRecord before = Watermark.of(spec(FLIGHTS, DetectionSpec.Listing.DEFAULT), other)
                .advanced(TableRecord.NEW, hours("0-20"), look(null, 4));

        assertThat(Watermark.in(before, other)).isPresent();
        assertThat(Watermark.in(before, BASIS)).isEmpty();
        for (Watermark any : List.of(PART, LISTING)) {
            assertThat(any.advanced(before, hours("30-30")))
                    .as("it knows nothing of what another spec's run has seen")
                    .isEqualTo(isOfAnotherTable(other) ? any.advanced(TableRecord.NEW, hours("30-30")) : before);
        }
        assertThat(LISTING.advanced(before, hours("0-2"), look(null, null)))
                .isEqualTo(LISTING.advanced(TableRecord.NEW, hours("0-2"), look(null, null)));
    }

    private static boolean isOfAnotherTable(ProgressScope other) {
        return other.tableCreated().filter(created -> !created.equals(CREATED)).isPresent();
    }

    /** That the newest period is not the end of a gap is not known. */
    @Test
    void progressWithoutABasisIsNoWatermarkUntilTheNextLook() {
        TableRecord before =
                TableRecord.NEW.with(TestProgress.of(Optional.of("2013-02-08T09:00"), Optional.of("2013-02-08T09:00")));

        assertThat(Watermark.in(before, BASIS)).isEmpty();
        assertThat(PART.advanced(before, hours("3-3"))).isEqualTo(before);
        assertThat(Watermark.in(LISTING.advanced(before, hours("10-10"), look(9, null)), BASIS))
                .hasValue(FIRST.plusHours(10));
    }

    /** A later spec takes hours for no times: what its run has left is an hour of the progress all the same. */
    @Test
    void progressGoesBackByTheKeysOfTheScanThatFoundIt() {
        TableDefinition daily = table(
                "s3://lake/flights/",
                "hive",
                new PartitionKey("dt", KeyType.DATE),
                new PartitionKey("hour", KeyType.INT).withoutTime());
        Watermark other =
                Watermark.of(spec(daily, DetectionSpec.Listing.DEFAULT), ProgressScope.of(daily, Optional.of(CREATED)));
        TableRecord before = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

        TableRecord after =
                other.advanced(before.withFailures(List.of(failure(hour(5))), TestForms.AS_WRITTEN), List.of());

        assertThat(after.progress().completeThrough()).isEqualTo(moment(4));
        assertThat(after.isAbout(BASIS)).isTrue();
    }

    static Stream<PartitionKey> keys() {
        PartitionKey day = new PartitionKey("day", KeyType.STRING);
        return Stream.of(
                day,
                day.withoutTime(),
                new PartitionKey("day", KeyType.STRING, "dd.MM.yyyy"),
                new PartitionKey("day", KeyType.STRING, "yyyy/MM/dd HH"),
                new PartitionKey("day", KeyType.STRING, "yyyy-MM-dd HH").every(6),
                new PartitionKey("day", KeyType.DATE),
                new PartitionKey("hour", KeyType.INT).every(12));
    }

    /** The table's keys are known by name and type alone; how they were understood is the scope's to say. */
    @ParameterizedTest
    @MethodSource("keys")
    void keysAreKnownAsTheyWereUnderstood(PartitionKey key) {
        PartitionKey hour = new PartitionKey("hour24", KeyType.INT);
        ProgressScope scope = ProgressScope.of(table("s3://lake/flights/", "hive", key, hour), Optional.of(CREATED));
        PartitionKey named = new PartitionKey(key.name(), key.type());

        assertThat(scope.keysNamed(List.of(named, hour))).hasValue(List.of(key, hour));
        assertThat(scope.keysNamed(List.of(named))).isEmpty();
        assertThat(scope.keysNamed(List.of(named, hour, new PartitionKey("region", KeyType.STRING))))
                .isEmpty();
        assertThat(scope.keysNamed(List.of(hour, named))).isEmpty();
        assertThat(scope.keysNamed(List.of(new PartitionKey(key.name(), KeyType.BIGINT), hour)))
                .isEmpty();
    }

    private static ResolvedSpec reading(ResolvedSpec spec, String source, String layout) {
        return Specs.with(
                spec,
                Map.of(
                        "source", Map.of("location", source, "layout", layout),
                        "processor", Map.of("type", "convert")));
    }
}
