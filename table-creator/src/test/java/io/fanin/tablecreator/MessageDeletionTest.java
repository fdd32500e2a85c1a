package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.partition.Partition;
import io.fanin.core.queue.MessageQueue;
import io.fanin.core.queue.QueuedMessage;
import io.fanin.core.queue.SqsQueue;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.TakenMessages;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.OnPartial;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageDeletionTest {

    private static final String URL = "https://sqs.us-east-1.amazonaws.com/123456789012/landed";

    private static final DetectionReport NOTHING_SEEN = DetectionReport.NONE;

    private final RunFixture fixture = new RunFixture();
    private Map<String, QueuedMessage> taken = Map.of();

    @BeforeEach
    void takeMessages() {
        fixture.aws.sqs().createQueue(URL).send(URL, "0", "1", "2", "0 and 1", "later");
        List<QueuedMessage> messages = new ArrayList<>();
        try (MessageQueue queue =
                SqsQueue.opener(() -> fixture.aws.sqs().client()).apply(URL)) {
            queue.receive(100, messages::add);
        }
        taken = messages.stream().collect(Collectors.toMap(QueuedMessage::body, Function.identity()));
        fixture.createTable();
    }

    @Test
    void messagesAreDeletedWhenAllOfTheirPartitionsAreRegistered() {
        Pass pass = pass(0, hours(2));
        take(messages());

        pass.register();

        assertThat(remaining()).containsExactly("2", "later");
    }

    @Test
    void messagesOfAPartitionThatFailedStay() {
        Pass pass = pass(0, hours(3)).failing(1);
        take(messages());

        pass.register();

        assertThat(remaining()).containsExactly("1", "0 and 1", "later");
    }

    @Test
    void theyAreDeletedOnceARedriveHasRegisteredIt() {
        pass(0, hours(3)).failing(1).register();
        take(messages());
        Pass redriven = pass(1, List.of(hour(1)));

        redriven.register();

        assertThat(remaining()).containsExactly("later");
    }

    /** Messages name the raw data, and the report the partitions of the table. */
    @Test
    void messagesOfRawDataAreDeletedAfterRegistration() {
        Pass pass = pass(
                        0, hours(3).stream().map(MessageDeletionTest::converted).toList())
                .failing(1);
        take(new TakenMessages(
                TakenMessages.VERSION,
                URL,
                Stream.of(0, 1, 2)
                        .map(hour -> new TakenMessages.Group(
                                List.of(converted(hour(hour)).dataPrefix()),
                                List.of(taken.get(String.valueOf(hour)).receiptHandle())))
                        .toList()));

        pass.register();

        assertThat(remaining()).containsExactly("1", "0 and 1", "later");
    }

    private static Partition converted(Partition partition) {
        return new Partition(
                partition.values(),
                partition.prefix(),
                Optional.of(partition.prefix().replace("flights", "raw")));
    }

    /** Two invocations of a detector may have taken different messages; the manifest says whose the run answers for. */
    @Test
    void messagesOfAnInvocationThatWasNotTheFirstStay() {
        Pass pass = pass(0, hours(2));
        take(new TakenMessages(TakenMessages.VERSION, URL, List.of(group("0", 0))));
        fixture.folder(RUN)
                .writeDetection(
                        NOTHING_SEEN,
                        Optional.of(new TakenMessages(TakenMessages.VERSION, URL, List.of(group("1", 1)))));

        pass.register();

        assertThat(remaining()).containsExactly("1", "2", "0 and 1", "later");
    }

    @Test
    void messagesOfAPartitionThatTheRunDoesNotProcessStay() {
        Pass pass = pass(0, List.of(hour(0)));
        take(messages());

        pass.register();

        assertThat(remaining()).containsExactly("1", "2", "0 and 1", "later");
    }

    /** Before the report nothing else may remember what the message says. */
    @Test
    void theyAreDeletedAfterTheReportIsWritten() {
        Pass pass = pass(0, hours(3));
        take(messages());
        fixture.aws.log().reset();

        pass.register();

        List<String> calls = fixture.aws.log().calls().stream()
                .map(call -> call.operation() + " " + call.target())
                .toList();
        assertThat(calls)
                .containsSubsequence("PutObject state/runs/nightly-1/pass-0/report.json", "DeleteMessageBatch " + URL);
    }

    @Test
    void aQueueThatRefusesDoesNotFailTheRun() {
        Pass pass = pass(0, hours(3));
        take(messages());
        fixture.aws.sqs().faults().on("DeleteMessageBatch").then(Fault.accessDenied());

        TableCreatorAnswer answer = pass.register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(remaining()).hasSize(5);
    }

    @Test
    void aRunThatTookNoMessagesAsksNoQueue() {
        Pass pass = pass(0, hours(3));

        pass.register();

        assertThat(remaining()).hasSize(5);
        assertThat(fixture.aws.log().calls()).extracting(Call::operation).doesNotContain("DeleteMessageBatch");
    }

    @Test
    void otherWaysToDetectCostNoRequestMore() {
        Pass pass = fixture.pass(RUN, 0, hours(3));
        fixture.aws.log().reset();

        pass.register();

        assertThat(fixture.aws.log().calls()).extracting(Call::target).noneMatch(target -> target.contains("/queue-"));
    }

    private Pass pass(int number, List<Partition> partitions) {
        Pass pass = fixture.pass(RUN, number, partitions);
        fixture.writeSpec(
                RUN,
                OnPartial.FAIL,
                new DetectionSpec.Queue(URL, Optional.empty(), Optional.empty(), Optional.empty()));
        return pass;
    }

    private void take(TakenMessages messages) {
        fixture.begin(RUN, NOTHING_SEEN, Optional.of(messages));
    }

    private TakenMessages messages() {
        return new TakenMessages(
                TakenMessages.VERSION,
                URL,
                List.of(group("0", 0), group("1", 1), group("2", 2), group("0 and 1", 0, 1)));
    }

    private TakenMessages.Group group(String message, Integer... hours) {
        return new TakenMessages.Group(
                Stream.of(hours).map(RunFixture::hour).map(Partition::prefix).toList(),
                List.of(taken.get(message).receiptHandle()));
    }

    private List<String> remaining() {
        return fixture.aws.sqs().messages(URL);
    }
}
