package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.keyed;
import static io.fanin.detector.DetectorFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.lease.Leases;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.tables.KnownTable;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tables from which another tool has removed the parameters that tell how their prefixes are written. */
class RecordedPrefixesTest {

    private static final String HOURS =
            keyed("[{'name': 'dt', 'type': 'string', 'format': 'yyyyMMdd'}, {'name': 'hour', 'type': 'string'}]");
    private static final String REGIONS = keyed("[{'name': 'region', 'type': 'string'}]");
    private static final String TEMPLATE = ", 'layout': '${dt}/${hour}'";

    private final DetectorFixture fixture = new DetectorFixture();

    private DetectorFixture hours() {
        table(HOURS + TEMPLATE);
        return fixture.data("20261119/12")
                .processed("20261119/12", "20261119", "12")
                .settled();
    }

    private void table(String spec) {
        fixture.catalog.createTableIfAbsent(DetectorFixture.resolved(spec).definition(), Map.of());
    }

    /** A table whose keys are not times, so that its record has no basis. */
    private void regions(String detection) {
        fixture.data("eu").detect("r0", json("{" + REGIONS + ", 'layout': '${region}'" + detection + "}"));
        table(REGIONS + ", 'layout': '${region}'");
        fixture.processed("eu", "eu")
                .record(record -> record.with(new RecordedRun(new RunId("r0"), "s3://state/runs/r0/", 0)))
                .published();
        fixture.leases.release(
                (Leases.Acquired) fixture.leases.acquire(FLIGHTS, DetectorFixture.execution("r0", json("{}"))));
    }

    private void parameters(Consumer<Map<String, String>> change) {
        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> {
            Map<String, String> after = new HashMap<>(before);
            change.accept(after);
            return after;
        });
    }

    private void strip() {
        parameters(all -> all.keySet().removeIf(name -> name.startsWith("fanin.")));
    }

    private boolean isUpToDate() {
        KnownTable table = new KnownTable(FLIGHTS, Optional.empty(), spec(NAMES), Optional.empty());
        return fixture.upToDate()
                .upToDate(table, (ObjectNode) json("{" + NAMES + "}"), Instant.parse("2026-11-20T10:00:00Z"), () -> {})
                .isPresent();
    }

    @Test
    void newPartitionOfATableWithoutParametersIsFound() {
        hours().data("20261119/13");
        strip();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(fixture.prefixes()).containsExactly("flights/20261119/13/");
        TableDefinition read = fixture.run().spec().definition();
        assertThat(read.layout()).isEqualTo("${dt}/${hour}");
        assertThat(read.keys().getFirst().format()).hasValue("yyyyMMdd");
    }

    @Test
    void runWithoutNewsPublishesWhatIsMissing() {
        hours();
        assertThat(isUpToDate()).isTrue();
        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.NOTHING_NEW);

        parameters(all -> all.remove("fanin.layout"));

        assertThat(isUpToDate()).isFalse();
        assertThat(fixture.detect("r2", json("{" + NAMES + "}")).next()).isEqualTo(NextStep.REGISTER);
    }

    @Test
    void lostFormatOfAKeyIsPublishedToo() {
        hours();

        parameters(all -> all.remove("fanin.key.dt.format"));

        assertThat(isUpToDate()).isFalse();
        assertThat(fixture.detect("r2", json("{" + NAMES + "}")).next()).isEqualTo(NextStep.REGISTER);
        assertThat(fixture.run("r2").spec().definition().keys().getFirst().format())
                .hasValue("yyyyMMdd");
    }

    @Test
    void fullSpecPublishesWhatIsMissing() {
        hours();
        parameters(all -> all.remove("fanin.layout"));

        assertThat(fixture.detect(HOURS + TEMPLATE).next()).isEqualTo(NextStep.REGISTER);
    }

    @Test
    void layoutThatSomebodyHasChangedIsNotTakenFromTheRecord() {
        hours();
        parameters(all -> {
            all.put("fanin.layout", "${dt}-${hour}");
            all.remove("fanin.key.dt.format");
        });

        fixture.data("2026-11-12").detect(NAMES);

        assertThat(fixture.run().spec().definition().layout()).isEqualTo("${dt}-${hour}");
        assertThat(fixture.run().spec().definition().keys().getFirst().format()).isEmpty();
    }

    @Test
    void tableThatWasCreatedAgainIsReadAsItSays() {
        hours();
        fixture.dropTable();
        fixture.clock.advance(Duration.ofMinutes(1));
        table(HOURS + TEMPLATE);
        strip();

        fixture.detect(NAMES);

        assertThat(fixture.run().spec().definition().layout()).isEqualTo(TableDefinition.HIVE_LAYOUT);
    }

    @Test
    void layoutOfATableWhoseKeysAreNoTimesIsThatOfItsLastRun() {
        regions("");
        fixture.data("us");
        strip();

        assertThat(fixture.detect(NAMES).next()).isEqualTo(NextStep.PROCESS);
        assertThat(fixture.prefixes()).containsExactly("flights/us/");
    }

    @Test
    void layoutHasToBeStatedIfOnlyARunThatNamedItsPartitionsKnowsIt() {
        regions(", 'detection': {'mode': 'partitions', 'partitions': [['eu']]}");
        strip();

        assertThatThrownBy(() -> fixture.detect(NAMES))
                .isInstanceOf(SpecException.class)
                .hasMessageContainingAll("$.layout: is missing", "analytics.flights", "the layout ${region}", "state");
        assertThatThrownBy(this::isUpToDate).isInstanceOf(SpecException.class);
        assertThat(fixture.detect("r2", json("{" + NAMES + ", 'layout': '${region}'}"))
                        .next())
                .isEqualTo(NextStep.REGISTER);
    }

    @Test
    void runThatNamesItsPartitionsSetsNoLayout() {
        fixture.table("");
        RegisteredHours.two(fixture);

        assertThat(fixture.detect(NAMES + ", 'layout': '${dt}/${hour}', 'detection': {'mode': 'range', 'from':"
                                + " '2026-11-01', 'to': '2026-11-02'}")
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
    }
}
