package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.inbox.InboxContent;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mode {@code events}: the partitions in the inbox are processed, and nothing else is listed. */
class InboxDetectionTest {

    private static final String H8 = "flights/dt=2026-11-20/hour=8/";
    private static final String H9 = "flights/dt=2026-11-20/hour=9/";
    private static final String EVENTS = ", 'detection': {'mode': 'events'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void namedPartitionsAreProcessedOnceAndNothingAboveThemIsListed() {
        fixture.data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9")
                .told(H9, H8)
                .told(H8);

        DetectorAnswer answer = fixture.detect(COMPLETE + EVENTS);

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(fixture.prefixes()).containsExactly(H8, H9);
        assertThat(fixture.work())
                .as("values are those of the prefix, whatever the entry says")
                .extracting(Partition::values)
                .containsExactly(PartitionValues.of("2026-11-20", "8"), PartitionValues.of("2026-11-20", "9"));
        assertThat(fixture.listed())
                .containsExactlyInAnyOrder("state/inbox/analytics/flights/", "lake/" + H8, "lake/" + H9);
        assertThat(fixture.inbox.keys()).hasSize(2);
        assertThat(InboxFixture.takenBy(fixture.run())).hasValue(fixture.inbox.keys());
    }

    @Test
    void anEmptyInboxCostsOneListing() {
        fixture.table("");

        assertThat(fixture.detect(NAMES + EVENTS).next()).isEqualTo(NextStep.NOTHING_NEW);

        assertThat(fixture.listed()).containsExactly("state/inbox/analytics/flights/");
        assertThat(fixture.glueRequests()).isEqualTo(1);
        assertThat(fixture.aws.log().count("DeleteObjects")).isZero();
    }

    @Test
    void whatIsRegisteredAsItIsIsDeletedByTheDetector() {
        fixture.table("")
                .data("dt=2026-11-20/hour=8")
                .processed("dt=2026-11-20/hour=8", "2026-11-20", "8")
                .told(H8);

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    @Test
    void whatChangedSinceItWasRegisteredIsLate() {
        fixture.table("").data("dt=2026-11-20/hour=8").processed("dt=2026-11-20/hour=8", "2026-11-20", "8");
        fixture.aws.s3().put("lake", H8 + "late.json", "{}");
        fixture.told(H8);

        assertThat(fixture.detect(NAMES + EVENTS).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.listed()).hasSize(2);
        assertThat(fixture.inbox.keys()).hasSize(1);
    }

    /** That one has failed while another layout was stated, by which the folder had other values. */
    @ParameterizedTest
    @CsvSource({"'', 1", "', ''maxAttempts'': 1', 0"})
    void whatWaitsStaysThoughAnotherPartitionOfItsFolderHasFailed(String more, int retried) {
        fixture.table("")
                .data("dt=2026-11-20/hour=8")
                .outstanding(H8, "2026-08-20", "11")
                .told(H8);

        DetectorAnswer answer =
                fixture.detect(NAMES + ", 'detection': {'mode': 'events', 'readiness': {'age': 'PT6H'}" + more + "}");

        assertThat(answer.partitions()).isEqualTo(retried);
        assertThat(fixture.inbox.prefixes()).containsExactly(List.of(H8));
        assertThat(InboxFixture.takenBy(fixture.run())).isEmpty();
    }

    /** Nobody knows what the other tool has seen, and an event says that something changed. */
    @Test
    void whatAnotherToolHasRegisteredIsLate() {
        fixture.table("")
                .data("dt=2026-11-20/hour=8")
                .registered("2026-11-20", "8")
                .told(H8);

        assertThat(fixture.detect(NAMES + EVENTS).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    @Test
    void whatIsOutstandingIsRetriedWithAnEmptyInbox() {
        fixture.table("").data("dt=2026-11-20/hour=9").outstanding(H9, "2026-11-20", "9");

        assertThat(fixture.detect(NAMES + EVENTS).detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.prefixes()).containsExactly(H9);
    }

    /** The table's record remembers it, and an entry that nobody takes over would start a run at each interval. */
    @Test
    void whatFailedTooOftenDoesNotWaitInTheInbox() {
        fixture.table("")
                .data("dt=2026-11-20/hour=9")
                .outstanding(H9, "2026-11-20", "9")
                .told(H9);

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'mode': 'events', 'maxAttempts': 1}");

        assertThat(answer.next()).isEqualTo(NextStep.PARTIAL);
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    @Test
    void whatIsNotTheTablesIsNamedAndDeleted() {
        fixture.table("");
        fixture.inbox.tell(
                InboxFixture.LONG_BEFORE,
                "elsewhere/dt=2026-11-20/hour=8/",
                "flights/dt=2026-11-31/hour=8/",
                "flights/x/y/z/");

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(answer.detection().skippedReasons())
                .isEqualTo(Map.of(SkipReason.FOREIGN, 2L, SkipReason.BAD_VALUE, 1L));
        assertThat(fixture.inbox.keys()).isEmpty();
    }

    /** A redriven execution has the spec from before the table was moved, and another run has that of the event. */
    @Test
    void whatANewerSpecMayNameStaysInTheInbox() {
        String moved = "elsewhere/dt=2026-11-20/hour=8/";
        fixture.table("").data("dt=2026-11-20/hour=9").told(moved, H9);
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, moved, "flights/x/y/z/");
        List<String> before = fixture.inbox.keys();

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(fixture.prefixes()).containsExactly(H9);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.FOREIGN, 2L));
        assertThat(InboxFixture.takenBy(fixture.run())).hasValue(before);
        assertThat(fixture.inbox.of(DetectorFixture.FLIGHTS))
                .filteredOn(delivered -> !before.contains(delivered.key()))
                .extracting(InboxContent.Delivered::entry)
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.partitions()).extracting(Partition::prefix).containsExactly(moved);
                    assertThat(left.received()).as("of its own event").isEqualTo(fixture.clock.instant());
                });
    }

    @Test
    void theSameInAnotherLayoutStaysUntouched() {
        fixture.table("").told("flights/2026/11/20/08/", "flights/dt=2026-11-31/hour=8/");
        List<String> before = fixture.inbox.keys();

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.detection().skippedReasons())
                .isEqualTo(Map.of(SkipReason.FOREIGN, 1L, SkipReason.BAD_VALUE, 1L));
        assertThat(fixture.inbox.keys()).isEqualTo(before);
        assertThat(fixture.writes()).noneMatch(write -> write.contains("inbox/"));
    }

    /** Only what events name is seen: the prefix that is registered may lie beside it all the same. */
    @Test
    void anotherPrefixOfTheSameValuesDoesNotReplaceTheRegisteredOne() {
        fixture.table("").data("dt=2026-11-20/hour=08").processed("dt=2026-11-20/hour=08", "2026-11-20", "08");
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        fixture.told(H8);

        DetectorAnswer answer = fixture.detect(NAMES + EVENTS);

        assertThat(answer.partitions()).isZero();
        assertThat(fixture.detection().orElseThrow().counts().skips().sample())
                .extracting(Skip::prefix)
                .containsExactly(H8);
        assertThat(fixture.inbox.keys()).hasSize(1);
    }

    @Test
    void partitionThatMovedToAnotherPrefixIsLate() {
        fixture.table("").data("dt=2026-11-20/hour=08").processed("dt=2026-11-20/hour=08", "2026-11-20", "08");
        fixture.aws.s3().delete("lake", "flights/dt=2026-11-20/hour=08/part-0.json");
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        fixture.told(H8);

        assertThat(fixture.detect(NAMES + EVENTS).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'readiness': {'marker': '_SUCCESS'}", ", 'readiness': {'quietPeriod': 'PT5M'}"})
    void whatWasRemovedBeforeItWasRegisteredIsNoFailure(String readiness) {
        fixture.table("").told(H8);

        DetectorAnswer answer = fixture.detect(NAMES + ", 'detection': {'mode': 'events'" + readiness + "}");

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.GONE, 1L));
        assertThat(fixture.inbox.keys()).isEmpty();
        assertThat(fixture.aws.log().calls("ListObjectsV2"))
                .filteredOn(call -> call.target().startsWith("lake/"))
                .hasSize(1);
    }

    @Test
    void prefixesOfTheSourceNameTheTablesPartitions() {
        String raw = "raw/dt=2026-11-20/hour=8/";
        fixture.raw("dt=2026-11-20/hour=8");
        fixture.inbox.tell(InboxFixture.LONG_BEFORE, raw, "raw/dt=2026-11-20/hour=25/", "flights/2026/11/20/08/");

        DetectorAnswer answer = fixture.detect(NAMES + ", 'location': 's3://lake/flights/', 'format': 'parquet',"
                + " 'columns': [{'name': 'carrier', 'type': 'string'}], 'layout': '${at}', 'partitionKeys': [{'name': 'at',"
                + " 'type': 'string', 'format': 'yyyy/MM/dd/HH'}], 'source': {'location': 's3://landing/raw/',"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]},"
                + " 'processor': {'type': 'convert'}" + EVENTS);

        assertThat(fixture.work())
                .containsExactly(
                        new Partition(PartitionValues.of("2026/11/20/08"), "flights/2026/11/20/08/", Optional.of(raw)));
        assertThat(fixture.listed()).containsExactly("state/inbox/analytics/flights/", "landing/" + raw);
        assertThat(answer.detection().skippedReasons())
                .isEqualTo(Map.of(SkipReason.BAD_VALUE, 1L, SkipReason.FOREIGN, 1L));
        assertThat(InboxFixture.takenBy(fixture.run())).hasValue(fixture.inbox.keys());
    }
}
