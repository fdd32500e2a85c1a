package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.LEASE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.spec;
import static io.fanin.detector.RegisteredHours.H12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.lease.Leases;
import io.fanin.core.record.SentNotice;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.TestProgress;
import io.fanin.core.record.Waivers;
import io.fanin.core.tables.KnownTable;
import io.fanin.fakes.Call;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table is up to date for a run of all tables only if its execution would find nothing to do and change nothing. */
class UpToDateCheckTest {

    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");

    private static final String EVENTS = ", 'detection': {'mode': 'events'}";

    private final DetectorFixture fixture = new DetectorFixture();

    private Optional<UpToDateTable> look(String fields) {
        return look(fixture, (ObjectNode) json("{" + fields + "}"), TIME);
    }

    private static Optional<UpToDateTable> look(DetectorFixture fixture, ObjectNode input, Instant time) {
        KnownTable table = new KnownTable(FLIGHTS, Optional.empty(), spec(NAMES), Optional.empty());
        return fixture.upToDate().upToDate(table, input, time, () -> {});
    }

    private DetectorFixture settled() {
        RegisteredHours.two(fixture.table(""));
        return fixture;
    }

    /** Whether a run has done more than to look: nothing but its own folder and the lease may be written. */
    private static boolean didNothing(DetectorFixture fixture, DetectorAnswer answer) {
        return answer.next() == NextStep.NOTHING_NEW
                && fixture.writes().stream()
                        .noneMatch(write -> !write.contains(" state/runs/") && !write.endsWith("state/" + LEASE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", EVENTS, ", 'detection': {'mode': 'list', 'readiness': {'quietPeriod': 'PT5M'}}"})
    void tableWithoutNewsIsUpToDateAndNothingIsWritten(String more) {
        settled();

        assertThat(look(NAMES + more)).hasValue(upToDate());
        assertThat(fixture.writes()).isEmpty();

        fixture.quiet();
        assertThat(didNothing(fixture, fixture.detect(NAMES + more))).isTrue();
    }

    /** Its location may be a wrong one. */
    @Test
    void tableOfWhichNoRunHasFoundAPartitionIsKnownToBeOne() {
        fixture.table("");

        assertThat(look(NAMES).map(UpToDateTable::withoutPartitions)).hasValue(true);
    }

    private UpToDateTable upToDate() {
        return new UpToDateTable(
                FLIGHTS,
                new TableProgress(Optional.of("2026-11-18T12:00"), Optional.empty()),
                0,
                Optional.empty(),
                false);
    }

    @Test
    void itTakesAsManyRequestsAsAreListedHere() {
        settled();

        look(NAMES);

        assertThat(fixture.aws.log().calls().stream().map(Call::operation))
                .containsExactly(
                        "GetObject", // the lease
                        "GetTable",
                        "GetObject", // the record
                        "ListObjectsV2", // the days
                        "ListObjectsV2", // the hours of one
                        "GetPartitions",
                        "ListObjectsV2"); // the objects of both
    }

    /** What comes next waits for the table's first listing; until then it is told as it was. */
    @Test
    void namesThatDoNotFitAreToldAsTheyWere() {
        settled();
        UnfitNames unfit = new UnfitNames(1, "flights/2026-11-19/", "expected dt=<date>", false);
        fixture.data("2026-11-19").record(record -> record.withUnfit(unfit));

        assertThat(look(NAMES).flatMap(UpToDateTable::unfit)).hasValue(unfit);
    }

    static Stream<Named<Consumer<DetectorFixture>>> reasons() {
        return Stream.of(
                Named.of("a new partition", fixture -> fixture.data("dt=2026-11-19/hour=12")),
                Named.of("late data", fixture -> fixture.aws.s3().put("lake", H12 + "part-2.json", "{}")),
                Named.of(
                        "an outstanding partition",
                        fixture -> fixture.outstanding("flights/dt=2026-11-01/hour=1/", "2026-11-01", "1")
                                .published()),
                Named.of(
                        "an outstanding partition that somebody has registered",
                        fixture -> fixture.outstanding("flights/dt=2026-11-01/hour=1/", "2026-11-01", "1")
                                .published()
                                .registered("2026-11-01", "1")),
                Named.of(
                        "parameters that say something else",
                        fixture -> parameter(fixture, "fanin.complete_through", "2026-11-30T00:00")),
                Named.of("parameters that are gone", fixture -> parameter(fixture, "fanin.status", null)),
                Named.of(
                        "a record that was never published",
                        fixture -> fixture.record(record -> TestProgress.completeThrough(record, "2026-11-18T11:00"))),
                Named.of("a lease that a run holds", fixture -> fixture.running.add(take(fixture))),
                Named.of("a lease that a dead run holds", UpToDateCheckTest::take),
                Named.of("another table of this name", fixture -> {
                    fixture.dropTable();
                    fixture.clock.advance(Duration.ofMinutes(1));
                    fixture.table("");
                }),
                Named.of(
                        "a notice that may have to be taken back",
                        fixture -> fixture.record(record -> SentNotice.noted(
                                record,
                                Map.of("sns", Optional.of(new SentNotice(TIME, TIME, 0, "state", List.of())))))),
                Named.of("names that no longer fit", fixture -> fixture.data("2026-11-19")),
                Named.of(
                        "names that fit again",
                        fixture -> fixture.record(record -> record.withUnfit(
                                new UnfitNames(1, "flights/2026-11-19/", "expected dt=<date>", false)))),
                Named.of(
                        "a partition that somebody has registered in the window",
                        fixture -> fixture.data("dt=2026-11-19/hour=12").registered("2026-11-19", "12")));
    }

    private static void parameter(DetectorFixture fixture, String name, String value) {
        fixture.catalog.updateParameters(fixture.catalog.table(FLIGHTS).orElseThrow(), before -> {
            Map<String, String> after = new HashMap<>(before);
            after.remove(name);
            Optional.ofNullable(value).ifPresent(text -> after.put(name, text));
            return after;
        });
    }

    private static String take(DetectorFixture fixture) {
        fixture.leases.acquire(FLIGHTS, DetectorFixture.execution("other", json("{}")));
        return "arn:other";
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void tableWithSomethingToDoIsRun(Consumer<DetectorFixture> reason) {
        settled();
        assertThat(look(NAMES)).isPresent();

        reason.accept(fixture);

        assertThat(look(NAMES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'detection': {'mode': 'full'}",
                "'detection': {'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'}",
                "'detection': {'mode': 'partitions', 'partitions': [['2026-11-18', '12']]}",
                "'detection': {'mode': 'list', 'gaps': 'outstanding', 'lookback': 'P30D'}",
                "'waive': [{'partition': 'dt=2026-11-01/hour=1', 'reason': 'lost', 'by': 'ada'}]",
                "'onNewColumns': 'append', 'columns': [{'name': 'carrier', 'type': 'string'},"
                        + " {'name': 'delay', 'type': 'int'}, {'name': 'gate', 'type': 'string'}]",
                "'processor': {'type': 'glue-job', 'job': 'compact'}",
                "'dryRun': true"
            })
    void whatIsAskedForOnPurposeIsRun(String more) {
        settled();
        fixture.data("dt=2026-11-18/hour=9").processed("dt=2026-11-18/hour=9", "2026-11-18", "9");
        fixture.settled();

        assertThat(look(NAMES)).isPresent();
        assertThat(look(NAMES + ", " + more)).isEmpty();
    }

    @Test
    void tableWithEventsIsRun() {
        settled().told(H12);

        assertThat(look(NAMES + EVENTS)).isEmpty();
        assertThat(look(NAMES)).as("events are nothing to a listing").isPresent();
    }

    /** Its execution fails, and so somebody is told. */
    @Test
    void partialTableWhoseRecordIsLostIsRun() {
        fixture.table("");
        fixture.catalog.updateParameters(
                fixture.catalog.table(FLIGHTS).orElseThrow(), parameters -> Map.of(FaninNames.STATUS, "PARTIAL"));

        assertThat(look(NAMES + EVENTS)).isEmpty();
    }

    @Test
    void waiverThatIsOverIsAReason() {
        settled();
        fixture.detect(
                "waiving",
                json("{" + NAMES + ", 'waive': [{'partition': 'dt=2026-11-01/hour=1', 'reason': 'lost', 'by': 'ada',"
                        + " 'until': '2026-11-20T11:00:00Z'}]}"));
        fixture.leases.release(
                (Leases.Acquired) fixture.leases.acquire(FLIGHTS, DetectorFixture.execution("waiving", json("{}"))));
        EquivalentValues forms = new EquivalentValues(
                fixture.catalog.table(FLIGHTS).orElseThrow().keys());
        fixture.record(record -> Waivers.changed(
                record, fixture.run("waiving").start().orElseThrow().waiversOrNone(), forms, new RunId("waiving")));
        fixture.published();
        ObjectNode input = (ObjectNode) json("{" + NAMES + "}");

        assertThat(look(fixture, input, TIME).map(UpToDateTable::waived)).hasValue(1);
        assertThat(look(fixture, input, Instant.parse("2026-11-20T12:00:00Z"))).isEmpty();
    }

    @Test
    void tableThatIsNotInTheCatalogIsRun() {
        settled();
        fixture.dropTable();

        assertThat(look(COMPLETE)).isEmpty();
        assertThatThrownBy(() -> look(NAMES)).isInstanceOf(SpecException.class);
    }

    /** Several are read at a time: those of some tables would take the memory in which all are looked at. */
    @Test
    void hugeRecordIsNotReadInBulk() {
        settled();
        fixture.state.put("tables/analytics/flights/state.json", "{\"version\":1}" + " ".repeat(5 << 20));

        assertThatThrownBy(() -> look(NAMES)).hasMessageContaining("4194304 are read at most");
        assertThat(fixture.aws.log().calls("GetObject"))
                .filteredOn(call -> call.target().endsWith("/state.json"))
                .hasSize(1);
    }

    @Test
    void tableOfWhichNothingFitsIsRun() {
        fixture.table("").data("2013/02/08").quiet();
        assertThatThrownBy(() -> fixture.detect(NAMES)).isInstanceOf(NothingFitsException.class);
        assertThat(new TableRecords(fixture.state).read(FLIGHTS).unfit())
                .as("is remembered")
                .isPresent();

        assertThat(look(NAMES)).isEmpty();
    }

    @Test
    void specThatIsRefusedIsThrown() {
        settled();

        assertThatThrownBy(() -> look(COMPLETE.replace("s3://lake/flights/", "s3://elsewhere/flights/")))
                .isInstanceOf(SpecException.class);
    }

    @Test
    void lookEndsWhereItIsTold() {
        settled();
        KnownTable table = new KnownTable(FLIGHTS, Optional.empty(), spec(NAMES), Optional.empty());
        List<String> before = new ArrayList<>();

        fixture.upToDate().upToDate(table, (ObjectNode) json("{" + NAMES + "}"), TIME, () -> before.add("page"));

        int listed =
                fixture.aws.log().count("ListObjectsV2") + fixture.aws.log().count("GetPartitions");
        assertThat(before).hasSize(listed);
        assertThatThrownBy(() -> fixture.upToDate().upToDate(table, (ObjectNode) json("{" + NAMES + "}"), TIME, () -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date, hour:int                                  | hive",
                "year:string, month:string, day:string, hour:string | ${year}/${month}/${day}/${hour}",
                "at:string:dd-MM-yyyy-HH                            | hive",
                "region:string, shard:int                           | hive",
            })
    void lookAgreesWithTheExecution(String keys, String layout) {
        int upToDate = 0;
        for (long seed = 1; seed <= 6; seed++) {
            RandomTable table = new RandomTable(keys, layout, new Random(seed));
            for (String run : List.of("first", "second", "third")) {
                ObjectNode input = (ObjectNode) table.spec("'mode': 'list', 'lateData': true");
                boolean isUpToDate = look(table.fixture, input, TIME).isPresent();
                table.fixture.quiet();

                DetectorAnswer answer = table.fixture.detect(run, input);

                assertThat(isUpToDate)
                        .as("%s, seed %s, %s run: %s", keys, seed, run, answer)
                        .isEqualTo(didNothing(table.fixture, answer));
                upToDate += isUpToDate ? 1 : 0;
                if (!isUpToDate) {
                    table.fixture.concluded(run);
                    release(table.fixture, run);
                }
            }
        }
        assertThat(upToDate).isPositive();
    }

    private static void release(DetectorFixture fixture, String run) {
        fixture.leases.release(
                (Leases.Acquired) fixture.leases.acquire(FLIGHTS, DetectorFixture.execution(run, json("{}"))));
    }
}
