package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.FolderFixture.CONVERT;
import static io.fanin.detector.FolderFixture.OWNERS;
import static io.fanin.detector.FolderFixture.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.lease.Leases;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.NextStep;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder into which partitions are made belongs to one table. */
class OwnedFolderTest {

    private final FolderFixture folders = new FolderFixture();
    private final DetectorFixture fixture = folders.fixture;

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
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.quiet();

        assertThatThrownBy(() -> folders.detect("r2", "second", "s3://lake/made/", processor))
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
        folders.detect("r1", "first", first, CONVERT);

        assertThatThrownBy(() -> folders.detect("r2", "second", second, CONVERT))
                .hasMessageContaining(how);
    }

    @Test
    void planRefusesTooAndWritesNothing() {
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.quiet();

        assertThatThrownBy(() -> folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'dryRun': true"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.first");
        assertThat(fixture.writes()).isEmpty();
    }

    @Test
    void planClaimsNothing() {
        fixture.raw("dt=2026-11-20");

        assertThat(folders.detect("r1", "first", "s3://lake/made/", CONVERT + ", 'dryRun': true")
                        .next())
                .isEqualTo(NextStep.CHECK_PLAN);

        assertThat(fixture.stored(OWNERS)).isEmpty();
        assertThat(fixture.writes()).containsExactly("PutObject state/runs/r1/plan.json");
    }

    @Test
    void tablesThatOnlyReadMayShareAFolder() {
        folders.detect("r1", "first", "s3://lake/made/", "");
        folders.detect("r2", "second", "s3://lake/made/", "");
        folders.detect("r3", "third", "s3://lake/made/", CONVERT);
        folders.detect("r4", "fourth", "s3://lake/made/", "");

        assertThat(folders.requests(OWNERS))
                .as("a look, and a claim, which looks once more")
                .isEqualTo(1 + 2);
        assertThat(fixture.stored(OWNERS).orElseThrow()).contains("analytics.third");
    }

    @Test
    void ownerIsLookedUpOnceAndNotInEachRun() {
        folders.created("first", "s3://lake/made/").raw("dt=2026-11-20");
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.leases.release((Leases.Acquired) fixture.leases.acquire(
                new TableName("analytics", "first"), DetectorFixture.execution("r1", json("{}"))));
        fixture.quiet();

        folders.detect("r2", "first", "s3://lake/made/", CONVERT);

        assertThat(folders.requests(OWNERS)).isZero();
        assertThat(folders.requests("tables/analytics/first/state.json")).isEqualTo(1);
    }

    @Test
    void quietTableIsLookedUpOnceToo() {
        folders.created("quiet", "s3://lake/made/");
        assertThat(folders.detect("r1", "quiet", "s3://lake/made/", CONVERT).next())
                .isEqualTo(NextStep.NOTHING_NEW);
        fixture.quiet();

        folders.detect("r2", "quiet", "s3://lake/made/", CONVERT);

        assertThat(folders.requests(OWNERS)).isZero();
    }

    @Test
    void tableThatDiedAfterItsClaimFindsItAgain() {
        fixture.raw("dt=2026-11-20");
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        new TableRecords(fixture.state).update(new TableName("analytics", "first"), TableRecord::withoutFolder);
        fixture.quiet();

        assertThat(folders.detect("r2", "first", "s3://lake/made/", CONVERT).next())
                .isEqualTo(NextStep.CHECK);
        assertThat(fixture.writes()).doesNotContain("PutObject state/" + OWNERS);
        assertThatThrownBy(() -> folders.detect("r3", "second", "s3://lake/made/", CONVERT))
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
                .thenRun(() -> folders.detect("r2", "second", "s3://lake/made/hours/", CONVERT));

        assertThatThrownBy(() -> folders.detect("r1", "first", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
        assertThat(fixture.run("r1").begun()).isEmpty();
        assertThat(fixture.run("r2").begun()).isPresent();
    }

    @Test
    void tableThatMovesKeepsItsOldFolderToo() {
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        folders.detect("r2", "first", "s3://lake/moved/", CONVERT);

        assertThatThrownBy(() -> folders.detect("r3", "second", "s3://lake/made/", CONVERT))
                .hasMessageContaining("analytics.first");
        assertThatThrownBy(() -> folders.detect("r4", "second", "s3://lake/moved/", CONVERT))
                .hasMessageContaining("analytics.first");
        folders.detect("r5", "first", "s3://lake/made/", CONVERT);
    }

    /** As after a run that the check of processing refused. */
    @Test
    void claimWithoutATableIsTakenOverWhenItsExecutionHasEnded() {
        folders.detect("r1", "new", "s3://lake/made/hours/", CONVERT);
        folders.detect("r2", "newer", "s3://lake/made/days/", CONVERT);
        fixture.raw("dt=2026-11-20");

        assertThat(folders.detect("r3", "newest", "s3://lake/made/", CONVERT).next())
                .isEqualTo(NextStep.CHECK);

        assertThat(folders.record("newest").owns(S3Location.of("s3://lake/made/")))
                .isTrue();
        assertThat(folders.record("new").owns(S3Location.of("s3://lake/made/hours/")))
                .isFalse();
        assertThat(fixture.stored(OWNERS).orElseThrow()).doesNotContain("hours", "days");
    }

    @Test
    void claimWithoutATableStandsWhileItsExecutionRuns() {
        fixture.raw("dt=2026-11-20");
        folders.detect("r1", "new", "s3://lake/made/", CONVERT);
        fixture.running.add(DetectorFixture.execution("r1", json("{}")).id());

        assertThatThrownBy(() -> folders.detect("r2", "newer", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.new");
    }
}
