package io.fanin.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.parallel.Workers;
import io.fanin.fakes.FakeSqs;
import io.fanin.fakes.Fault;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsQueueTest {

    private static final String URL = "https://sqs.us-east-1.amazonaws.com/123456789012/landed";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T08:00:00Z"));
    private final FakeSqs sqs = new FakeSqs(clock, new RequestLog(), new Faults()).createQueue(URL);
    private final List<Duration> pauses = new ArrayList<>();
    private final MessageQueue queue = new SqsQueue(sqs.client(), URL, pauses::add, Workers.THREADS);

    @Test
    void allMessagesAreTakenOnce() {
        send(1_234);

        List<QueuedMessage> taken = receive(10_000);

        assertThat(taken).extracting(QueuedMessage::body).containsExactlyInAnyOrderElementsOf(bodies(1_234));
        assertThat(sqs.visible(URL)).isEmpty();
        assertThat(sqs.messages(URL)).hasSize(1_234);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10, 11, 95, 100})
    void noMoreAreTakenThanAskedFor(int atMost) {
        send(200);

        List<QueuedMessage> taken = receive(atMost);

        assertThat(taken).hasSize(atMost);
        assertThat(sqs.visible(URL)).hasSize(200 - atMost);
    }

    /** SQS may give fewer than there are, and fewer than were asked for. */
    @Test
    void answersThatAreNotFullAreNotTheEnd() {
        sqs.giveAtMost(URL, 3);
        send(100);

        assertThat(receive(50)).hasSizeBetween(43, 50);
        assertThat(receive(1_000)).hasSizeGreaterThanOrEqualTo(50);
        assertThat(sqs.visible(URL)).isEmpty();
    }

    @Test
    void anEmptyQueueCostsOneRequestThatAsksAllServers() {
        assertThat(receive(10_000)).isEmpty();

        assertThat(sqs.log().calls()).singleElement().satisfies(call -> {
            assertThat(call.operation()).isEqualTo("ReceiveMessage");
            assertThat(call.target()).isEqualTo(URL);
            assertThat(call.fact("MaxNumberOfMessages")).isEqualTo("10");
            assertThat(call.fact("WaitTimeSeconds")).isEqualTo("1");
        });
    }

    @Test
    void theConsumerIsCalledByOneThreadAtATime() {
        send(500);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        queue.receive(500, message -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(20_000);
            inside.decrementAndGet();
        });

        assertThat(most).hasValue(1);
    }

    @Test
    void throttlingAndBrokenConnectionsAreRetried() {
        send(100);
        sqs.faults().on("ReceiveMessage").nth(3).thenFail(400, "RequestThrottled", "slow down");
        sqs.faults().on("ReceiveMessage").nth(5).thenDrop();

        assertThat(receive(1_000)).hasSize(100);
    }

    /** A smaller answer would look whole; what was taken comes back. */
    @Test
    void aQueueThatStopsAnsweringFailsTheReceipt() {
        send(1_000);
        sqs.faults()
                .hook((moment, call) ->
                        sqs.log().count("ReceiveMessage") > 20 ? Optional.of(new Fault.TimeOut()) : Optional.empty());

        assertThatThrownBy(() -> receive(10_000)).isInstanceOf(SdkClientException.class);
        assertThat(sqs.log().count("ReceiveMessage")).isLessThan(60);
    }

    @Test
    void aServiceThatFailsIsNotTheSpecsFault() {
        sqs.faults().on("ReceiveMessage").thenFail(500, "InternalError", "oops");

        assertThatThrownBy(() -> receive(10)).isInstanceOf(SqsException.class);
    }

    /** They come as they are, so that the state machine knows them by their class and tries again later. */
    @ParameterizedTest
    @CsvSource({
        "RequestThrottled, software.amazon.awssdk.services.sqs.model.RequestThrottledException",
        "KmsThrottled, software.amazon.awssdk.services.sqs.model.KmsThrottledException",
        "OverLimit, software.amazon.awssdk.services.sqs.model.OverLimitException"
    })
    void whatPassesIsNotTheSpecsFault(String code, Class<?> expected) {
        sqs.faults().on("ReceiveMessage").thenFail(400, code, "later");

        assertThatThrownBy(() -> receive(10)).isExactlyInstanceOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KmsAccessDenied", "KmsDisabled", "KmsNotFound", "KMS.AccessDeniedException"})
    void aQueueWhoseKeyMayNotBeUsedNamesTheParameterThatGrantsIt(String code) {
        sqs.faults().on("ReceiveMessage").thenFail(400, code, "no key");

        assertThatThrownBy(() -> receive(10))
                .isInstanceOf(QueueAccessException.class)
                .hasMessageContaining("no key")
                .hasMessageContaining("parameter KmsKeys")
                .hasMessageNotContaining("Queues");
    }

    @Test
    void aQueueThatIsNotThereIsNamed() {
        MessageQueue gone = new SqsQueue(sqs.client(), URL + "-gone", pauses::add, Workers.THREADS);

        assertThatThrownBy(() -> gone.receive(10, message -> {}))
                .isInstanceOf(QueueAccessException.class)
                .hasMessageContaining("landed-gone")
                .hasMessageContaining("The specified queue does not exist")
                .hasMessageContaining("$.detection.queueUrl");
    }

    @Test
    void aQueueThatMayNotBeReadNamesTheParameterThatGrantsIt() {
        sqs.faults().on("ReceiveMessage").then(Fault.accessDenied());

        assertThatThrownBy(() -> receive(10))
                .isInstanceOf(QueueAccessException.class)
                .hasMessageContaining("parameter Queues")
                .hasMessageNotContaining("KmsKeys");
    }

    @Test
    void messagesAreDeletedTenAtATime() {
        send(25);

        int failed = queue.delete(handles(receive(100)));

        assertThat(failed).isZero();
        assertThat(sqs.messages(URL)).isEmpty();
        assertThat(sqs.log().calls("DeleteMessageBatch"))
                .extracting(call -> call.fact("Entries"))
                .containsExactly("10", "10", "5");
    }

    @Test
    void nothingToDeleteCostsNothing() {
        assertThat(queue.delete(List.of())).isZero();

        assertThat(sqs.log().count()).isZero();
    }

    @Test
    void anEntryThatSqsCouldNotDeleteIsSentAgain() {
        send(3);
        List<QueuedMessage> taken = receive(3);
        sqs.faults()
                .on("DeleteMessageBatch")
                .first(2)
                .thenFailEntry(
                        List.of(taken.get(1).receiptHandle()), new Fault.Fail(500, "InternalError", "try again"));

        int failed = queue.delete(handles(taken));

        assertThat(failed).isZero();
        assertThat(sqs.messages(URL)).isEmpty();
        assertThat(sqs.log().calls("DeleteMessageBatch"))
                .extracting(call -> call.fact("Entries"))
                .containsExactly("3", "1", "1");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void anEntryThatSqsCanNeverDeleteIsGivenUpAfterFourAttempts() {
        send(2);
        List<QueuedMessage> taken = receive(2);
        sqs.faults()
                .on("DeleteMessageBatch")
                .thenFailEntry(
                        List.of(taken.getFirst().receiptHandle()), new Fault.Fail(500, "InternalError", "try again"));

        assertThat(queue.delete(handles(taken))).isEqualTo(1);
        assertThat(sqs.messages(URL)).containsExactly(taken.getFirst().body());
        assertThat(sqs.log().count("DeleteMessageBatch")).isEqualTo(4);
    }

    @Test
    void anEntryThatIsTheSendersFaultIsNotSentAgain() {
        send(1);
        List<String> handles = new ArrayList<>(handles(receive(1)));
        handles.add("nonsense");

        assertThat(queue.delete(handles)).isEqualTo(1);
        assertThat(sqs.messages(URL)).isEmpty();
        assertThat(sqs.log().count("DeleteMessageBatch")).isEqualTo(1);
    }

    @Test
    void aCallThatIsRefusedLeavesTheRestAlone() {
        send(30);
        List<String> handles = handles(receive(30));
        sqs.faults().on("DeleteMessageBatch").nth(2).then(Fault.accessDenied());

        assertThat(queue.delete(handles)).isEqualTo(20);
        assertThat(sqs.messages(URL)).hasSize(20);
        assertThat(sqs.log().count("DeleteMessageBatch")).isEqualTo(2);
    }

    /** Deleting is idempotent, so an answer that got lost is no reason to give up. */
    @Test
    void aDeletionWhoseAnswerIsLostIsRepeated() {
        send(5);
        List<String> handles = handles(receive(5));
        sqs.faults().on("DeleteMessageBatch").first(1).thenDropAfter();

        assertThat(queue.delete(handles)).isZero();
        assertThat(sqs.messages(URL)).isEmpty();
    }

    @Test
    void messagesThatAreGivenBackCanBeTakenAtOnce() {
        send(12);

        int failed = queue.release(handles(receive(12)));

        assertThat(failed).isZero();
        assertThat(receive(100)).hasSize(12);
    }

    @Test
    void whatIsNotDeletedComesBackWithAnotherHandle() {
        send(1);
        QueuedMessage first = receive(1).getFirst();
        clock.advance(Duration.ofSeconds(29));
        assertThat(receive(1)).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        QueuedMessage second = receive(1).getFirst();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
        assertThat(queue.delete(List.of(first.receiptHandle()))).isZero();
        assertThat(sqs.messages(URL)).as("deleted by a handle of earlier").hasSize(1);
    }

    private void send(int count) {
        sqs.send(URL, bodies(count).toArray(String[]::new));
    }

    private static List<String> bodies(int count) {
        return IntStream.range(0, count).mapToObj(i -> "body " + i).toList();
    }

    private List<QueuedMessage> receive(int atMost) {
        List<QueuedMessage> taken = new ArrayList<>();
        queue.receive(atMost, taken::add);
        return taken;
    }

    private static List<String> handles(Collection<QueuedMessage> messages) {
        return messages.stream().map(QueuedMessage::receiptHandle).toList();
    }
}
