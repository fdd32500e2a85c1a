package io.fanin.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final TableName FLIGHTS = new TableName("analytics", "flights");
    private static final TableName FLIGHTS_RAW = new TableName("analytics", "flights-raw");
    private static final TableName LEGS = new TableName("analytics", "legs");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final FakeS3 s3 = new FakeS3().createBucket("state");
    private final Inbox inbox = new Inbox(new S3ObjectStore(s3.client(), "state"), Workers.THREADS);

    @Test
    void entryIsReadAsWritten() {
        InboxEntry entry = entry(FLIGHTS, NOON);

        inbox.put(entry);

        assertThat(inbox.of(FLIGHTS).entries())
                .extracting(InboxContent.Delivered::entry)
                .containsExactly(entry);
        assertThat(s3.keys("state"))
                .singleElement()
                .asString()
                .matches("inbox/analytics/flights/20261120T120000\\.000-[0-9a-f-]{36}\\.json");
        assertThat(s3.text("state", s3.keys("state").getFirst()))
                .hasValue("{\"version\":1,\"table\":\"analytics.flights\",\"spec\":\"s3://config/specs/flights.json\","
                        + "\"received\":\"2026-11-20T12:00:00Z\",\"bucket\":\"lake\","
                        + "\"partitions\":[{\"values\":[\"8\"],\"prefix\":\"flights/hour=8/\"}]}");
    }

    /** So many entries are read before their partitions are counted that large ones would not fit into memory. */
    @Test
    void largeEntryIsPutAsSeveral() {
        List<Partition> partitions = IntStream.rangeClosed(0, 2 * Inbox.MAX_PARTITIONS_OF_ENTRY)
                .mapToObj(i -> new Partition(PartitionValues.of("" + i), "flights/hour=" + i + "/"))
                .toList();

        inbox.put(new InboxEntry(FLIGHTS, Optional.empty(), NOON, Optional.of("lake"), partitions));

        List<InboxContent.Delivered> entries = inbox.of(FLIGHTS).entries();
        List<Partition> put = entries.stream()
                .flatMap(delivered -> delivered.entry().partitions().stream())
                .toList();
        assertThat(entries).hasSize(3);
        assertThat(put).hasSameSizeAs(partitions);
        assertThat(new HashSet<>(put)).isEqualTo(new HashSet<>(partitions));
    }

    /**
     * Otherwise the entries about partitions that are written all the time keep those about new ones from being read.
     */
    @Test
    void partitionThatManyEntriesNameCountsOnce() {
        List<Partition> busy = IntStream.range(0, 1_000)
                .mapToObj(i -> new Partition(PartitionValues.of("" + i), "flights/hour=" + i + "/"))
                .toList();
        for (int i = 0; i < 120; i++) {
            inbox.put(new InboxEntry(FLIGHTS, Optional.empty(), NOON.plusSeconds(i), Optional.of("lake"), busy));
        }
        inbox.put(entry(FLIGHTS, NOON.plusSeconds(1_000)));

        assertThat(inbox.of(FLIGHTS).entries()).hasSize(121);
    }

    @Test
    void oldestEntriesComeFirst() {
        inbox.put(entry(FLIGHTS, NOON.plusMillis(5)));
        inbox.put(entry(FLIGHTS, NOON));
        inbox.put(entry(FLIGHTS, NOON.plusSeconds(86_400)));

        assertThat(inbox.of(FLIGHTS).entries())
                .extracting(delivered -> delivered.entry().received())
                .isSorted();
    }

    @Test
    void theSameEntryTwiceIsTwoEntries() {
        inbox.put(entry(FLIGHTS, NOON));
        inbox.put(entry(FLIGHTS, NOON));

        List<InboxContent.Delivered> entries = inbox.of(FLIGHTS).entries();
        inbox.delete(List.of(entries.getFirst().key()));

        assertThat(inbox.of(FLIGHTS).entries()).containsExactly(entries.getLast());
    }

    @Test
    void anEmptyInboxCostsOneRequest() {
        inbox.put(entry(FLIGHTS_RAW, NOON));
        s3.log().reset();

        assertThat(inbox.of(FLIGHTS).entries()).isEmpty();

        assertThat(s3.log().count()).isEqualTo(1);
    }

    @Test
    void waitingTablesCostOneListing() {
        inbox.put(entry(LEGS, NOON));
        inbox.put(entry(FLIGHTS, NOON.plusSeconds(1)));
        inbox.put(entry(FLIGHTS, NOON));
        inbox.put(entry(FLIGHTS_RAW, NOON));
        s3.put("state", "inbox/README.md", "");
        s3.put("state", "tables/analytics/other/state.json", "{}");
        s3.log().reset();

        List<WaitingTable> waiting = inbox.waiting();

        assertThat(waiting).extracting(WaitingTable::table).containsExactlyInAnyOrder(FLIGHTS, FLIGHTS_RAW, LEGS);
        assertThat(waiting)
                .filteredOn(table -> table.table().equals(FLIGHTS))
                .extracting(table -> inbox.read(table.key()))
                .as("the newest")
                .containsExactly(Optional.of(entry(FLIGHTS, NOON.plusSeconds(1))));
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(1);
    }

    @Test
    void noTableWaitsInEmptyInboxes() {
        assertThat(inbox.waiting()).isEmpty();
        assertThat(s3.log().count()).isEqualTo(1);
    }

    /** 5,000 entries are five pages: the second begins behind the table that fills the first. */
    @Test
    void aFullInboxIsPassedOver() {
        for (int i = 0; i < 5000; i++) {
            s3.put("state", "inbox/analytics/flights/%04d.json".formatted(i), "{}");
        }
        inbox.put(entry(LEGS, NOON));
        inbox.put(entry(FLIGHTS_RAW, NOON));
        s3.log().reset();

        assertThat(inbox.waiting())
                .extracting(WaitingTable::table)
                .containsExactlyInAnyOrder(FLIGHTS, FLIGHTS_RAW, LEGS);
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(2);
    }

    /** Such objects are never deleted: a newer version may be able to read them. */
    @Test
    void whatIsNoEntryIsNamed() {
        inbox.put(entry(FLIGHTS, NOON));
        s3.put("state", "inbox/analytics/flights/a.json", "{\"version\": 1");
        s3.put("state", "inbox/analytics/flights/b.json", "{\"version\": 1, \"table\": \"analytics.flights\"}");
        s3.put(
                "state",
                "inbox/analytics/flights/c.json",
                "{\"version\": 2, \"table\": \"analytics.flights\", \"received\": \"2026-11-20T12:00:00Z\","
                        + " \"partitions\": []}");

        InboxContent content = inbox.of(FLIGHTS);

        assertThat(content.entries()).hasSize(1);
        assertThat(content.unreadable())
                .extracting(InboxContent.Unreadable::uri)
                .containsExactly(
                        "s3://state/inbox/analytics/flights/a.json",
                        "s3://state/inbox/analytics/flights/b.json",
                        "s3://state/inbox/analytics/flights/c.json");
        assertThat(content.unreadable().getLast().why()).contains("has version 2, expected 1");
    }

    @Test
    void anEntryDeletedMeanwhileIsPassedOver() {
        inbox.put(entry(FLIGHTS, NOON));
        s3.faults()
                .on("GetObject")
                .thenRun(() -> s3.delete("state", s3.keys("state").getFirst()));

        assertThat(inbox.of(FLIGHTS)).isEqualTo(new InboxContent(List.of(), List.of()));
    }

    @Test
    void aHugeInboxIsTakenInParts() {
        for (int i = 0; i < 201; i++) {
            int first = i * 1_500;
            List<Partition> partitions = IntStream.range(first, first + 1_500)
                    .mapToObj(hour -> new Partition(PartitionValues.of("" + hour), "flights/hour=" + hour + "/"))
                    .toList();
            inbox.put(new InboxEntry(FLIGHTS, Optional.empty(), NOON.plusSeconds(i), Optional.of("lake"), partitions));
        }

        assertThat(inbox.of(FLIGHTS).entries())
                .as("100,000 partitions at least")
                .hasSize(100);
    }

    @Test
    void entriesThatCannotBeDeletedAreNoFailure() {
        inbox.put(entry(FLIGHTS, NOON));
        List<String> keys = s3.keys("state");
        s3.faults().on("DeleteObjects").nth(1).thenFail(403, "AccessDenied", "Access Denied");
        s3.faults().on("DeleteObjects").thenFailEntries(entry -> true, Fault.slowDown());

        assertThatCode(() -> inbox.delete(keys)).doesNotThrowAnyException();
        assertThatCode(() -> inbox.delete(keys)).doesNotThrowAnyException();
        inbox.delete(List.of());

        assertThat(s3.keys("state")).isEqualTo(keys);
        assertThat(s3.log().count("DeleteObjects")).isEqualTo(2);
    }

    private static InboxEntry entry(TableName table, Instant received) {
        return new InboxEntry(
                table,
                Optional.of("s3://config/specs/flights.json"),
                received,
                Optional.of("lake"),
                List.of(new Partition(PartitionValues.of("8"), "flights/hour=8/")));
    }
}
