package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.UnverifiedCount;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Partitions in a table's status that no run has checked. */
class StatusOfUnverifiedTest {

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void theirNumberIsShownAndChangesNoExitCode() {
        cli.createTable(StatusFixture.COMPLETE.withUnverified(
                new UnverifiedCount(Optional.empty(), new UnverifiedCount.Share(7, 2), UnverifiedCount.Share.NONE)));

        assertThat(fixture.status().lines())
                .contains("Nothing is outstanding.")
                .anyMatch(line -> line.startsWith("Registered by another tool, and never looked at by a run: 9,"));
        assertThat(fixture.status().code()).isZero();
        assertThat(cli.run("status").lines()).anyMatch(line -> line.contains("COMPLETE (9 unverified)"));
        String json = cli.run("status", "analytics.flights", "--output", "json").out();
        assertThat(Json.read(json, JsonNode.class, "the answer")
                        .path("unverified")
                        .asLong())
                .isEqualTo(9);
    }
}
