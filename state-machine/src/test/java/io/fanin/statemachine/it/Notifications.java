package io.fanin.statemachine.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What S3 sends of a table's objects to the queue that the stack may read. */
record Notifications(S3Client s3, SqsClient sqs, String queueUrl) implements AutoCloseable {

    private static final String QUEUE = "fanin-it-landed";

    /** The stack is deployed with it before the queue is there. */
    static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:" + QUEUE;

    /** Longer than a run takes: a message that is taken comes back only when a test says so. */
    private static final Duration VISIBILITY = Duration.ofMinutes(5);

    static Notifications of(TestLake.Table table, EmulatorClients clients) {
        String url = clients.sqs()
                .createQueue(queue -> queue.queueName(QUEUE)
                        .attributes(
                                Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(VISIBILITY.toSeconds()))))
                .queueUrl();
        FilterRule ofTheTable = FilterRule.builder()
                .name(FilterRuleName.PREFIX)
                .value(table.prefix())
                .build();
        QueueConfiguration whatLands = QueueConfiguration.builder()
                .queueArn(QUEUE_ARN)
                .events(Event.S3_OBJECT_CREATED)
                .filter(filter -> filter.key(key -> key.filterRules(List.of(ofTheTable))))
                .build();
        notify(clients.s3(), List.of(whatLands));
        return new Notifications(clients.s3(), clients.sqs(), url);
    }

    /** Waits until so many messages are there for anybody to take. */
    void await(int count) {
        Patience.await(queueUrl + " has " + count + " messages", () -> visible() == count);
    }

    int visible() {
        return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    /** Messages that somebody has taken, and that come back when their time is over. */
    int taken() {
        return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }

    /** Ends the time for which messages are taken; those that are deleted stay so. */
    void bringBack(List<String> receiptHandles) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = receiptHandles.stream()
                .map(handle -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("m" + receiptHandles.indexOf(handle))
                        .receiptHandle(handle)
                        .visibilityTimeout(0)
                        .build())
                .toList();
        sqs.changeMessageVisibilityBatch(request -> request.queueUrl(queueUrl).entries(entries));
    }

    @Override
    public void close() {
        notify(s3, List.of());
        sqs.deleteQueue(request -> request.queueUrl(queueUrl));
    }

    private static void notify(S3Client s3, List<QueueConfiguration> queues) {
        s3.putBucketNotificationConfiguration(request ->
                request.bucket(TestLake.BUCKET).notificationConfiguration(to -> to.queueConfigurations(queues)));
    }

    private int count(QueueAttributeName attribute) {
        return Integer.parseInt(
                sqs.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(attribute))
                        .attributes()
                        .get(attribute));
    }
}
