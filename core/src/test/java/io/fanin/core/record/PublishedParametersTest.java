package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.BASIS;
import static io.fanin.core.record.WatermarkFixture.CREATED;
import static io.fanin.core.record.WatermarkFixture.FIRST;
import static io.fanin.core.record.WatermarkFixture.FLIGHTS;
import static io.fanin.core.record.WatermarkFixture.LISTING;
import static io.fanin.core.record.WatermarkFixture.failure;
import static io.fanin.core.record.WatermarkFixture.hour;
import static io.fanin.core.record.WatermarkFixture.hours;
import static io.fanin.core.record.WatermarkFixture.look;
import static io.fanin.core.record.WatermarkFixture.spec;
import static io.fanin.core.record.WatermarkFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.table.PrefixParameters;
import io.fanin.core.record.PublishedParameters.Difference;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.LocalMoment;
import io.fanin.model.table.KeyZone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table tells its readers, of its record and of what it told before. */
class PublishedParametersTest {

    private static final TableRecord TO_HOUR_9 = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));
    private static final ResolvedSpec SPEC = spec(FLIGHTS, DetectionSpec.Listing.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // told before, told while partitions are registered
                "2013-02-08T07:00, 2013-02-08T07:00",
                "2013-02-08T09:00, 2013-02-08T09:00",
                "2013-02-08T11:00, 2013-02-08T09:00",
                "-,                -",
            })
    void progressOnlyGoesBackWhilePartitionsAreRegistered(String before, String during) {
        Map<String, String> parameters = new HashMap<>(Map.of("owner", "lake"));
        parameters.computeIfAbsent("fanin.complete_through", name -> before);

        Map<String, String> told = PublishedParameters.whileRegistering(TO_HOUR_9, FLIGHTS.keys(), parameters);

        assertThat(told.get("fanin.complete_through")).isEqualTo(during);
        assertThat(told).containsEntry("fanin.status", "PARTIAL").containsEntry("owner", "lake");
    }

    @Test
    void zoneOfTheTableStaysWhilePartitionsAreRegistered() {
        TableRecord berlin = inZone(Optional.of("Europe/Berlin"));

        assertThat(PublishedParameters.whileRegistering(berlin, FLIGHTS.keys(), Map.of("fanin.timeZone", "Asia/Tokyo")))
                .containsEntry("fanin.timeZone", "Asia/Tokyo");
        assertThat(PublishedParameters.whileRegistering(berlin, FLIGHTS.keys(), Map.of()))
                .containsEntry("fanin.timeZone", "Europe/Berlin");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // progress's zone, table's, spec's, resolved after each change; then the zone that is told, and whether
                // how far the table is complete is told, too
                "Europe/Berlin, Europe/Berlin, Europe/Berlin, true,  Europe/Berlin, true",
                "Europe/Berlin, -,             Europe/Berlin, true,  Europe/Berlin, true",
                "Europe/Berlin, nowhere,       Europe/Berlin, true,  Europe/Berlin, true",
                "Europe/Berlin, Asia/Tokyo,    Asia/Tokyo,    true,  Asia/Tokyo,    false",
                "Europe/Berlin, Asia/Tokyo,    Europe/Berlin, true,  Europe/Berlin, true",
                "Europe/Berlin, Asia/Tokyo,    Europe/Berlin, false, Asia/Tokyo,    false",
                "-,             Asia/Tokyo,    Asia/Tokyo,    true,  Asia/Tokyo,    false",
                "-,             UTC,           UTC,           true,  UTC,           true",
            })
    void progressInAFormerZoneIsNotTold(
            String known, String table, String stated, boolean isLatest, String told, boolean isProgressTold) {
        Map<String, String> parameters = new HashMap<>();
        parameters.computeIfAbsent("fanin.timeZone", name -> table);

        Map<String, String> published = new Publication(
                        inZone(Optional.ofNullable(known)), SPEC.inZone(KeyZone.of(stated)), isLatest)
                .ended(parameters);

        assertThat(published.get("fanin.timeZone")).isEqualTo(told);
        assertThat(published.containsKey("fanin.complete_through")).isEqualTo(isProgressTold);
    }

    @ParameterizedTest
    @CsvSource({
        // record names a run, record has failures; table is partial, has waived partitions
        "false, false, true,  false, true",
        "false, false, false, true,  true",
        "false, false, false, false, false",
        "true,  false, true,  true,  false",
        "false, true,  true,  true,  false",
    })
    void recordIsLostThatSaysNothingOfWhatTheTableCounts(
            boolean hasRun, boolean hasFailures, boolean isPartial, boolean hasWaived, boolean isLost) {
        TableRecord failed = hasFailures
                ? TableRecord.NEW.withFailures(List.of(failure(hour(1))), TestForms.AS_WRITTEN)
                : TableRecord.NEW;
        TableRecord record = hasRun ? failed.with(new RecordedRun(new RunId("r1"), "s3://state/runs/r1/", 1)) : failed;
        Map<String, String> parameters = new HashMap<>(Map.of("fanin.status", isPartial ? "PARTIAL" : "COMPLETE"));
        if (hasWaived) {
            parameters.put("fanin.waived", "1");
        }

        assertThat(PublishedParameters.areOfLostRecord(record, parameters)).isEqualTo(isLost);
    }

    @Test
    void differencesNameWhatIsToldAndWhatShouldBe() {
        TableRecord record = inZone(Optional.of("Europe/Berlin"));
        Map<String, String> told =
                PublishedParameters.applied(record, TableStatus.COMPLETE, FLIGHTS.keys(), Map.of("owner", "lake"));
        Map<String, String> changed = new HashMap<>(told);
        changed.put("fanin.status", "PARTIAL");
        changed.put("fanin.missing", "2");
        changed.remove("fanin.timeZone");

        assertThat(PublishedParameters.differences(record, FLIGHTS.keys(), told))
                .isEmpty();
        assertThat(PublishedParameters.differences(record, FLIGHTS.keys(), changed))
                .containsExactlyInAnyOrder(
                        new Difference("fanin.status", Optional.of("PARTIAL"), Optional.of("COMPLETE")),
                        new Difference("fanin.missing", Optional.of("2"), Optional.empty()),
                        new Difference("fanin.timeZone", Optional.empty(), Optional.of("Europe/Berlin")));
    }

    private static PrefixParameters prefixes(TableRecord record, ResolvedSpec spec) {
        return new Publication(record, spec, true).prefixes();
    }

    @Test
    void formsOfPrefixesAreSetByRunsThatReadTheWholeTableAsItIsDefined() {
        Map<String, String> other = Map.of("fanin.layout", "${dt}/${hour}");
        ResolvedSpec named =
                spec(FLIGHTS, new DetectionSpec.Range(new LocalMoment(FIRST), new LocalMoment(FIRST.plusDays(1))));

        assertThat(prefixes(TableRecord.NEW, SPEC).differing(other)).containsEntry("fanin.layout", "hive");
        assertThat(prefixes(TableRecord.NEW, named).differing(other)).isEmpty();
        assertThat(prefixes(TableRecord.NEW, SPEC).lost(other))
                .as("someone has changed it since")
                .doesNotContainKey("fanin.layout");
        ResolvedSpec template = spec(
                table("s3://lake/flights/", "${dt}/${hour}", FLIGHTS.keys().toArray(PartitionKey[]::new)),
                DetectionSpec.Listing.DEFAULT);
        assertThat(prefixes(TableRecord.NEW, template).lost(Map.of()))
                .as("someone has removed it")
                .containsEntry("fanin.layout", "${dt}/${hour}");
        assertThat(prefixes(TableRecord.NEW, SPEC.inZone(KeyZone.of("Asia/Tokyo")))
                        .differing(Map.of()))
                .containsEntry("fanin.timeZone", "Asia/Tokyo");
        assertThat(prefixes(TO_HOUR_9, SPEC.inZone(KeyZone.of("Asia/Tokyo"))).differing(Map.of()))
                .as("the progress says in which zone it is")
                .doesNotContainKey("fanin.timeZone");
        assertThat(BASIS.timeZone()).isEmpty();
    }

    /** The record of a table that is complete through hour 9, in this zone. */
    private static TableRecord inZone(Optional<String> zone) {
        ResolvedSpec spec = zone.map(KeyZone::of).map(SPEC::inZone).orElse(SPEC);
        return Watermark.of(spec, ProgressScope.of(spec, Optional.of(CREATED)))
                .advanced(TableRecord.NEW, hours("0-9"), look(null, null));
    }
}
