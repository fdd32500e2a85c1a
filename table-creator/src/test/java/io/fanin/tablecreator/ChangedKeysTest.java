package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Passes with a spec that understands the table's keys otherwise than the run that scanned the table last. */
class ChangedKeysTest {

    private static final String THROUGH = "fanin.complete_through";
    private static final String ZONE = "fanin.timeZone";

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void table() {
        fixture.createTable();
    }

    @Test
    void runWithoutTimesLeavesTheTableBehindWhatIsOutstanding() {
        ResolvedSpec without = spec(key("dt", KeyType.DATE, false), key("hour", KeyType.INT, false));
        pass(RUN, without, hours(6)).looked("", "").failing(2).register();
        pass(LATER_RUN, hourly(), List.of(hour(6), hour(2)))
                .looked("2013-02-08T05:00", "")
                .failing(1)
                .register();
        assertThat(fixture.parameters()).doesNotContainKey(THROUGH);

        fixture.newEnvironment();
        Pass again = fixture.pass(RUN, 1, List.of());
        fixture.writeSpec(RUN, without);
        again.register();

        assertThat(fixture.record().outstanding()).isNotEmpty();
        assertThat(fixture.parameters()).doesNotContainKey(THROUGH);
    }

    @Test
    void runOfHoursLeavesADayOpenInWhichAnHourIsOutstanding() {
        fixture.pass(RUN, 0, hours(30)).looked("", "").failing(29).register();
        pass(LATER_RUN, spec(key("dt", KeyType.DATE, true), key("hour", KeyType.INT, false)), List.of(hour(30)))
                .looked("2013-02-09T00:00", "")
                .register();
        assertThat(fixture.parameters()).doesNotContainKey(THROUGH);

        fixture.pass(RUN, 1, hour(29)).failing(0).register();

        assertThat(fixture.parameters()).doesNotContainKey(THROUGH);
    }

    @Test
    void countOfUnverifiedPartitionsOutlastsARedriveOfAnEarlierSpec() {
        fixture.pass(RUN, 0, hours(6)).looked("", "").failing(5).register();
        ResolvedSpec zoned = hourly().inZone(KeyZone.of("Europe/Berlin"));
        pass(LATER_RUN, zoned, List.of(hour(6))).looked("2013-02-08T04:00", "").register();
        fixture.records.update(
                FLIGHTS,
                record -> record.withUnverified(new UnverifiedCount(
                        Optional.of("2013-02-08T00:00"),
                        new UnverifiedCount.Share(8000, 0),
                        UnverifiedCount.Share.NONE)));
        RunId redriving = new RunId("redriving");
        Pass pass = fixture.pass(redriving, 0, hour(5));
        fixture.starts.redriving(redriving, RUN);

        pass.lookedNowhere().register();

        assertThat(fixture.parameters()).containsEntry("fanin.unverified", "8000");
    }

    /** A run of events does not see the whole table, and cannot find out how far it is complete in the other zone. */
    @Test
    void zoneThatSomebodyHasChangedStaysAndNothingIsSaidInTheFormerOne() {
        pass(RUN, hourly().inZone(KeyZone.UTC), hours(3)).looked("", "").register();
        assertThat(fixture.parameters())
                .containsEntry(THROUGH, "2013-02-08T02:00")
                .containsEntry(ZONE, "UTC");
        setZone("Europe/Berlin");

        pass(LATER_RUN, events().inZone(KeyZone.of("Europe/Berlin")), List.of(hour(3)))
                .register();

        assertThat(fixture.parameters()).containsEntry(ZONE, "Europe/Berlin").doesNotContainKey(THROUGH);
        assertThat(fixture.record().progress().completeThrough())
                .as("in the former zone")
                .isNotEmpty();

        pass(new RunId("scan"), hourly().inZone(KeyZone.of("Europe/Berlin")), List.of(hour(4)))
                .looked("", "")
                .register();

        assertThat(fixture.parameters())
                .containsEntry(ZONE, "Europe/Berlin")
                .containsEntry(THROUGH, "2013-02-08T04:00");
    }

    /** Its spec is from before the change: it does not know of it. */
    @Test
    void redrivenRunSaysNothingInAZoneThatSomebodyHasChanged() {
        fixture.pass(RUN, 0, hours(6)).looked("", "").failing(5).register();
        assertThat(fixture.parameters()).containsKey(THROUGH).doesNotContainKey(ZONE);
        setZone("America/New_York");

        fixture.pass(RUN, 1, hour(5)).register();

        assertThat(fixture.record().outstanding()).isEmpty();
        assertThat(fixture.parameters()).containsEntry(ZONE, "America/New_York").doesNotContainKey(THROUGH);
    }

    @Test
    void zoneThatTheSpecStatesIsRestored() {
        pass(RUN, hourly().inZone(KeyZone.of("Europe/Berlin")), hours(3))
                .looked("", "")
                .register();
        setZone("UTC");

        pass(LATER_RUN, events().inZone(KeyZone.of("Europe/Berlin")), List.of(hour(3)))
                .register();

        assertThat(fixture.parameters()).containsEntry(ZONE, "Europe/Berlin").containsKey(THROUGH);
    }

    private void setZone(String zone) {
        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> {
            Map<String, String> changed = new HashMap<>(before);
            changed.put(ZONE, zone);
            return changed;
        });
    }

    private static ResolvedSpec events() {
        return Specs.of(
                        FLIGHTS,
                        Map.of(
                                "detection",
                                new DetectionSpec.Events(Optional.empty(), Optional.empty()),
                                "onPartial",
                                OnPartial.FAIL))
                .resolved(DEFINITION);
    }

    private Pass pass(RunId run, ResolvedSpec spec, List<Partition> partitions) {
        Pass pass = fixture.pass(run, 0, partitions);
        fixture.writeSpec(run, spec);
        return pass;
    }

    private static ResolvedSpec hourly() {
        return spec(DEFINITION.keys().toArray(PartitionKey[]::new));
    }

    private static ResolvedSpec spec(PartitionKey... keys) {
        return Specs.of(FLIGHTS, Map.of("detection", DetectionSpec.Listing.DEFAULT, "onPartial", OnPartial.FAIL))
                .resolved(new TableDefinition(
                        FLIGHTS,
                        DEFINITION.location(),
                        DEFINITION.format(),
                        DEFINITION.csv(),
                        DEFINITION.columns(),
                        List.of(keys),
                        DEFINITION.layout()));
    }

    private static PartitionKey key(String name, KeyType type, boolean isTime) {
        return new PartitionKey(
                name, type, Optional.empty(), isTime ? Optional.empty() : Optional.of(false), Optional.empty());
    }
}
