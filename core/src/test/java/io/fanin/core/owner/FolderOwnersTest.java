package io.fanin.core.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderOwnersTest {

    private static final TableName ONE = TableName.of("analytics.one");
    private static final TableName TWO = TableName.of("analytics.two");
    private static final String KEY = "owners/lake.json";

    private final FakeS3 s3 = new FakeS3().createBucket("state");
    private final FolderOwners owners = new FolderOwners(new S3ObjectStore(s3.client(), "state", pause -> {}));

    @ParameterizedTest
    @CsvSource({
        "s3://lake/a/, s3://lake/a/",
        "s3://lake/a/, s3://lake/a",
        "s3://lake/a/, s3a://lake/a/",
        "s3://lake/a/, s3://lake/a/b/",
        "s3://lake/a/b/, s3://lake/a/",
        "s3://lake/a/, s3://lake/",
        "s3://lake/, s3://lake/a/"
    })
    void folderInOrAroundAnothersIsRefused(String first, String second) {
        assertThat(claim(ONE, first)).isEmpty();

        OwnedFolder theirs = new OwnedFolder(S3Location.of(first), ONE, new RunId("r1"));
        assertThat(owners.inTheWayOf(TWO, S3Location.of(second), Set.of())).contains(theirs);
        assertThat(claim(TWO, second)).contains(theirs);
        assertThat(s3.text("state", KEY).orElseThrow()).doesNotContain("analytics.two");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/a/, s3://lake/ab/",
        "s3://lake/a/, s3://lake/A/",
        "s3://lake/a/, s3://pond/a/",
        "s3://lake/a/b/, s3://lake/a/c/"
    })
    void foldersApartHaveAnOwnerEach(String first, String second) {
        assertThat(claim(ONE, first)).isEmpty();
        assertThat(claim(TWO, second)).isEmpty();
        assertThat(claim(ONE, second)).map(OwnedFolder::owner).contains(TWO);
    }

    @Test
    void ownFolderIsFoundAtOneRequestAndKeptAsItIs() {
        claim(ONE, "s3://lake/a/");
        s3.log().reset();

        assertThat(owners.claim(new OwnedFolder(S3Location.of("s3://lake/a/"), ONE, new RunId("r2")), Set.of()))
                .isEmpty();

        assertThat(s3.log().calls()).hasSize(1);
        assertThat(claim(TWO, "s3://lake/a/")).map(OwnedFolder::claimedBy).contains(new RunId("r1"));
    }

    @Test
    void tableKeepsTheFolderThatItLeaves() {
        claim(ONE, "s3://lake/a/");
        claim(ONE, "s3://lake/b/");

        assertThat(claim(TWO, "s3://lake/a/")).map(OwnedFolder::owner).contains(ONE);
        assertThat(claim(ONE, "s3://lake/a/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"s3://lake/x/, s3://lake/x/y/", "s3://lake/x/y/, s3://lake/x/", "s3://lake/x/, s3://lake/x/"})
    void twoThatClaimAtOnceDoNotBothWin(String first, String second) {
        claim(ONE, "s3://lake/elsewhere/");
        s3.faults()
                .on("PutObject")
                .nth(1)
                .thenRun(() -> assertThat(claim(TWO, second)).isEmpty());

        assertThat(claim(ONE, first)).map(OwnedFolder::owner).contains(TWO);
        assertThat(claim(TWO, second)).isEmpty();
    }

    @Test
    void firstClaimsOfABucketDoNotBothWin() {
        s3.faults()
                .on("PutObject")
                .nth(1)
                .thenRun(() -> assertThat(claim(TWO, "s3://lake/x/y/")).isEmpty());

        assertThat(claim(ONE, "s3://lake/x/")).map(OwnedFolder::owner).contains(TWO);
    }

    @Test
    void lostAnswerIsNotTakenForAnothersClaim() {
        s3.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(claim(ONE, "s3://lake/a/")).isEmpty();
        assertThat(claim(TWO, "s3://lake/a/")).map(OwnedFolder::owner).contains(ONE);
    }

    @Test
    void folderIsTakenOnlyFromTheTableThatIsNamed() {
        claim(ONE, "s3://lake/a/");
        claim(ONE, "s3://lake/b/");
        TableName three = TableName.of("analytics.three");

        assertThat(owners.claim(wanted(TWO, "s3://lake/a/x/"), Set.of(three)))
                .map(OwnedFolder::owner)
                .contains(ONE);
        assertThat(owners.claim(wanted(TWO, "s3://lake/a/x/"), Set.of(ONE))).isEmpty();

        assertThat(claim(ONE, "s3://lake/a/")).map(OwnedFolder::owner).contains(TWO);
        assertThat(claim(three, "s3://lake/a/y/")).isEmpty();
        assertThat(claim(TWO, "s3://lake/b/")).map(OwnedFolder::owner).contains(ONE);
    }

    @Test
    void fullBucketIsRefusedWithWhatToDo() {
        owned(FolderOwners.MAX_FOLDERS, i -> "raw_" + i % 100 + ".t" + i);

        assertThatThrownBy(() -> claim(ONE, "s3://lake/a/"))
                .hasMessageContainingAll(
                        "s3://state/" + KEY, "50000 folders", "s3://lake/a/", "analytics.one", "remove");
        assertThat(claim(TableName.of("raw_7.t7"), "s3://lake/t7/")).isEmpty();
    }

    @Test
    void tableWithTooManyFoldersBlocksOnlyItself() {
        owned(FolderOwners.MAX_FOLDERS_OF_TABLE, i -> ONE.toString());

        assertThatThrownBy(() -> claim(ONE, "s3://lake/a/"))
                .hasMessageContainingAll("100 folders of analytics.one already", "s3://lake/a/", "remove");
        assertThat(claim(ONE, "s3://lake/t7/")).as("a folder that it has").isEmpty();
        assertThat(claim(TWO, "s3://lake/a/")).isEmpty();
    }

    @Test
    void databaseWithTooManyFoldersBlocksOnlyItself() {
        owned(FolderOwners.MAX_FOLDERS_OF_DATABASE, i -> "analytics.t" + i);

        assertThatThrownBy(() -> claim(ONE, "s3://lake/a/"))
                .hasMessageContainingAll("10000 folders of the database analytics already", "analytics.one");
        assertThat(claim(TableName.of("sales.one"), "s3://lake/a/")).isEmpty();
    }

    private void owned(int folders, IntFunction<String> owner) {
        s3.put(
                "state",
                KEY,
                IntStream.range(0, folders)
                        .mapToObj(i -> "{\"folder\":\"s3://lake/t%d/\",\"owner\":\"%s\",\"claimedBy\":\"r\"}"
                                .formatted(i, owner.apply(i)))
                        .collect(Collectors.joining(",", "{\"version\":1,\"folders\":[", "]}")));
    }

    @Test
    void conflictsWithoutEndAreThrownAndNamed() {
        s3.changedByOthers("state", KEY, change -> "{\"version\":1,\"folders\":[],\"other\":" + change + "}");

        assertThatThrownBy(() -> claim(ONE, "s3://lake/a/"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("s3://state/" + KEY, "100 times", "run the execution again");
    }

    @Test
    void ownersThatCannotBeReadAreNamedAndNotReplaced() {
        s3.put("state", KEY, "{\"version\":1,");

        assertThatThrownBy(() -> claim(ONE, "s3://lake/a/"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/" + KEY + " cannot be read");
        assertThat(s3.log().count("PutObject")).isZero();
    }

    private Optional<OwnedFolder> claim(TableName table, String folder) {
        return owners.claim(wanted(table, folder), Set.of());
    }

    private static OwnedFolder wanted(TableName table, String folder) {
        return new OwnedFolder(S3Location.of(folder), table, new RunId("r1"));
    }
}
