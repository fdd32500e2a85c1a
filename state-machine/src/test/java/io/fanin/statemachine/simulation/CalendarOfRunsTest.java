package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table's calendar after the detector and the table-creator, one after the other. */
class CalendarOfRunsTest {

    private static final String TABLE = "raw_x.flights";
    private static final JsonNode INPUT = Tables.json("{\"database\": \"raw_x\", \"table\": \"flights\"}");

    private final Tables tables = new Tables();

    @Test
    void fullRunsAndTheirPassesAgreeWhichTableItIs() {
        tables.table(TABLE, Map.of("fanin.detection", "{\"mode\": \"full\"}"));
        tables.day(TABLE, "2026-10-01", "{\"carrier\": \"AA\"}");
        tables.runTable("first", INPUT);
        tables.day(TABLE, "2026-10-02", "{\"carrier\": \"AA\"}");
        tables.day(TABLE, "2026-10-04", "no json");

        tables.runTable("second", INPUT);

        assertThat(calendar().at("/rows/2026-10").asText()).startsWith("RR.....");
        assertThat(calendar().path("runs").findValuesAsText("run")).containsExactly("first", "second");
        assertThat(calendar().at("/open/0/state").asText()).isEqualTo("MISSING");
        assertThat(page())
                .contains("2026-10-03 00:00 no prefix", "2026-10-04 00:00 failed: BadRecord, run second")
                .contains("2026-10-01 00:00 registered, run first");
    }

    @Test
    void historySaysWhenEachRunWasStarted() {
        tables.table(TABLE, Map.of("fanin.detection", "{\"mode\": \"full\"}"));
        tables.day(TABLE, "2026-10-01", "{\"carrier\": \"AA\"}");

        tables.runTable("first", INPUT);

        assertThat(document("history.json").at("/runs/0/begun").asText()).isEqualTo("2026-11-20T12:00:00Z");
    }

    @Test
    void fullRunThatFindsNothingNewRebuildsALostCalendar() {
        tables.table(TABLE, Map.of("fanin.detection", "{\"mode\": \"full\"}"));
        tables.day(TABLE, "2026-10-01", "{\"carrier\": \"AA\"}");
        tables.runTable("first", INPUT);
        tables.aws.s3().delete("state", "tables/raw_x/flights/calendar.json");

        tables.runTable("second", INPUT);

        assertThat(calendar().at("/rows/2026-10").asText()).startsWith("R......");
    }

    private JsonNode calendar() {
        return document("calendar.json");
    }

    private JsonNode document(String name) {
        return Tables.json(
                tables.aws.s3().text("state", "tables/raw_x/flights/" + name).orElseThrow());
    }

    private String page() {
        return tables.aws.s3().text("state", "tables/raw_x/flights/index.html").orElseThrow();
    }
}
