package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.TestProgress;
import io.fanin.core.tables.KnownTable;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.Failure;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that another tool has registered are processed in steps, beside what is new. */
class VerifyTest {

    private static final String FIVE = ", 'verify': {'partitionsPerRun': 5}";
    private static final String EVENTS = ", 'detection': {'mode': 'events'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void newestAreVerifiedFirst() {
        noons(1, 18);

        DetectorAnswer answer = fixture.detect(NAMES + FIVE);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.UNVERIFIED, 5L));
        assertThat(fixture.prefixes())
                .containsExactly(
                        "flights/dt=2026-11-14/hour=12/",
                        "flights/dt=2026-11-15/hour=12/",
                        "flights/dt=2026-11-16/hour=12/",
                        "flights/dt=2026-11-17/hour=12/",
                        "flights/dt=2026-11-18/hour=12/");
        assertThat(fixture.detection().orElseThrow().unverified().orElseThrow().total())
                .isEqualTo(13);
    }

    /** A tool registers hours ahead of their data: it has failed in none, and is not in the way of what is there. */
    @ParameterizedTest
    @ValueSource(strings = {"{'mode': 'list'}", "{'mode': 'full'}"})
    void periodsThatAreNotOverAreNotVerified(String mode) {
        fixture.table("").foreign("dt=2026-11-20/hour=09", "2026-11-20", "9");
        IntStream.range(10, 20)
                .forEach(hour -> fixture.registeredAt(
                        "s3://lake/flights/dt=2026-11-20/hour=" + hour + "/", "2026-11-20", String.valueOf(hour)));

        DetectorAnswer answer = fixture.detect(NAMES + FIVE + ", 'detection': " + mode);

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-20/hour=09/");
        assertThat(fixture.detection().orElseThrow().unverified().orElseThrow().total())
                .as("the hour that has begun")
                .isEqualTo(1);
        assertThat(answer.detection().vanished()).as("they never had any data").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'mode': 'list'}", "{'mode': 'list', 'lookback': 'PT0S'}", "{'mode': 'full'}"})
    void runsGoOnUntilNoneIsLeft(String mode) {
        noons(1, 18);
        String spec = NAMES + FIVE + ", 'detection': " + mode;

        List<Integer> steps = steps(spec);

        assertThat(steps).containsExactly(5, 5, 5, 3);
        assertThat(unverified()).isEmpty();
        assertThat(registered())
                .allSatisfy(partition -> assertThat(partition.run()).isPresent());
        assertThat(fixture.catalog.table(FLIGHTS).orElseThrow().parameters()).doesNotContainKey("fanin.unverified");
    }

    @Test
    void partitionsWithoutTimesAreVerifiedToo() {
        fixture.tableOf("[{'name': 'region', 'type': 'string'}]", "hive");
        IntStream.range(0, 7).forEach(i -> fixture.foreign("region=" + i, String.valueOf(i)));

        assertThat(steps(NAMES + FIVE)).containsExactly(5, 2);
        assertThat(unverified()).isEmpty();
    }

    @Test
    void newPartitionsAreProcessedBesideThem() {
        noons(1, 18);
        fixture.settledBy(FIVE);
        fixture.data("dt=2026-11-19/hour=12");

        DetectorAnswer answer = fixture.detect(NAMES + FIVE);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L, Reason.UNVERIFIED, 5L));
    }

    @Test
    void withoutTheFieldNoneIsVerified() {
        noons(1, 18);

        assertThat(fixture.detect(NAMES).partitions()).isZero();
    }

    /** It is retried as any other failure, beside the next of those that nobody has looked at. */
    @Test
    void oldPartitionThatFailsIsOutstanding() {
        noons(1, 2);
        fixture.failedStanding("flights/dt=2026-11-02/hour=12/", "2026-11-02", "12");

        DetectorAnswer answer = fixture.detect(NAMES + FIVE);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L, Reason.UNVERIFIED, 1L));
    }

    @Test
    void nothingMoreIsVerifiedWhileManyAreOutstanding() {
        noons(1, 18);
        List<OutstandingFailure> failures = IntStream.range(0, 997)
                .mapToObj(i -> OutstandingFailure.first(
                        DetectorFixture.partition("x/" + i + "/", "2025-11-01", String.valueOf(i)),
                        new Failure(FailureCode.TRUNCATED, "cut"),
                        new RunId("r0"),
                        0))
                .toList();
        fixture.record(record -> record.withFailures(failures, TestForms.AS_WRITTEN));

        assertThat(fixture.detect(NAMES + FIVE).detection().reasons()).containsEntry(Reason.UNVERIFIED, 3L);
    }

    /** With none left to verify, the catalog is read in its window again. */
    @Test
    void partitionsThatCannotBeVerifiedDoNotKeepTheCatalogBeingRead() {
        noons(1, 2);
        fixture.registered("2026-11-01", "13");
        assertThat(steps(NAMES + FIVE)).containsExactly(2);
        fixture.quiet();

        assertThat(fixture.detect(NAMES + FIVE).next()).isEqualTo(NextStep.NOTHING_NEW);

        assertThat(unverified()).hasValue(1L);
        assertThat(fixture.aws.log().calls("GetPartitions"))
                .extracting(call -> call.fact("Expression"))
                .hasSize(1)
                .allMatch(expression -> expression.startsWith("dt >="));
    }

    @Test
    void thoseThatOthersRegisterLaterAreVerifiedByTheNextRun() {
        noons(17, 18);
        steps(NAMES + FIVE);
        noons(19, 19);

        assertThat(fixture.detect("r2", json("{" + NAMES + FIVE + "}"))
                        .detection()
                        .reasons())
                .isEqualTo(Map.of(Reason.UNVERIFIED, 1L));
    }

    /** A record of a version that did not count: the whole catalog is read once. */
    @Test
    void tableThatWasNeverCountedIsVerified() {
        noons(1, 18);
        fixture.settled();
        fixture.record(record -> TableRecord.NEW.with(TestProgress.of(
                        record.progress().completeThrough(), record.progress().newest())))
                .published();

        assertThat(steps(NAMES + FIVE)).containsExactly(5, 5, 5, 3);
    }

    @Test
    void eventsLeaveThemToOtherRuns() {
        noons(1, 18);

        assertThat(fixture.detect(NAMES + FIVE + EVENTS).partitions()).isZero();
    }

    @Test
    void tableWithAnyLeftIsNotUpToDate() {
        noons(1, 18);
        fixture.settled().quiet();

        assertThat(isUpToDate(FIVE)).isFalse();
        assertThat(fixture.aws.log().count("GetPartitions")).isZero();
        assertThat(isUpToDate("")).isTrue();
    }

    @Test
    void fieldMayBeAParameterOfTheTable() {
        noons(1, 18);
        fixture.alterParameter("fanin.verify", "{\"partitionsPerRun\": 3}");

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(3);
    }

    @Test
    void processorsThatMakePartitionsRefuseIt() {
        noons(1, 2);

        assertThatThrownBy(() -> fixture.detect(NAMES + FIVE + ", 'processor': {'type': 'glue-job', 'job': 'hours'}"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.verify: is only for the processors validate and register");
        assertThatThrownBy(() -> fixture.detect(NAMES + ", 'verify': {'partitionsPerRun': 0}"))
                .hasMessageContaining("$.verify.partitionsPerRun: expected 1 to 10000, found 0");
    }

    /** How many partitions each run verifies, of runs that end well, until there is nothing new. */
    private List<Integer> steps(String spec) {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            DetectorAnswer answer = fixture.detect("step" + i, json("{" + spec + "}"));
            if (answer.next() == NextStep.NOTHING_NEW) {
                return steps;
            }
            if (answer.partitions() > 0) {
                steps.add(answer.partitions());
            }
            fixture.concluded("step" + i);
        }
        throw new AssertionError("runs do not come to rest: " + steps);
    }

    private boolean isUpToDate(String more) {
        KnownTable table =
                new KnownTable(FLIGHTS, Optional.empty(), DetectorFixture.spec(NAMES + more), Optional.empty());
        return fixture.upToDate()
                .upToDate(
                        table,
                        (ObjectNode) json("{" + NAMES + more + "}"),
                        Instant.parse("2026-11-20T10:00:00Z"),
                        () -> {})
                .isPresent();
    }

    private void noons(int first, int last) {
        if (fixture.catalog.table(FLIGHTS).isEmpty()) {
            fixture.table("");
        }
        IntStream.rangeClosed(first, last)
                .forEach(day ->
                        fixture.foreign("dt=2026-11-%02d/hour=12".formatted(day), "2026-11-%02d".formatted(day), "12"));
    }

    private List<RegisteredPartition> registered() {
        List<RegisteredPartition> all = new ArrayList<>();
        fixture.catalog.forEachPartition(FLIGHTS, all::add);
        return all;
    }

    private Optional<Long> unverified() {
        return new TableRecords(fixture.state)
                .read(FLIGHTS)
                .unverified()
                .map(count -> count.total())
                .filter(count -> count > 0);
    }
}
