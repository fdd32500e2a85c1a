package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.FolderFixture.CONVERT;
import static io.fanin.detector.FolderFixture.OWNERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.lease.Leases;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table takes over the folder of the one that its spec names. */
class FolderTakeoverTest {

    private final FolderFixture folders = new FolderFixture();
    private final DetectorFixture fixture = folders.fixture;

    @Test
    void tableTakesOverTheFolderOfTheOneThatItNames() {
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        assertThat(folders.record("first").owns(S3Location.of("s3://lake/made/")))
                .isTrue();

        folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");

        assertThat(folders.record("first").owns(S3Location.of("s3://lake/made/")))
                .isFalse();
        assertThatThrownBy(() -> folders.detect("r3", "first", "s3://lake/made/", CONVERT))
                .hasMessageContaining("analytics.second");
        fixture.quiet();
        folders.detect("r4", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");
        assertThat(folders.requests(OWNERS)).isZero();
    }

    @Test
    void folderIsNotTakenFromATableAtWork() {
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        TableName first = new TableName("analytics", "first");
        fixture.running.add("arn:busy");
        fixture.leases.acquire(first, DetectorFixture.execution("busy", json("{}")));

        assertThatThrownBy(() ->
                        folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'"))
                .isInstanceOf(SpecException.class)
                .hasMessageContainingAll("$.takesOver", "analytics.first", "arn:busy");
        assertThat(folders.record("first").owns(S3Location.of("s3://lake/made/")))
                .isTrue();
        assertThat(fixture.leases.acquire(first, DetectorFixture.execution("busy", json("{}"))))
                .isInstanceOf(Leases.Acquired.class);
    }

    @Test
    void tableThatLosesItsFolderWhileItIsTakenOverAsksAgain() {
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        fixture.aws
                .s3()
                .faults()
                .on("PutObject")
                .where(call -> call.target().equals("state/" + OWNERS))
                .first(5)
                .thenFail(403, "AccessDenied", "Access Denied");

        assertThatThrownBy(() ->
                        folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'"))
                .hasMessageContaining("Access Denied");

        fixture.quiet();
        folders.detect("r3", "first", "s3://lake/made/", CONVERT);
        assertThat(folders.requests(OWNERS)).isPositive();
        assertThat(folders.record("first").owns(S3Location.of("s3://lake/made/")))
                .isTrue();
    }

    /** A detector may outlive its execution, whose lease counts for nothing then. */
    @Test
    void tableWhoseFolderWasTakenWhileItWasClaimingIsRefused() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().equals("state/tables/analytics/first/state.json"))
                .first(1)
                .thenRun(() -> folders.detect(
                        "r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'"));

        assertThatThrownBy(() -> folders.detect("r1", "first", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
        assertThat(folders.record("first").owns(S3Location.of("s3://lake/made/")))
                .isFalse();
        assertThat(folders.record("second").owns(S3Location.of("s3://lake/made/")))
                .isTrue();
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
                    folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");
                    fixture.aws
                            .faults()
                            .on("GetObject")
                            .where(call -> call.target().equals("state/" + OWNERS))
                            .thenFail(500, "InternalError", "It died.");
                });

        assertThatThrownBy(() -> folders.detect("r1", "first", "s3://lake/made/", CONVERT))
                .hasMessageContaining("It died.");

        assertThat(folders.record("first").owns(S3Location.of("s3://lake/made/")))
                .isFalse();
    }

    @Test
    void redriveIntoAFolderThatIsAnothersNowIsRefused() {
        fixture.raw("dt=2026-11-20");
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");

        assertThatThrownBy(() -> fixture.detect("r3", json("{'redriveOf': 'r1'}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
    }

    @Test
    void runThatBeganBeforeItsFolderWasTakenIsRefusedAgain() {
        fixture.raw("dt=2026-11-20");
        folders.detect("r1", "first", "s3://lake/made/", CONVERT);
        folders.detect("r2", "second", "s3://lake/made/", CONVERT + ", 'takesOver': 'analytics.first'");

        assertThatThrownBy(() -> folders.detect("r1", "first", "s3://lake/made/", CONVERT))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first | $.takesOver: 'first' is not the name of a table such as analytics.flights",
                "analytics.second | $.takesOver: is the table itself, whose folder is its own"
            })
    void nameOfWhatIsTakenOverIsChecked(String named, String refusal) {
        assertThatThrownBy(() ->
                        folders.detect("r1", "second", "s3://lake/made/", CONVERT + ", 'takesOver': '" + named + "'"))
                .hasMessageContaining(refusal);
        assertThatThrownBy(() -> folders.detect("r1", "second", "s3://lake/made/", ", 'takesOver': 'analytics.first'"))
                .hasMessageContaining("$.takesOver: is only for tables whose partitions are made");
    }
}
