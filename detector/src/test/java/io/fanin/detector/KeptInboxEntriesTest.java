package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.inbox.InboxContent;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The entries that stay in the inbox for a later run: of waiting partitions, unreadable ones, and all of a run that
 * only plans or fails.
 */
class KeptInboxEntriesTest {

    private static final String H8 = "flights/dt=2026-11-20/hour=8/";
    private static final String H9 = "flights/dt=2026-11-20/hour=9/";
    private static final String EVENTS = ", 'detection': {'mode': 'events'}";
    private static final String MARKED = ", 'detection': {'mode': 'events', 'readiness': {'marker': '_SUCCESS'}}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void whatCannotBeReadIsNamedAndLeft() {
        fixture.table("").aws.s3().put("state", "inbox/analytics/flights/0.json", "{");
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, "flights/x/");

        fixture.detect(NAMES + EVENTS);

        assertThat(fixture.inbox.keys()).containsExactly("inbox/analytics/flights/0.json");
        assertThat(fixture.detection().orElseThrow().counts().skips().sample())
                .extracting(Skip::prefix)
                .contains("s3://state/inbox/analytics/flights/0.json");
    }

    @Test
    void aPartitionThatIsNotReadyWaitsInTheInbox() {
        fixture.data("dt=2026-11-20/hour=8").told(H8);

        DetectorAnswer answer = fixture.detect(COMPLETE + MARKED);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().waiting()).isEqualTo(1);
        assertThat(fixture.listed())
                .as("whether it is gone and ready")
                .containsExactly("state/inbox/analytics/flights/", "lake/" + H8);
        assertThat(fixture.writes()).as("waiting costs no writes").noneMatch(write -> write.contains("inbox/"));
        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8));
    }

    @Test
    void whatDoesNotFitTheSpecStaysApartFromWhatIsNotReady() {
        fixture.table("").data("dt=2026-11-20/hour=8");
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, H8);
        fixture.told("flights/2026/11/20/09/");
        List<String> before = fixture.inbox.keys();

        fixture.detect(NAMES + MARKED);

        assertThat(fixture.inbox.keys()).isEqualTo(before);
        assertThat(fixture.writes()).noneMatch(write -> write.contains("inbox/"));
    }

    /** A run whose spec is from before the table moved to another bucket; the other one's prefixes are the same. */
    @ParameterizedTest
    @CsvSource({"false, 1", "true, 0"})
    void prefixesOfAnotherBucketAreLeftToRunsOfALaterSpec(boolean longBefore, int left) {
        fixture.table("").data("dt=2026-11-20/hour=8");
        Instant received = longBefore ? InboxFixture.LONG_BEFORE : fixture.clock.instant();
        fixture.inbox.tell(received, Optional.of("landing"), H8, H9);
        fixture.inbox.tell(received, Optional.of("lake"), H8);

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(fixture.prefixes()).containsExactly(H8);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.FOREIGN, 2L));
        assertThat(answer.detection().skippedSample())
                .extracting(Skip::prefix)
                .containsExactly("s3://landing/" + H8, "s3://landing/" + H9);
        assertThat(InboxFixture.takenBy(fixture.run()).orElseThrow()).hasSize(2 - left);
    }

    /** What waits is of the bucket in which it was seen. */
    @Test
    void whatWaitsKeepsItsBucket() {
        fixture.table("").data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9");
        fixture.aws.s3().put("lake", H9 + "_SUCCESS", "");
        fixture.inbox.tell(fixture.clock.instant(), Optional.of("lake"), H8, H9);

        fixture.detect(NAMES + MARKED);

        assertThat(fixture.inbox.of(FLIGHTS).getLast().entry().bucket()).hasValue("lake");
    }

    @Test
    void whatWaitsIsKeptBeforeTheManifestIsWritten() {
        Instant first = fixture.clock.instant();
        fixture.data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9").told(H8, H9);
        fixture.clock.advance(Duration.ofMinutes(5));
        fixture.told(H9);
        fixture.aws.s3().put("lake", H9 + "_SUCCESS", "");
        List<String> before = fixture.inbox.keys();

        fixture.detect(COMPLETE + MARKED);

        assertThat(fixture.prefixes()).containsExactly(H9);
        assertThat(InboxFixture.takenBy(fixture.run())).hasValue(before);
        assertThat(fixture.inbox.of(FLIGHTS))
                .filteredOn(delivered -> !before.contains(delivered.key()))
                .extracting(InboxContent.Delivered::entry)
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.partitions()).extracting(Partition::prefix).containsExactly(H8);
                    assertThat(left.received()).isEqualTo(first);
                    assertThat(left.spec()).hasValue("s3://config/flights.json");
                });
        List<String> puts = fixture.writes().stream()
                .map(write -> write.replaceAll("[0-9a-f]{16}|flights/2.*", "X"))
                .toList();
        assertThat(puts)
                .containsSubsequence(
                        "PutObject state/runs/r1/taken-X.json",
                        "PutObject state/inbox/analytics/X",
                        "PutObject state/runs/r1/pass-0/manifest.json");
    }

    @Test
    void manyEntriesOfAPartitionThatWaitsBecomeOne() {
        fixture.table("")
                .data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9")
                .told(H8)
                .told(H9)
                .told(H8);

        fixture.detect(NAMES + MARKED);

        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8, H9));
    }

    /** The earlier run has not ended, and deletes what it has taken over when it is redriven. */
    @Test
    void newsOfAPartitionIsNotFoldedIntoAnEntryThatAnotherRunHasTakenOver() {
        fixture.table("").data("dt=2026-11-20/hour=8").told(H8);
        fixture.aws.s3().put("lake", H8 + "_SUCCESS", "");
        fixture.detect(NAMES + MARKED);
        List<String> takenOver = InboxFixture.takenBy(fixture.run()).orElseThrow();
        fixture.aws.s3().delete("lake", H8 + "_SUCCESS");
        fixture.told(H8);

        fixture.detect("r2", json("{" + NAMES + MARKED + "}"));

        assertThat(takenOver).hasSize(1);
        assertThat(fixture.inbox.keys()).isNotEmpty().doesNotContainAnyElementsOf(takenOver);
        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8));
    }

    /** For one run, the spec has another location. */
    @Test
    void newsIsNotTakenForAsOldAsWhatHasWaitedLong() {
        fixture.table("").data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9");
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, H8);
        fixture.told(H9);
        fixture.detect(NAMES + MARKED);
        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8, H9));

        String moved = COMPLETE.replace("s3://lake/flights/", "s3://lake/moved/") + MARKED;
        fixture.detect("r2", json("{" + moved + "}"));

        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8, H9));
    }

    @Test
    void aConflictWaitsInTheInbox() {
        String padded = "flights/dt=2026-11-20/hour=08/";
        fixture.table("").data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=08").told(H8, padded);

        fixture.detect(NAMES + EVENTS);

        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8, padded));
        assertThat(fixture.detection().orElseThrow().counts().skips().reasons()).containsEntry(SkipReason.CONFLICT, 2L);
    }

    /** Events of the objects that a move removed come last; there is nothing left to do for them. */
    @Test
    void entryOfAPrefixFromWhichARegisteredPartitionHasMovedIsDone() {
        String padded = "dt=2026-11-20/hour=08";
        fixture.table("").data(padded).processed(padded, "2026-11-20", "8").told(H8);

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.GONE, 1L));
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    /** As when a producer writes a partition again under another name. */
    @Test
    void prefixThatWasRemovedIsInNoConflict() {
        String padded = "flights/dt=2026-11-20/hour=08/";
        fixture.table("").data("dt=2026-11-20/hour=08").told(H8, padded);

        fixture.detect(NAMES + EVENTS);

        assertThat(fixture.prefixes()).containsExactly(padded);
        assertThat(InboxFixture.takenBy(fixture.run())).hasValue(fixture.inbox.keys());
        assertThat(fixture.detection().orElseThrow().counts().skips().reasons())
                .containsExactly(entry(SkipReason.GONE, 1L));
    }

    /** Events may arrive after the partition has moved and failed at its new place. */
    @Test
    void failureIsRetriedWhereItsDataIsAndNotWhereAnOlderEventNamesIt() {
        String padded = "flights/dt=2026-11-20/hour=08/";
        fixture.table("")
                .data("dt=2026-11-20/hour=08")
                .outstanding(padded, "2026-11-20", "8")
                .told(H8);

        fixture.detect(NAMES + EVENTS);

        assertThat(fixture.prefixes()).containsExactly(padded);
        assertThat(fixture.detection().orElseThrow().counts().skips().reasons())
                .containsExactly(entry(SkipReason.GONE, 1L));
    }

    @Test
    void prefixesThatWereAllRemovedAreSettled() {
        fixture.table("").told(H8, "flights/dt=2026-11-20/hour=08/");

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.GONE, 2L));
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    @Test
    void aDryRunChangesNothing() {
        fixture.data("dt=2026-11-20/hour=8").told(H8, "flights/x/");
        List<String> before = fixture.inbox.keys();

        fixture.detect("r1", json("{'dryRun': true, " + COMPLETE + MARKED + "}"));

        assertThat(fixture.inbox.keys()).isEqualTo(before);
        assertThat(fixture.writes()).containsExactly("PutObject state/runs/r1/plan.json");
    }

    @Test
    void nothingIsLostWhenTheDetectionFails() {
        fixture.table("");
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        fixture.told(H8);
        fixture.aws.s3().deny("lake", H8);

        assertThatThrownBy(() -> fixture.detect(NAMES + EVENTS)).hasMessageContaining(H8);

        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8));
        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
    }
}
