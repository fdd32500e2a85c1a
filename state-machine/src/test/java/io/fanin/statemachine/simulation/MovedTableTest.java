package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.execution.ExecutionEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of a table that is moved by copying its data, changing its spec, and removing the old data at some time. */
class MovedTableTest {

    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final int DAYS = 10;

    private final Tables tables = new Tables();
    private int runs;

    @BeforeEach
    void tableOfTenDays() {
        tables.aws.glue().createDatabase("raw_x");
        for (int day = 1; day <= DAYS; day++) {
            put(OLD, day);
        }
        run(OLD, "list");
        for (int day = 1; day <= DAYS; day++) {
            put(NEW, day);
        }
    }

    /** Other partitions are found while old data exists: then a run that looks back for a day does not see them. */
    @ParameterizedTest
    @CsvSource({"full, 0", "list, 24", "list, 25"})
    void partitionsWhoseOldDataIsRemovedAfterARunAreRegisteredAtTheNewPlace(String mode, int hours) {
        put(NEW, DAYS + 1);
        run(NEW, "list");

        assertThat(location(1)).contains("/old/");
        assertThat(location(DAYS + 1)).contains("/new/");

        for (int day = 1; day <= DAYS; day++) {
            tables.aws.s3().delete("lake", key(OLD, day));
        }
        tables.clock.advance(Duration.ofHours(hours));
        run(NEW, mode);

        for (int day = 1; day <= DAYS; day++) {
            assertThat(location(day)).contains("/new/");
        }
    }

    /** The new location contains nothing of the data that is moved later. */
    @Test
    void partitionsThatAreMovedAfterTheSpecAreRegisteredAtTheNewPlace() {
        for (int day = 1; day <= DAYS; day++) {
            tables.aws.s3().delete("lake", key(NEW, day));
        }
        put(NEW, DAYS + 1);
        run(NEW, "list");

        for (int day = 1; day <= DAYS; day++) {
            put(NEW, day);
            tables.aws.s3().delete("lake", key(OLD, day));
        }
        tables.clock.advance(Duration.ofHours(25));
        run(NEW, "list");

        for (int day = 1; day <= DAYS; day++) {
            assertThat(location(day)).contains("/new/");
        }
    }

    private void put(String folder, int day) {
        tables.aws.s3().put("lake", key(folder, day), "{\"carrier\": \"AA\"}");
    }

    private static String key(String folder, int day) {
        return folder + "/dt=" + date(day) + "/part-0.json";
    }

    private static String date(int day) {
        return "2026-11-%02d".formatted(day);
    }

    private String location(int day) {
        return tables.aws.glue().locations("raw_x", "flights").get(List.of(date(day)));
    }

    private void run(String folder, String mode) {
        String name = "run-" + runs++;
        JsonNode input = Tables.json("{\"database\": \"raw_x\", \"table\": \"flights\", \"location\": \"s3://lake/"
                + folder
                + "/\", \"format\": \"json\", \"columns\": [{\"name\": \"carrier\", \"type\": \"string\"}],"
                + " \"partitionKeys\": [{\"name\": \"dt\", \"type\": \"date\"}],"
                + " \"detection\": {\"mode\": \"" + mode + "\"" + (mode.equals("list") ? ", \"lookback\": \"P1D\"" : "")
                + "}}");
        tables.runTable(name, input);
        ExecutionEnd end = tables.ends.get(name);
        assertThat(end.status()).as(end.toString()).isEqualTo("SUCCEEDED");
    }
}
