package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableProgress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The progress of tables whose keys are in local time. */
class LocalProgressTest {

    private static final KeyZone BERLIN = KeyZone.of("Europe/Berlin");

    private final RunFixture fixture = new RunFixture();

    private static Partition hour(String moment) {
        LocalDateTime time = LocalDateTime.parse(moment);
        String date = time.toLocalDate().toString();
        return new Partition(
                PartitionValues.of(date, String.valueOf(time.getHour())),
                "flights/dt=" + date + "/hour=" + time.getHour() + "/");
    }

    /** A pass of a run that has detected in a zone. */
    private Pass pass(RunId run, KeyZone zone, String... hours) {
        Pass pass = fixture.pass(
                run, 0, Stream.of(hours).map(LocalProgressTest::hour).toList());
        fixture.writeSpec(run, OnPartial.FAIL);
        fixture.writeSpec(run, fixture.folder(run).spec().inZone(zone));
        DetectionReport report = Json.read(
                "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[]}",
                DetectionReport.class,
                "detection");
        fixture.starts.begin(
                run, fixture.record().lastChange().map(report::after).orElse(report), TakenEntries.NONE);
        return pass;
    }

    @Test
    void tableIsCreatedWithItsZone() {
        pass(RUN, BERLIN, "2013-03-31T01:00").failing(0).register();

        assertThat(fixture.parameters())
                .containsEntry("fanin.timeZone", "Europe/Berlin")
                .doesNotContainKey("fanin.complete_through");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2013-03-31T00:00 2013-03-31T01:00 2013-03-31T03:00 | 2013-03-31T03:00 | 2013-03-31T01:00:00Z",
                "2013-03-31T00:00 2013-03-31T01:00 2013-03-31T02:00 | 2013-03-31T02:00 | 2013-03-31T01:00:00Z",
                "2013-10-27T00:00 2013-10-27T01:00 2013-10-27T02:00 | 2013-10-27T02:00 | 2013-10-27T00:00:00Z",
                "2013-10-27T01:00 2013-10-27T02:00 2013-10-27T03:00 | 2013-10-27T03:00 | 2013-10-27T02:00:00Z",
            })
    void completeThroughIsTheLocalBeginningOfAPeriod(String hours, String completeThrough, Instant begins) {
        fixture.clock.set(begins.plusSeconds(3 * 3600));
        pass(RUN, BERLIN, hours.split(" ")).register();

        assertThat(fixture.parameters())
                .containsEntry("fanin.complete_through", completeThrough)
                .containsEntry("fanin.timeZone", "Europe/Berlin");
        assertThat(fixture.report(RUN).progress().completeThrough()).hasValue(completeThrough);
        assertThat(fixture.report(RUN).progress().timeZone()).hasValue(BERLIN);
        fixture.figures.writeState(FLIGHTS, fixture.record());
        assertThat(fixture.lines.getLast()).contains("\"CompleteThroughLagMinutes\":180");
    }

    /** Who looks at a table that is adopted resolves a local time at once, and does not ask for its zone again. */
    @Test
    void tableThatIsAdoptedTellsItsZoneWithItsFirstStatus() {
        fixture.createTable();
        parameters(Map.of("owner", "lake"));
        List<Map<String, String>> told = new ArrayList<>();
        fixture.aws.faults().hook((moment, call) -> {
            if (call.operation().equals("BatchCreatePartition")) {
                told.add(fixture.parameters());
            }
            return Optional.empty();
        });

        pass(RUN, BERLIN, "2013-03-31T01:00").register();

        assertThat(told)
                .isNotEmpty()
                .allSatisfy(parameters -> assertThat(parameters)
                        .containsEntry("fanin.status", "PARTIAL")
                        .containsEntry("fanin.timeZone", "Europe/Berlin"));
    }

    /**
     * A run that does not look at the whole table does not move its progress, which is in the zone of the last scan.
     */
    @Test
    void reportTellsTheProgressInTheZoneInWhichItWasFound() {
        pass(RUN, KeyZone.UTC, "2013-02-08T16:00").register();
        Pass later = fixture.pass(LATER_RUN, 0, hour("2013-02-08T17:00"));
        fixture.writeSpec(LATER_RUN, OnPartial.FAIL, new DetectionSpec.Events(Optional.empty(), Optional.empty()));
        fixture.writeSpec(LATER_RUN, fixture.folder(LATER_RUN).spec().inZone(BERLIN));

        later.register();

        TableProgress progress = fixture.report(LATER_RUN).progress();
        assertThat(progress.completeThrough())
                .isEqualTo(fixture.record().progress().completeThrough());
        assertThat(progress.timeZone()).hasValue(KeyZone.UTC);
    }

    @Test
    void zoneThatTheTableHasLostIsPublishedAgain() {
        pass(RUN, BERLIN, "2013-03-31T01:00").register();
        parameters(Map.of());

        pass(LATER_RUN, BERLIN, "2013-03-31T03:00").register();

        assertThat(fixture.parameters()).containsEntry("fanin.timeZone", "Europe/Berlin");
    }

    @Test
    void changedZoneIsPublishedWithTheProgressInIt() {
        pass(RUN, BERLIN, "2013-02-08T01:00").register();

        pass(LATER_RUN, KeyZone.UTC, "2013-02-08T02:00").register();

        assertThat(fixture.parameters())
                .containsEntry("fanin.timeZone", "UTC")
                .containsEntry("fanin.complete_through", "2013-02-08T02:00");
    }

    private void parameters(Map<String, String> all) {
        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> new HashMap<>(all));
    }
}
