package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The status of a table whose keys are in local time. */
class StatusOfLocalTimeTest {

    private static CliFixture.Done status(String zone) {
        CliFixture cli = new CliFixture();
        String record = """
                {"version": 1, "outstanding": [], "completeThrough": "2013-02-08T16:00",
                 "basis": {"location": "s3://lake/flights/", "layout": "hive", "keys": ["dt date", "hour int"]%s},
                 "lastRun": {"run": "flights-1", "folder": "s3://state/runs/flights-1/", "registered": 23}}
                """.formatted(zone);
        cli.createTable(Json.read(record, TableRecord.class, "state.json"));
        return cli.run("status", "analytics.flights", "--output", "json");
    }

    @Test
    void tableIsBehindByItsOwnClock() {
        CliFixture.Done india = status(", \"timeZone\": \"+05:30\"");

        assertThat(india.json().at("/parameters/fanin.timeZone").asText()).isEqualTo("+05:30");
        assertThat(india.json().path("differences")).isEmpty();
        assertThat(india.json().path("behindSeconds").asLong())
                .isCloseTo(
                        status("").json().path("behindSeconds").asLong()
                                + Duration.ofMinutes(330).toSeconds(),
                        within(60L));
    }
}
