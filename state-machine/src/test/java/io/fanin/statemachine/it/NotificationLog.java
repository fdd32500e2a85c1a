package io.fanin.statemachine.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Collects the stack's notifications: events of the default bus and messages of the topic, each in a queue. */
record NotificationLog(EmulatorClients clients, String events, String messages) implements AutoCloseable {

    static final String TOPIC = "fanin-it-people";

    /** The topic, which is created before the stack is deployed. */
    static final String TOPIC_ARN = "arn:aws:sns:us-east-1:000000000000:" + TOPIC;

    private static final String RULE = "fanin-it-told";
    private static final String TARGET = "queue";

    static NotificationLog listening(EmulatorClients clients) {
        NotificationLog told = new NotificationLog(
                clients,
                clients.sqs()
                        .createQueue(queue -> queue.queueName(RULE + "-events"))
                        .queueUrl(),
                clients.sqs()
                        .createQueue(queue -> queue.queueName(RULE + "-messages"))
                        .queueUrl());
        clients.events()
                .putRule(
                        rule -> rule.name(RULE)
                                .eventPattern(
                                        "{\"source\": [\"partition-fan-in\"], \"detail-type\": [{\"anything-but\": \"Notice\"}]}"));
        clients.events()
                .putTargets(rule -> rule.rule(RULE)
                        .targets(Target.builder()
                                .id(TARGET)
                                .arn(told.arn(told.events))
                                .build()));
        clients.sns()
                .subscribe(
                        request -> request.topicArn(TOPIC_ARN).protocol("sqs").endpoint(told.arn(told.messages)));
        return told;
    }

    /** Waits for this number of events about a table. */
    List<JsonNode> awaitEvents(TestLake.Table table, int count) {
        List<JsonNode> found = new ArrayList<>();
        Polling.await(count + " events about " + table, () -> {
            received(events)
                    .filter(event -> event.at("/detail/database").asText().equals(table.database()))
                    .forEach(found::add);
            return found.size() >= count;
        });
        return List.copyOf(found);
    }

    /** Waits for this number of messages about a table. */
    List<JsonNode> awaitMessages(TestLake.Table table, int count) {
        List<JsonNode> found = new ArrayList<>();
        Polling.await(count + " messages about " + table, () -> {
            received(messages)
                    .filter(message -> message.path("Message").asText().contains(table.toString()))
                    .forEach(found::add);
            return found.size() >= count;
        });
        return List.copyOf(found);
    }

    @Override
    public void close() {
        clients.events().removeTargets(rule -> rule.rule(RULE).ids(TARGET));
        clients.events().deleteRule(rule -> rule.name(RULE));
        clients.sns()
                .listSubscriptionsByTopic(request -> request.topicArn(TOPIC_ARN))
                .subscriptions()
                .forEach(subscription ->
                        clients.sns().unsubscribe(request -> request.subscriptionArn(subscription.subscriptionArn())));
        clients.sqs().deleteQueue(request -> request.queueUrl(events));
        clients.sqs().deleteQueue(request -> request.queueUrl(messages));
    }

    private Stream<JsonNode> received(String queueUrl) {
        List<Message> batch = clients.sqs()
                .receiveMessage(request -> request.queueUrl(queueUrl).maxNumberOfMessages(10))
                .messages();
        batch.forEach(message -> clients.sqs()
                .deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
        return batch.stream().map(message -> json(message.body()));
    }

    private String arn(String queueUrl) {
        return clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    private static JsonNode json(String text) {
        try {
            return Json.documents().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }
}
