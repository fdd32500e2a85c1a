package io.fanin.detector.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.layout.Layout;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.queue.QueuedMessage;
import io.fanin.core.run.detection.TakenMessages;
import io.fanin.core.table.S3Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueMessagesTest {

    private static final String URL = "https://sqs.us-east-1.amazonaws.com/123456789012/landed";
    private static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));
    private static final String H8 = "flights/dt=2026-11-20/hour=8/";
    private static final String H9 = "flights/dt=2026-11-20/hour=9/";

    private final List<Skip> skips = new ArrayList<>();
    private final QueueMessages messages = new QueueMessages(
            S3Location.of("s3://lake/flights/"), Layout.of("hive", KEYS), Optional.of("_SUCCESS"), skips::add);
    private int sent;

    @Test
    void objectsTouchTheirPartitionOnce() {
        send(Events.notification("lake", H9 + "a.json", H8 + "a.json"));
        send(Events.notification("lake", H8 + "b.json"));
        send(Events.busEvent("Object Deleted", "lake", H8 + "a.json"));

        assertThat(messages.touched()).containsExactly(partition(H8, "8"), partition(H9, "9"));
        assertThat(skips).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "part/a.json", "part/deeper/a.json", "_SUCCESS", "a b.json", "é.json"})
    void whatIsDeeperThanTheLastKeyBelongsToThePartitionAboveIt(String name) {
        send(Events.busEvent("Object Created", "lake", H8 + name));

        assertThat(messages.touched()).containsExactly(partition(H8, "8"));
    }

    /** The prefix that is listed later has to be the producer's own. */
    @Test
    void aPrefixKeepsTheWritersSpelling() {
        send(Events.notification("lake", "flights/DT%3D2026-11-20/hour%3D08/a.json"));

        assertThat(messages.touched()).extracting(Partition::prefix).containsExactly("flights/DT=2026-11-20/hour=08/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                H8,
                H8 + "folder/",
                H8 + "folder_$folder$",
                H8 + "_temporary/0/a.json",
                H8 + "part/_SUCCESS",
                H8 + "part/.a.crc",
                H8 + "_committed_1",
                H8 + ".a.json.crc",
                "flights/dt=2026-11-20/",
                "flights/dt=2026-11-20_$folder$",
                "flights/",
            })
    void namesThatAreNoDataTouchNothing(String key) {
        send(Events.busEvent("Object Created", "lake", key));

        assertThat(messages.touched()).isEmpty();
        assertThat(skips).isEmpty();
        assertThat(fates(Set.of(), Set.of()).done()).containsExactly("handle-0");
    }

    @ParameterizedTest
    @CsvSource({
        "flights/README.md,                          flights/README.md,                     MISSING_LEVEL",
        "flights/dt=2026-11-20/a.json,               flights/dt=2026-11-20/a.json,          MISSING_LEVEL",
        "flights/_tmp.json,                          flights/_tmp.json,                     HIDDEN",
        "flights/_temporary/a.json,                  flights/_temporary/,                   HIDDEN",
        "flights/_temporary/0/hour=8/a.json,         flights/_temporary/,                   HIDDEN",
        "flights//hour=8/a.json,                     flights//,                             NOT_IN_LAYOUT",
        "flights/hour=8/dt=2026-11-20/a.json,        flights/hour=8/,                       NOT_IN_LAYOUT",
        "flights/dt=2026-02-30/hour=8/a.json,        flights/dt=2026-02-30/,                BAD_VALUE",
        "flights/dt=2026-11-20/hour=7x/a.json,       flights/dt=2026-11-20/hour=7x/,        BAD_VALUE",
    })
    void namesThatAreNoPartitionAreSkippedOnceWithTheirReason(String key, String skipped, SkipReason reason) {
        send(Events.busEvent("Object Created", "lake", key));
        send(Events.busEvent("Object Created", "lake", key));

        assertThat(messages.touched()).isEmpty();
        assertThat(skips).singleElement().satisfies(skip -> {
            assertThat(skip.prefix()).isEqualTo(skipped);
            assertThat(skip.reason()).isEqualTo(reason);
        });
        assertThat(fates(Set.of(), Set.of()).done()).containsExactlyInAnyOrder("handle-0", "handle-1");
    }

    @ParameterizedTest
    @CsvSource({"other, flights/dt=2026-11-20/hour=8/a.json", "lake, flights_v2/dt=2026-11-20/hour=8/a.json"})
    void whatLiesOutsideOfTheTableIsNamedAndItsMessageLeft(String bucket, String key) {
        send(Events.busEvent("Object Created", bucket, key));

        assertThat(messages.touched()).isEmpty();
        assertThat(skips).singleElement().satisfies(skip -> {
            assertThat(skip.prefix()).isEqualTo("s3://" + bucket + "/" + key);
            assertThat(skip.reason()).isEqualTo(SkipReason.FOREIGN);
        });
        QueueMessages.Fates fates = fates(Set.of(H8), Set.of());
        assertThat(fates.others()).containsExactly("handle-0");
        assertThat(fates.done()).isEmpty();
        assertThat(fates.taken().groups()).isEmpty();
    }

    /** Its other partition is another table's to process: this one may not delete what remembers it. */
    @Test
    void aMessageThatIsForeignInPartTouchesAndStays() {
        send("{\"Records\":["
                + recordsOf(Events.notification("lake", H8 + "a.json")) + ","
                + recordsOf(Events.notification("other", "x/a.json")) + "]}");

        assertThat(messages.touched()).containsExactly(partition(H8, "8"));
        QueueMessages.Fates fates = fates(Set.of(H8), Set.of());
        assertThat(fates.others()).containsExactly("handle-0");
        assertThat(fates.taken().groups()).isEmpty();
    }

    @Test
    void whatNobodyUnderstandsIsNamedAndLeft() {
        send("hello");

        assertThat(skips).singleElement().satisfies(skip -> {
            assertThat(skip.prefix()).isEqualTo("message id-0");
            assertThat(skip.reason()).isEqualTo(SkipReason.UNREADABLE);
            assertThat(skip.detail()).startsWith("it is no event of S3");
        });
        assertThat(fates(Set.of(), Set.of()).others()).containsExactly("handle-0");
    }

    @Test
    void aTestEventHasNothingToWaitFor() {
        send(Events.TEST_EVENT);

        assertThat(skips).isEmpty();
        assertThat(fates(Set.of(), Set.of()).done()).containsExactly("handle-0");
    }

    @Test
    void aMessageWaitsForAllOfItsPartitions() {
        send(Events.notification("lake", H8 + "a.json", H9 + "a.json", H8 + "b.json"));
        send(Events.notification("lake", H9 + "b.json", H8 + "c.json"));
        send(Events.notification("lake", H9 + "c.json"));

        QueueMessages.Fates fates = fates(Set.of(H8, H9), Set.of());

        assertThat(fates.done()).isEmpty();
        assertThat(fates.taken().queueUrl()).isEqualTo(URL);
        assertThat(fates.taken().groups())
                .containsExactlyInAnyOrder(
                        new TakenMessages.Group(List.of(H8, H9), List.of("handle-0", "handle-1")),
                        new TakenMessages.Group(List.of(H9), List.of("handle-2")));
    }

    @Test
    void whatIsSettledIsNotWaitedFor() {
        send(Events.notification("lake", H8 + "a.json"));
        send(Events.notification("lake", H8 + "b.json", H9 + "a.json"));

        QueueMessages.Fates fates = fates(Set.of(H9), Set.of(H8));

        assertThat(fates.done()).containsExactly("handle-0");
        assertThat(fates.taken().groups()).containsExactly(new TakenMessages.Group(List.of(H9), List.of("handle-1")));
    }

    /** It is not ready, or in conflict: the message is what remembers it. */
    @Test
    void aMessageOfAPartitionThatIsNeitherProcessedNorSettledComesBack() {
        send(Events.notification("lake", H8 + "a.json"));
        send(Events.notification("lake", H8 + "b.json", H9 + "a.json"));

        QueueMessages.Fates fates = fates(Set.of(H9), Set.of());

        assertThat(fates.done()).isEmpty();
        assertThat(fates.others()).isEmpty();
        assertThat(fates.taken().groups()).isEmpty();
    }

    @Test
    void noReceiptHandleIsLost() {
        send(Events.TEST_EVENT);
        send("hello");
        send(Events.notification("lake", H8 + "a.json"));
        send(Events.notification("lake", H8 + "a.json", H9 + "a.json"));

        assertThat(messages.receiptHandles()).containsExactlyInAnyOrder("handle-0", "handle-1", "handle-2", "handle-3");
    }

    private void send(String body) {
        messages.add(new QueuedMessage("id-" + sent, "handle-" + sent, body));
        sent++;
    }

    private QueueMessages.Fates fates(Set<String> processed, Set<String> settled) {
        return messages.fates(URL, processed::contains, settled::contains);
    }

    private static Partition partition(String prefix, String hour) {
        return new Partition(PartitionValues.of("2026-11-20", hour), prefix);
    }

    private static String recordsOf(String notification) {
        return notification.substring(notification.indexOf('[') + 1, notification.lastIndexOf(']'));
    }
}
