package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table without changes settles: the result of a run needs no correction by the next. */
class SettlingTest {

    private static final int TABLES = 2;

    private final DetectorFixture fixture = new DetectorFixture();

    private DetectorAnswer next(DetectorFixture at, String run, String more) {
        return at.detect(run, json("{" + NAMES + more + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void tableThatAnotherToolHasFilledIsToldOnceHowFarItIs(String mode) {
        String detection = ", 'detection': {'mode': '" + mode + "'}";
        fixture.table("").data("dt=2026-11-18/hour=7").registered("2026-11-18", "7");

        assertThat(next(fixture, "first", detection).next()).isEqualTo(NextStep.REGISTER);
        fixture.concluded("first");

        assertThat(next(fixture, "second", detection).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void healedFailureIsTakenOffOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .outstanding("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7")
                .registered("2026-11-18", "07");

        assertThat(next(fixture, "first", "").next()).isEqualTo(NextStep.REGISTER);
        fixture.concluded("first");

        assertThat(next(fixture, "second", "").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void wipedParametersAreSetRightOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .registered("2026-11-18", "7")
                .settled();
        fixture.aws
                .glue()
                .alterTable("analytics", "flights", input -> ((ObjectNode) input.get("Parameters")).removeAll());

        assertThat(next(fixture, "first", ", 'layout': 'hive'").next()).isEqualTo(NextStep.REGISTER);
        fixture.concluded("first");

        assertThat(next(fixture, "second", ", 'layout': 'hive'").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** An update of the stack that declares the table writes what the stack says, and nothing else. */
    @Test
    void tableWhoseStackHasAddedAColumnIsSetRightOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .registered("2026-11-18", "7")
                .settled();
        fixture.aws.glue().alterTable("analytics", "flights", input -> {
            ((ObjectNode) input.get("Parameters")).removeAll().put("fanin.layout", "hive");
            input.withArray("/StorageDescriptor/Columns")
                    .addObject()
                    .put("Name", "gate")
                    .put("Type", "string");
        });

        assertThat(next(fixture, "first", "").next()).isEqualTo(NextStep.REGISTER);
        fixture.concluded("first");

        assertThat(next(fixture, "second", "").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void progressOfATableCreatedAgainIsPublishedOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .registered("2026-11-18", "7")
                .settled();
        fixture.clock.set(Instant.parse("2026-11-20T09:30:00Z"));
        fixture.aws
                .glue()
                .client()
                .deleteTable(old -> old.databaseName("analytics").name("flights"));
        fixture.table("").registered("2026-11-18", "7");

        assertThat(next(fixture, "first", "").next()).isEqualTo(NextStep.REGISTER);
        fixture.concluded("first");

        assertThat(next(fixture, "second", "").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** A period that was open before all registered ones, and is no longer open because its prefixes were deleted. */
    @Test
    void conflictThatGoesAwayIsToldOnce() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7", "dt=2026-11-18/hour=07", "dt=2026-11-18/hour=8")
                .registered("2026-11-18", "8")
                .settled();
        fixture.aws
                .s3()
                .delete("lake", "flights/dt=2026-11-18/hour=7/part-0.json")
                .delete("lake", "flights/dt=2026-11-18/hour=07/part-0.json");

        assertThat(next(fixture, "first", "").next()).isEqualTo(NextStep.REGISTER);
        fixture.concluded("first");

        assertThat(next(fixture, "second", "").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void windowThatHasNothingInItAnyMoreChangesNothing() {
        fixture.table("")
                .data("dt=2026-11-18/hour=7")
                .registered("2026-11-18", "7")
                .settled();
        fixture.aws.s3().delete("lake", "flights/dt=2026-11-18/hour=7/part-0.json");

        assertThat(next(fixture, "first", "").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** Partitions that wait, conflict, are missing, lie in the future or have no time may stay so indefinitely. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date, hour:int                                  | hive",
                "year:int, month:int, day:int, hour:int             | hive",
                "region:string, dt:date, hour:int                   | hive",
                "at:timestamp:yyyy-MM-dd-HH                         | hive",
                "region:string, shard:int                           | hive",
            })
    void randomTableComesToRest(String keys, String layout) {
        for (long seed = 1; seed <= TABLES; seed++) {
            for (String readiness : List.of(
                    "",
                    ", 'readiness': {'marker': 'late.json'}",
                    ", 'readiness': {'quietPeriod': 'PT1H'}, 'lateData': true")) {
                RandomTable table = new RandomTable(keys, layout, new Random(seed));
                for (String mode : List.of("full", "list", "full")) {
                    String context = "%s%s, %s, seed %s".formatted(mode, readiness, keys, seed);
                    requireRest(
                            table.fixture, mode, ", 'detection': {'mode': '" + mode + "'" + readiness + "}", context);
                }
            }
        }
    }

    /**
     * One run may process. What it took up and found gone may have vanished from where another tool registered it, or
     * have lain where the layout has no partition, and is no longer outstanding: the next run counts that, and no more.
     */
    private void requireRest(DetectorFixture table, String name, String detection, String context) {
        String run = name + detection.hashCode() + table.aws.log().count();
        DetectorAnswer answer = next(table, run + 0, detection);
        for (int runs = 0; !answer.next().endsWithoutWork(); answer = next(table, run + ++runs, detection)) {
            if (runs > 0) {
                assertThat(runs).as(context).isEqualTo(1);
                assertThat(answer.next()).as(context).isEqualTo(NextStep.REGISTER);
                DetectionReport seen = table.detection(run + runs).orElseThrow();
                boolean countsUnverified = seen.unverified().isPresent();
                assertThat(countsUnverified
                                || answer.detection().vanished()
                                        != record(table).vanished().orElse(0)
                                || !seen.outside()
                                        .equals(record(table).progress().outside()))
                        .as(context)
                        .isTrue();
            }
            table.concluded(run + runs);
        }
    }

    private static TableRecord record(DetectorFixture table) {
        return new TableRecords(table.state).read(DetectorFixture.FLIGHTS);
    }
}
