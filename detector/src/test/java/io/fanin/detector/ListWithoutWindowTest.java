package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.RegisteredHours.noons;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The mode {@code list} looks at all of a table where nothing says how far it has got. */
class ListWithoutWindowTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void firstRunLooksAtEverything() {
        fixture.table("");
        noons(fixture, 1, 18).data("dt=2013-01-01/hour=0");

        fixture.detect(NAMES);

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-01-01/hour=0/");
    }

    /** The record of the old table does not apply to the new one, although it has the same name. */
    @Test
    void tableThatWasCreatedAgainIsListedInFull() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.dropTable();
        fixture.clock.set(Instant.parse("2026-11-20T09:30:00Z"));
        fixture.table("").registered("2026-11-18", "12").quiet();

        fixture.detect(NAMES);

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
        assertThat(fixture.prefixes()).hasSize(17);
    }

    @Test
    void tableThatLiesElsewhereNowIsLookedAtInFull() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.aws.s3().put("lake", "flights2/dt=2026-10-01/hour=1/a.json", "{}");

        fixture.detect(NAMES + ", 'location': 's3://lake/flights2/'");

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
        assertThat(fixture.prefixes()).containsExactly("flights2/dt=2026-10-01/hour=1/");
    }

    @Test
    void tableWithAnotherLayoutIsListedInFull() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.data("2026-10-01/1");

        fixture.detect(NAMES + ", 'layout': '${dt}/${hour}'");

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
        assertThat(fixture.prefixes()).containsExactly("flights/2026-10-01/1/");
    }

    @Test
    void tableWhoseRecordIsLostIsLookedAtInFull() {
        fixture.table("");
        noons(fixture, 1, 18).settled();
        fixture.data("dt=2026-10-01/hour=1").aws.s3().delete("state", "tables/analytics/flights/state.json");

        fixture.detect(NAMES);

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-10-01/hour=1/");
    }

    @Test
    void tableWhoseKeysAreNoTimesHasNoWindow() {
        fixture.tableOf("[{'name': 'region', 'type': 'string'}]", "hive")
                .data("region=eu", "region=us")
                .registered("eu")
                .settled();

        fixture.detect(NAMES);

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
        assertThat(fixture.prefixes()).containsExactly("flights/region=us/");
    }
}
