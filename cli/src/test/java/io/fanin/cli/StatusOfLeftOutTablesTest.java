package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.SentNotice;
import io.fanin.core.record.TableRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables without a problem in their status, which runs of all tables no longer include. */
class StatusOfLeftOutTablesTest {

    private final StatusFixture fixture = new StatusFixture();

    @Test
    void tableThatRunsOfAllTablesLeaveOutSaysSo() {
        fixture.cli.createTable(leftOut(StatusFixture.COMPLETE));

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines())
                .anyMatch(line -> line.startsWith("analytics.flights is COMPLETE"))
                .contains("Runs of all tables leave it out. Why: fanin tables");
        assertThat(fixture.cli.run("status").lines()).anyMatch(line -> line.contains("COMPLETE (left out)"));
        assertThat(fixture.cli
                        .run("status", "analytics.flights", "--output", "json")
                        .json()
                        .path("leftOut")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void tableThatNoRunHasCreatedSaysSoToo() {
        fixture.cli.records().update(CliFixture.FLIGHTS, none -> leftOut(TableRecord.NEW));

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("there is no table analytics.flights in the catalog; runs of all tables leave it out")
                .contains("why: fanin tables");
    }

    private static TableRecord leftOut(TableRecord record) {
        Instant now = Instant.parse("2013-02-10T00:00:00Z");
        SentNotice notice = new SentNotice(
                now, now, 0, "abc", List.of("BadRecord", SentNotice.leftOut("UNREADABLE", "the spec is no JSON")));
        return SentNotice.noted(record, Map.of("event", Optional.of(notice)));
    }

    @Test
    void tableThatIsRunDoesNot() {
        fixture.cli.createTable(StatusFixture.COMPLETE);

        assertThat(fixture.status().lines()).noneMatch(line -> line.contains("leave it out"));
        assertThat(fixture.cli
                        .run("status", "analytics.flights", "--output", "json")
                        .json()
                        .has("leftOut"))
                .isFalse();
    }
}
