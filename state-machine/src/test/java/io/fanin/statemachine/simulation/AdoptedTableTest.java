package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.execution.ExecutionEnd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a table whose partitions another tool has registered. */
class AdoptedTableTest {

    private static final String TABLE = "raw_x.flights";
    private static final String GOOD = "{\"carrier\": \"AA\"}";
    private static final String BROKEN = "{\"carrier\": ";
    private static final String TWO = ", \"verify\": {\"partitionsPerRun\": 2}";

    private final Tables tables = new Tables();
    private int runs;

    @BeforeEach
    void adoptedTable() {
        tables.table(TABLE, Map.of());
        for (int day = 14; day <= 18; day++) {
            adopted("2026-11-" + day, GOOD);
        }
    }

    @Test
    void firstRunSaysHowManyPartitionsNobodyHasLookedAt() {
        JsonNode output = complete("");

        assertThat(output.path("unverified").asInt()).isEqualTo(5);
        assertThat(parameters()).containsEntry("fanin.status", "COMPLETE").containsEntry("fanin.unverified", "5");
        assertThat(parameters()).containsEntry("fanin.complete_through", "2026-11-18T00:00");
        assertThat(complete("").path("next").asText()).isEqualTo("NOTHING_NEW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"processor\": {\"type\": \"register\"}"})
    void runsVerifyThemInStepsUntilNoneIsLeft(String processor) {
        assertThat(complete(TWO + processor).path("unverified").asInt()).isEqualTo(3);
        assertThat(complete(TWO + processor).path("unverified").asInt()).isEqualTo(1);

        assertThat(complete(TWO + processor).has("unverified")).isFalse();

        assertThat(parameters()).containsEntry("fanin.status", "COMPLETE").doesNotContainKey("fanin.unverified");
        assertThat(complete(TWO + processor).path("next").asText()).isEqualTo("NOTHING_NEW");
        assertThat(partition("2026-11-14").at("/Parameters/numFiles").asText()).isEqualTo("1");
        assertThat(partition("2026-11-14").at("/StorageDescriptor/Location").asText())
                .isEqualTo("s3://lake/raw_x.flights/dt=2026-11-14/");
    }

    @Test
    void oldPartitionThatFailsIsOutstandingAndStaysRegistered() {
        tables.day(TABLE, "2026-11-16", BROKEN);
        complete(TWO);

        ExecutionEnd partial = run(TWO);

        assertThat(partial.error()).hasValue("io.fanin.tablecreator.TablePartialException");
        assertThat(partial.cause().orElseThrow()).contains("dt=2026-11-16");
        assertThat(parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed.sample", "dt=2026-11-16")
                .containsEntry("fanin.unverified", "1")
                .containsEntry("fanin.complete_through", "2026-11-15T00:00");
        assertThat(partition("2026-11-16").at("/Parameters/fanin.run").isMissingNode())
                .isTrue();

        tables.day(TABLE, "2026-11-16", GOOD);
        assertThat(complete(TWO).path("status").asText()).isEqualTo("COMPLETE");
        assertThat(parameters()).doesNotContainKey("fanin.unverified");
    }

    /** The crawler, which runs are to replace, registers a failed partition, inside their window or before it. */
    @ParameterizedTest
    @CsvSource({"18, false", "18, true", "14, false", "14, true"})
    void failedPartitionThatAnotherToolRegistersIsUnverified(int day, boolean verifies) {
        String verify = verifies ? TWO : "";
        String listing = ", \"detection\": {\"mode\": \"list\", \"lookback\": \"P1D\"}" + verify;
        String name = "2026-11-" + day;
        complete(", \"detection\": {\"mode\": \"full\"}, \"verify\": {\"partitionsPerRun\": 9}");
        tables.day(TABLE, name, BROKEN);
        tables.aws.glue().dropPartition("raw_x", "flights", List.of(name));
        run(", \"detection\": {\"mode\": \"partitions\", \"partitions\": [\"dt=" + name + "\"]}");
        assertThat(parameters()).containsEntry("fanin.failed.sample", "dt=" + name);
        adopted(name, BROKEN);

        complete(listing);

        assertThat(parameters()).containsEntry("fanin.status", "COMPLETE").containsEntry("fanin.unverified", "1");
        ExecutionEnd next = run(listing);
        assertThat(next.error().isPresent())
                .as("the next run verifies it: " + next)
                .isEqualTo(verifies);
    }

    @Test
    void partitionWhoseDataIsGoneFailsByName() {
        tables.aws.s3().delete("lake", TABLE + "/dt=2026-11-18/part-0.json");

        assertThat(run(TWO).cause().orElseThrow()).contains("dt=2026-11-18", "NoObjects");
    }

    private void adopted(String day, String content) {
        tables.day(TABLE, day, content);
        tables.aws.glue().putPartition("raw_x", "flights", List.of(day), "s3://lake/raw_x.flights/dt=" + day + "/");
    }

    private JsonNode complete(String fields) {
        ExecutionEnd end = run(fields);
        assertThat(end.status()).as(end.toString()).isEqualTo("SUCCEEDED");
        return Tables.json(end.output().orElseThrow());
    }

    private ExecutionEnd run(String fields) {
        String name = "run-" + runs++;
        tables.runTable(name, Tables.json("{\"database\": \"raw_x\", \"table\": \"flights\"" + fields + "}"));
        return tables.ends.get(name);
    }

    private Map<String, String> parameters() {
        return tables.aws.glue().parameters("raw_x", "flights");
    }

    private JsonNode partition(String day) {
        return tables.aws.glue().partitions("raw_x", "flights").get(List.of(day));
    }
}
