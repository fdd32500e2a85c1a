package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A partition that is made again changes for its readers in one step, and its previous version is kept for some time.
 */
class VersionsTest {

    private static final Duration LONGER = VersionCleanup.KEPT.plusSeconds(1);

    private final RunFixture fixture = new RunFixture();
    private final MadeVersions versions = new MadeVersions(fixture);

    @BeforeEach
    void theLakeIsThere() {
        fixture.aws.s3().createBucket("lake");
    }

    @Test
    void locationIsTheVersionsFolder() {
        String folder = make(hour(7));

        assertThat(location(hour(7))).isEqualTo("s3://lake/" + folder);
        assertThat(superseded()).isEmpty();
    }

    @Test
    void versionBeforeStaysForItsTimeAndIsThenRemovedByALaterRun() {
        String before = make(hour(7));
        String now = make(hour(7), before);
        assertThat(location(hour(7))).isEqualTo("s3://lake/" + now);

        fixture.clock.advance(VersionCleanup.KEPT.minusSeconds(1));
        make(hour(8));
        assertThat(files(before)).hasSize(2);

        fixture.clock.advance(Duration.ofSeconds(2));
        make(hour(9));

        assertThat(files(before)).isEmpty();
        assertThat(files(now)).hasSize(2);
        assertThat(superseded()).isEmpty();
    }

    @Test
    void filesOfTheFolderItselfAreSupersededToo() {
        String prefix = hour(7).prefix();
        versions.put(prefix);
        fixture.aws.s3().put("lake", prefix + "part-00000.json", "of others");
        String now = make(hour(7), prefix);

        later(hour(8));

        assertThat(fixture.aws.s3().keys("lake", prefix))
                .containsExactly(prefix + "part-00000.json", now + "part-00000.parquet", now + "part-00001.parquet");
    }

    @Test
    void versionAtWhichTheCatalogHasThePartitionIsNeverRemoved() {
        String before = make(hour(7));
        make(hour(7), before);
        List<String> values = hour(7).values().values();
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", values)
                .putPartition("analytics", "flights", values, "s3://lake/" + before);

        later(hour(8));

        assertThat(files(before)).hasSize(2);
    }

    /** The version before was noted a day ago, and is a way back for a day again. */
    @Test
    void versionThatWasRestoredStaysForItsTimeAfterTheNextSwitch() {
        String first = make(hour(7));
        String second = make(hour(7), first);
        restore(hour(7), first);
        fixture.clock.advance(LONGER);

        make(hour(7), first);
        assertThat(files(first)).hasSize(2);

        later(hour(8));
        assertThat(files(first)).isEmpty();
        assertThat(files(second)).hasSize(2);
    }

    /** The catalog no longer has the partition's earlier location: the note of the last switch decides. */
    @Test
    void versionThatWasRestoredStaysForItsTimeThoughThePartitionIsDropped() {
        String first = make(hour(7));
        make(hour(7), first);
        restore(hour(7), first);
        fixture.clock.advance(LONGER);
        fixture.aws.s3().faults().on("DeleteObjects").first(1).thenFail(403, "AccessDenied", "no");
        make(hour(7), first);
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", hour(7).values().values());

        make(hour(8));
        assertThat(files(first)).hasSize(2);

        later(hour(9));
        assertThat(files(first)).isEmpty();
        assertThat(superseded()).isEmpty();
    }

    /** The new registration does not name the location before: the note of the run that made it does. */
    @Test
    void versionThatWasRestoredStaysForItsTimeThoughThePartitionIsDroppedAndMadeAnew() {
        String first = make(hour(7));
        make(hour(7), first);
        restore(hour(7), first);
        fixture.clock.advance(LONGER);
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", hour(7).values().values());

        make(hour(7), first);
        assertThat(files(first)).hasSize(2);

        later(hour(9));
        assertThat(files(first)).isEmpty();
        assertThat(superseded()).isEmpty();
    }

    @Test
    void notesAreReadTwiceAtMostThoughAPartitionIsDropped() {
        dropAfterSwitches(12);

        make(hour(8));

        assertThat(superseded()).isEmpty();
        assertThat(readsOfNotes()).isEqualTo(12 + 11);
    }

    @Test
    void notesAreReadTwiceAtMostThoughALaterOneCannotBeRead() {
        dropAfterSwitches(12);
        fixture.state.put("tables/analytics/flights/superseded/99990101T000000-0.json", "{");

        make(hour(8));

        assertThat(superseded()).hasSize(12 + 1);
        assertThat(readsOfNotes()).isEqualTo(12 + 12);
    }

    private void dropAfterSwitches(int switches) {
        String before = make(hour(7));
        for (int i = 0; i < switches; i++) {
            before = make(hour(7), before);
        }
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", hour(7).values().values());
        fixture.clock.advance(LONGER);
        fixture.aws.log().reset();
    }

    private long readsOfNotes() {
        return fixture.aws.log().calls().stream()
                .filter(call -> call.operation().equals("GetObject")
                        && call.target().startsWith("state/tables/analytics/flights/superseded/"))
                .count();
    }

    @Test
    void versionsOfADeregisteredPartitionAreRemoved() {
        String before = make(hour(7));
        make(hour(7), before);
        fixture.aws
                .glue()
                .dropPartition("analytics", "flights", hour(7).values().values());

        later(hour(8));

        assertThat(files(before)).isEmpty();
    }

    @Test
    void failureToRemoveIsNotTheRunsAndIsMended() {
        String before = make(hour(7));
        make(hour(7), before);
        fixture.aws.s3().faults().on("DeleteObjects").first(1).thenFail(403, "AccessDenied", "no");

        later(hour(8));
        assertThat(files(before)).hasSize(2);
        assertThat(fixture.partition(hour(8)).isMissingNode()).isFalse();

        make(hour(9));
        assertThat(files(before)).isEmpty();
    }

    @Test
    void notesThatCannotBeListedAreNotTheRunsFailure() {
        String before = make(hour(7));
        make(hour(7), before);
        fixture.aws
                .s3()
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().contains("superseded"))
                .first(1)
                .thenFail(403, "AccessDenied", "no");

        later(hour(8));
        assertThat(files(before)).hasSize(2);
        assertThat(fixture.partition(hour(8)).isMissingNode()).isFalse();

        make(hour(9));
        assertThat(files(before)).isEmpty();
    }

    /** A function that may delete nothing would try everything again in every pass, and more each day. */
    @Test
    void passIsNotHeldUpWhereNothingMayBeRemoved() {
        String before = make(hour(7));
        for (int i = 0; i < 23; i++) {
            before = make(hour(7), before);
        }
        fixture.aws.s3().faults().on("DeleteObjects").thenFail(403, "AccessDenied", "no");

        later(hour(8));

        assertThat(fixture.aws.log().count("DeleteObjects")).isEqualTo(20);
        assertThat(fixture.partition(hour(8)).isMissingNode()).isFalse();
    }

    @Test
    void documentThatCannotBeReadHoldsUpNoOther() {
        String before = make(hour(7));
        make(hour(7), before);
        fixture.state.put("tables/analytics/flights/superseded/20130101T000000-0.json", "{");

        later(hour(8));

        assertThat(files(before)).isEmpty();
    }

    @Test
    void documentThatCannotBeDeletedHoldsUpNoOther() {
        List<Partition> hours = RunFixture.hours(500);
        makeAll(hours, makeAll(hours, List.of()));
        String stuck = superseded().getFirst();
        fixture.clock.advance(Duration.ofSeconds(1));
        String before = make(hour(501));
        make(hour(501), before);
        fixture.aws.s3().faults().on("DeleteObjects").thenFailEntry(List.of(stuck), Fault.accessDenied());

        later(hour(502));

        assertThat(files(before)).isEmpty();
        assertThat(superseded()).containsExactly(stuck);
    }

    @Test
    void versionsAreFoundOverSeveralPagesOfWhichSomeAreEmpty() {
        String first = make(hour(7));
        String second = make(hour(7), first);
        make(hour(7), second);
        fixture.aws.s3().pageSize(1).emptyPages(1);

        later(hour(8));

        assertThat(files(first)).isEmpty();
        assertThat(files(second)).isEmpty();
        assertThat(superseded()).isEmpty();
    }

    @Test
    void manyAreRemovedByAndBy() {
        List<Partition> hours = RunFixture.hours(700);
        List<String> before = makeAll(hours, List.of());
        makeAll(hours, before);

        later(hour(701));
        assertThat(before.stream().filter(one -> !files(one).isEmpty())).hasSize(200);

        make(hour(702));
        assertThat(before.stream().filter(one -> !files(one).isEmpty())).isEmpty();
        assertThat(superseded()).isEmpty();
    }

    @Test
    void tableThatIsMadeAgainInEachRunKeepsNoMoreThanItsReadersNeed() {
        List<Partition> hours = RunFixture.hours(700);
        List<String> versions = makeAll(hours, List.of());
        for (int run = 0; run < 4; run++) {
            versions = makeAll(hours, versions);
            fixture.clock.advance(LONGER);
        }

        assertThat(superseded()).hasSize(1);
        assertThat(hours.stream().flatMap(hour -> fixture.aws.s3().keys("lake", hour.dataPrefix()).stream()))
                .hasSize(2 * 2 * 700);
    }

    /** As one that was redriven: it knows the folder from before the table was moved. */
    @Test
    void versionsInANewFolderAreLeftToOthersByARunOfTheOldOne() {
        String before = make(hour(7));
        make(hour(7), before);
        fixture.clock.advance(LONGER);

        makeElsewhere();
        assertThat(files(before)).hasSize(2);
        make(hour(8));

        assertThat(files(before)).isEmpty();
        assertThat(superseded()).isEmpty();
    }

    /** Each run would read what they say. */
    @Test
    void versionsInAFolderThatTheTableHasLeftAreForgottenInTime() {
        String before = make(hour(7));
        make(hour(7), before);
        fixture.clock.advance(LONGER.plus(VersionCleanup.REMEMBERED).minusSeconds(2));
        makeElsewhere();
        assertThat(superseded()).hasSize(1);
        fixture.clock.advance(Duration.ofSeconds(2));

        makeElsewhere();

        assertThat(superseded()).isEmpty();
        assertThat(files(before)).hasSize(2);
    }

    private void makeElsewhere() {
        TableDefinition there = new TableDefinition(
                RunFixture.FLIGHTS,
                S3Location.of("s3://lake/moved/"),
                RunFixture.DEFINITION.format(),
                RunFixture.DEFINITION.csv(),
                RunFixture.DEFINITION.columns(),
                RunFixture.DEFINITION.keys(),
                RunFixture.DEFINITION.layout());
        Partition partition = new Partition(hour(9).values(), hour(9).prefix().replace("flights/", "moved/"));
        versions.make(there, Map.of(), List.of(partition), List.of());
    }

    /** Points the catalog at a version again. */
    private void restore(Partition partition, String version) {
        fixture.aws
                .glue()
                .alterPartition(
                        "analytics",
                        "flights",
                        partition.values().values(),
                        described -> ((ObjectNode) described.get("StorageDescriptor"))
                                .put("Location", "s3://lake/" + version));
    }

    private void later(Partition partition) {
        fixture.clock.advance(LONGER);
        make(partition);
    }

    private String make(Partition partition, String... superseded) {
        return makeAll(List.of(partition), List.of(superseded)).getFirst();
    }

    private List<String> makeAll(List<Partition> partitions, List<String> superseded) {
        return versions.make(RunFixture.DEFINITION, Map.of(), partitions, superseded);
    }

    private List<String> files(String folder) {
        return versions.files(folder);
    }

    private List<String> superseded() {
        return fixture.aws.s3().keys("state", "tables/analytics/flights/superseded/");
    }

    private String location(Partition partition) {
        return fixture.partition(partition).at("/StorageDescriptor/Location").asText();
    }
}
