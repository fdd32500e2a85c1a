package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.lease.Leases;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunId;
import io.fanin.core.spec.SpecException;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder into which partitions are made belongs to one table. */
class OwnedFolderTest {

    private static final String OWNERS = "owners/lake.json";
    private static final String SOURCE = ", 'source': {'location': 's3://landing/raw/'}";
    private static final String CONVERT = SOURCE + ", 'processor': {'type': 'convert'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @BeforeEach
    void runsHaveCreatedTheTables() {
        Stream.of("first", "second", "third", "fourth")
                .forEach(table -> new TableRecords(fixture.state)
                        .update(
                                new TableName("analytics", table),
                                record -> record.with(
                                        new TableRecord.LastRun(new RunId("r0"), "s3://state/runs/r0/", 1))));
        fixture.quiet();
    }

    private static String spec(String table, String location, String more) {
        return "'database': 'analytics', 'table': '" + table + "', 'location': '" + location
                + "', 'format': 'parquet', 'columns': [{'name': 'carrier', 'type': 'string'}],"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}]" + more;
    }

    private DetectorAnswer detect(String run, String table, String location, String more) {
        return fixture.detect(run, json("{" + spec(table, location, more) + "}"));
    }

    private DetectorFixture created(String table, String location) {
        fixture.catalog.createTableIfAbsent(
                DetectorFixture.spec(spec(table, location, CONVERT + ", 'layout': 'hive'"))
                        .definition(),
                Map.of());
        return fixture.quiet();
    }

    private long requests(String key) {
        return fixture.aws.log().calls().stream()
                .filter(call -> call.target().equals("state/" + key))
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONVERT,
                SOURCE + ", 'processor': {'type': 'sql', 'query': 'SELECT * FROM source'}",
                SOURCE + ", 'processor': {'type': 'custom', 'name': 'pairs'}",
                SOURCE + ", 'processor': {'type': 'glue-job', 'job': 'copy'}",
                ", 'processor': {'type': 'glue-job', 'job': 'compact'}"
            })
    void folderOfAnotherTableIsRefusedWithItsNameAndWhatToDo(String processor) {
        fixture.raw("dt=2026-11-20");
        detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.quiet();

        assertThatThrownBy(() -> detect("r2", "second", "s3://lake/made/", processor))
                .isInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: $.location: s3://lake/made/ is s3://lake/made/, into which the"
                                + " partitions of analytics.first are made (since its run r1): choose a location that no other"
                                + " table's partitions are made into, or, where that table gives its folder up for this one, say"
                                + " \"takesOver\": \"analytics.first\"");

        assertThat(fixture.run("r2").findSpec()).isEmpty();
        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.stored(OWNERS).orElseThrow()).doesNotContain("second");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/made/, lies in s3://lake/made/, s3://lake/made/hours/",
        "s3://lake/made/hours/, lies around s3://lake/made/hours/, s3://lake/made/",
        "s3://lake/made/, is s3://lake/made/, s3a://lake/made"
    })
    void folderInOrAroundAnothersIsRefused(String first, String how, String second) {
        detect("r1", "first", first, CONVERT);

        assertThatThrownBy(() -> detect("r2", "second", second, CONVERT)).hasMessageContaining(how);
    }

    @Test
    void planRefusesTooAndWritesNothing() {
        detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.quiet();

        assertThatThrownBy(() -> detect("r2", "second", "s3://lake/made/", CONVERT + ", 'dryRun': true"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.first");
        assertThat(fixture.writes()).isEmpty();
    }

    @Test
    void planClaimsNothing() {
        fixture.raw("dt=2026-11-20");

        assertThat(detect("r1", "first", "s3://lake/made/", CONVERT + ", 'dryRun': true")
                        .next())
                .isEqualTo(Next.CHECK_PLAN);

        assertThat(fixture.stored(OWNERS)).isEmpty();
        assertThat(fixture.writes()).containsExactly("PutObject state/runs/r1/plan.json");
    }

    @Test
    void tablesThatOnlyReadMayShareAFolder() {
        detect("r1", "first", "s3://lake/made/", "");
        detect("r2", "second", "s3://lake/made/", "");
        detect("r3", "third", "s3://lake/made/", CONVERT);
        detect("r4", "fourth", "s3://lake/made/", "");

        assertThat(requests(OWNERS))
                .as("a look, and a claim, which looks once more")
                .isEqualTo(1 + 2);
        assertThat(fixture.stored(OWNERS).orElseThrow()).contains("analytics.third");
    }

    @Test
    void ownerIsLookedUpOnceAndNotInEachRun() {
        created("first", "s3://lake/made/").raw("dt=2026-11-20");
        detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.leases.release((Leases.Acquired) fixture.leases.acquire(
                new TableName("analytics", "first"), DetectorFixture.execution("r1", json("{}"))));
        fixture.quiet();

        detect("r2", "first", "s3://lake/made/", CONVERT);

        assertThat(requests(OWNERS)).isZero();
        assertThat(requests("tables/analytics/first/state.json")).isEqualTo(1);
    }

    @Test
    void quietTableIsLookedUpOnceToo() {
        created("quiet", "s3://lake/made/");
        assertThat(detect("r1", "quiet", "s3://lake/made/", CONVERT).next()).isEqualTo(Next.NOTHING_NEW);
        fixture.quiet();

        detect("r2", "quiet", "s3://lake/made/", CONVERT);

        assertThat(requests(OWNERS)).isZero();
    }

    @Test
    void tableThatDiedAfterItsClaimFindsItAgain() {
        fixture.raw("dt=2026-11-20");
        detect("r1", "first", "s3://lake/made/", CONVERT);
        new TableRecords(fixture.state).update(new TableName("analytics", "first"), TableRecord::withoutFolder);
        fixture.quiet();

        assertThat(detect("r2", "first", "s3://lake/made/", CONVERT).next()).isEqualTo(Next.CHECK);
        assertThat(fixture.writes()).doesNotContain("PutObject state/" + OWNERS);
        assertThatThrownBy(() -> detect("r3", "second", "s3://lake/made/", CONVERT))
                .hasMessageContaining("analytics.first");
    }

    @Test
    void ofTwoThatClaimAtOnceOneIsRefused() {
        fixture.raw("dt=2026-11-20");
        fixture.aws
                .s3()
                .faults()
                .on("PutObject")
                .where(call -> call.target().equals("state/" + OWNERS))
                .nth(1)
                .thenRun(() -> detect("r2", "second", "s3://lake/made/hours/", CONVERT));

        assertThatThrownBy(() -> detect("r1", "first", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
        assertThat(fixture.run("r1").begun(batch -> {})).isEmpty();
        assertThat(fixture.run("r2").begun(batch -> {})).isPresent();
    }

    @Test
    void tableThatMovesKeepsItsOldFolderToo() {
        detect("r1", "first", "s3://lake/made/", CONVERT);
        detect("r2", "first", "s3://lake/moved/", CONVERT);

        assertThatThrownBy(() -> detect("r3", "second", "s3://lake/made/", CONVERT))
                .hasMessageContaining("analytics.first");
        assertThatThrownBy(() -> detect("r4", "second", "s3://lake/moved/", CONVERT))
                .hasMessageContaining("analytics.first");
        detect("r5", "first", "s3://lake/made/", CONVERT);
    }

    @Test
    void tableTakesOverTheFolderOfTheOneThatItNames() {
        detect("r1", "first", "s3://lake/made/", CONVERT);
        assertThat(record("first").owns(S3Location.of("s3://lake/made/"))).isTrue();

        detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");

        assertThat(record("first").owns(S3Location.of("s3://lake/made/"))).isFalse();
        assertThatThrownBy(() -> detect("r3", "first", "s3://lake/made/", CONVERT))
                .hasMessageContaining("analytics.second");
        fixture.quiet();
        detect("r4", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");
        assertThat(requests(OWNERS)).isZero();
    }

    @Test
    void folderIsNotTakenFromATableAtWork() {
        detect("r1", "first", "s3://lake/made/", CONVERT);
        TableName first = new TableName("analytics", "first");
        fixture.running.add("arn:busy");
        fixture.leases.acquire(first, DetectorFixture.execution("busy", json("{}")));

        assertThatThrownBy(
                        () -> detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'"))
                .isInstanceOf(SpecException.class)
                .hasMessageContainingAll("$.takesOver", "analytics.first", "arn:busy");
        assertThat(record("first").owns(S3Location.of("s3://lake/made/"))).isTrue();
        assertThat(fixture.leases.acquire(first, DetectorFixture.execution("busy", json("{}"))))
                .isInstanceOf(Leases.Acquired.class);
    }

    @Test
    void tableThatLosesItsFolderWhileItIsTakenOverAsksAgain() {
        detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.aws
                .s3()
                .faults()
                .on("PutObject")
                .where(call -> call.target().equals("state/" + OWNERS))
                .first(5)
                .thenFail(403, "AccessDenied", "Access Denied");

        assertThatThrownBy(
                        () -> detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'"))
                .hasMessageContaining("Access Denied");

        fixture.quiet();
        detect("r3", "first", "s3://lake/made/", CONVERT);
        assertThat(requests(OWNERS)).isPositive();
        assertThat(record("first").owns(S3Location.of("s3://lake/made/"))).isTrue();
    }

    /** A detector may outlive its execution, whose lease counts for nothing then. */
    @Test
    void tableWhoseFolderWasTakenWhileItWasClaimingIsRefused() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().equals("state/tables/analytics/first/state.json"))
                .first(1)
                .thenRun(() -> detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'"));

        assertThatThrownBy(() -> detect("r1", "first", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
        assertThat(record("first").owns(S3Location.of("s3://lake/made/"))).isFalse();
        assertThat(record("second").owns(S3Location.of("s3://lake/made/"))).isTrue();
    }

    /** Its record would say for ever that the folder is its own. */
    @Test
    void tableThatDiesWhileItsFolderIsTakenDoesNotOwnIt() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().equals("state/tables/analytics/first/state.json"))
                .first(1)
                .thenRun(() -> {
                    detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");
                    fixture.aws
                            .faults()
                            .on("GetObject")
                            .where(call -> call.target().equals("state/" + OWNERS))
                            .thenFail(500, "InternalError", "It died.");
                });

        assertThatThrownBy(() -> detect("r1", "first", "s3://lake/made/", CONVERT))
                .hasMessageContaining("It died.");

        assertThat(record("first").owns(S3Location.of("s3://lake/made/"))).isFalse();
    }

    /** As after a run that the check of processing refused. */
    @Test
    void claimWithoutATableIsTakenOverWhenItsExecutionHasEnded() {
        detect("r1", "new", "s3://lake/made/hours/", CONVERT);
        detect("r2", "newer", "s3://lake/made/days/", CONVERT);
        fixture.raw("dt=2026-11-20");

        assertThat(detect("r3", "newest", "s3://lake/made/", CONVERT).next()).isEqualTo(Next.CHECK);

        assertThat(record("newest").owns(S3Location.of("s3://lake/made/"))).isTrue();
        assertThat(record("new").owns(S3Location.of("s3://lake/made/hours/"))).isFalse();
        assertThat(fixture.stored(OWNERS).orElseThrow()).doesNotContain("hours", "days");
    }

    @Test
    void claimWithoutATableStandsWhileItsExecutionRuns() {
        fixture.raw("dt=2026-11-20");
        detect("r1", "new", "s3://lake/made/", CONVERT);
        fixture.running.add(DetectorFixture.execution("r1", json("{}")).id());

        assertThatThrownBy(() -> detect("r2", "newer", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.new");
    }

    @Test
    void redriveIntoAFolderThatIsAnothersNowIsRefused() {
        fixture.raw("dt=2026-11-20");
        detect("r1", "first", "s3://lake/made/", CONVERT);
        detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");

        assertThatThrownBy(() -> fixture.detect("r3", json("{'redriveOf': 'r1'}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
    }

    @Test
    void runThatBeganBeforeItsFolderWasTakenIsRefusedAgain() {
        fixture.raw("dt=2026-11-20");
        detect("r1", "first", "s3://lake/made/", CONVERT);
        detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");

        assertThatThrownBy(() -> detect("r1", "first", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first | $.takesOver: 'first' is no name of a table such as analytics.flights",
                "analytics.second | $.takesOver: is the table itself, whose folder is its own"
            })
    void nameOfWhatIsTakenOverIsChecked(String named, String refusal) {
        assertThatThrownBy(() -> detect("r1", "second", "s3://lake/made/", CONVERT + ", 'takesOver': '" + named + "'"))
                .hasMessageContaining(refusal);
        assertThatThrownBy(() -> detect("r1", "second", "s3://lake/made/", ", 'takesOver': 'analytics.first'"))
                .hasMessageContaining("$.takesOver: is only for tables whose partitions are made");
    }

    private TableRecord record(String table) {
        return new TableRecords(fixture.state).read(new TableName("analytics", table));
    }
}
