package io.fanin.detector.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.detector.DetectorFixture;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executions that a run of only events starts: each processes what the table's own runs would. */
class DetectionByEventsTest extends TablesDetection {

    /** What the table waits for, and what it gives up, holds for events, too. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runOfEventsTakesUpWhatTheTablesOwnRunsWould(boolean isParameter) throws JsonProcessingException {
        String own = "{\"mode\": \"list\", \"readiness\": {\"marker\": \"_SUCCESS\"}, \"maxAttempts\": 4}";
        flights(isParameter ? "" : ", \"detection\": " + own, isParameter ? Map.of("fanin.detection", own) : Map.of());

        assertThat(items(detect("events", ONLY_EVENTS)).get(0).at("/input/detection"))
                .isEqualTo(Json.documents().readTree(own.replace("list", "events")));
    }

    @Test
    void runOfEventsLeavesADetectionByEventsInTheParametersAsItIs() throws JsonProcessingException {
        flights("", Map.of("fanin.detection", "{\"mode\": \"events\", \"readiness\": {\"marker\": \"_SUCCESS\"}}"));

        assertThat(items(detect("events", ONLY_EVENTS)).get(0).path("input").has("detection"))
                .isFalse();
    }

    /** Its own execution fails by its name. */
    @Test
    void parametersThatAreNoDetectionStopNoOtherTable() throws JsonProcessingException {
        flights("", Map.of("fanin.detection", "{"));
        spec("t8", "");
        waits("t8", at("t8.json"), 0);

        assertThat(items(detect("events", ONLY_EVENTS))).hasSize(2);
    }

    @Test
    void tableWithASpecThatTheCatalogRefusesStopsNoOther() throws JsonProcessingException {
        flights("", Map.of());
        spec("t8", "");
        waits("t8", at("t8.json"), 0);
        fixture.aws
                .faults()
                .on("GetTable")
                .where(call -> call.target().contains("flights"))
                .then(new Fault.Fail(400, "AccessDeniedException", "not authorized"));

        assertThat(items(detect("events", ONLY_EVENTS))).hasSize(2);
    }

    /** Wherever it lies now. */
    @Test
    void runOfEventsTakesUpWhatTheTablesOwnRunsWouldIfItsSpecHasMoved() throws JsonProcessingException {
        String own = "{\"mode\": \"events\", \"readiness\": {\"marker\": \"_SUCCESS\"}, \"maxAttempts\": 4}";
        flights("", Map.of("fanin.detection", own));
        fixture.aws.s3().delete("lake", "specs/flights.json");
        fixture.aws
                .s3()
                .put("lake", "specs/team/flights.json", "{\"database\": \"analytics\", \"table\": \"flights\"}");

        JsonNode item = items(detect("events", ONLY_EVENTS)).get(0);

        assertThat(item.at("/input/spec").asText()).isEqualTo("s3://lake/specs/team/flights.json");
        assertThat(item.path("input").has("detection")).isFalse();
    }

    /** The table of the fixture, with a spec and parameters, has events. */
    private void flights(String more, Map<String, String> parameters) {
        fixture.aws
                .s3()
                .put("lake", "specs/flights.json", "{\"database\": \"analytics\", \"table\": \"flights\"" + more + "}");
        fixture.catalog.createTableIfAbsent(
                DetectorFixture.resolved(DetectorFixture.COMPLETE + ", 'layout': 'hive'")
                        .definition(),
                parameters);
        inbox.put(new InboxEntry(
                DetectorFixture.FLIGHTS, at("flights.json"), Instant.EPOCH, Optional.of("lake"), List.of()));
    }
}
