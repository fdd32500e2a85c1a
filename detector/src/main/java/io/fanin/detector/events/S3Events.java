package io.fanin.detector.events;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.UnforeseenError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads S3's messages in a queue: its own notifications, directly or through an SNS topic, and its events on
 * EventBridge. An event of any kind, including deletion, concerns the object's partition, unless a lifecycle rule of
 * the bucket has deleted the object.
 *
 * <p>Keys are URL-encoded in S3's own notifications, with {@code +} for a space, and not encoded in EventBridge's
 * events.
 */
final class S3Events {

    /**
     * An event of EventBridge may pass through a topic to its queue; a message with more envelopes is not an event of
     * S3.
     */
    private static final int MAX_ENVELOPES = 3;

    /** The maximum length of a key in S3, in bytes of UTF-8; longer texts are not searched for folders. */
    private static final int MAX_KEY = 1_024;

    private static final String NOTIFICATION_SOURCE = "aws:s3";
    private static final String BUS_SOURCE = "aws.s3";

    /**
     * How the names of notifications begin, and the reason of events on EventBridge, if a lifecycle rule has deleted
     * the object: <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">Using
     * EventBridge</a>.
     */
    private static final String EXPIRATION_NAME = "LifecycleExpiration:";

    private static final String EXPIRATION_REASON = "Lifecycle Expiration";

    private S3Events() {}

    /** Never throws: the bodies may come from any principal with permission to send to the queue. */
    static EventBody read(String body) {
        return read(body, 0);
    }

    private static EventBody read(String body, int envelopes) {
        try {
            JsonNode json = LambdaEvents.mapper().readTree(body);
            if (json.path("Event").asText().equals("s3:TestEvent")) {
                return new EventBody.TestEvent();
            } else if (json.has("Records")) {
                return notification(LambdaEvents.mapper().treeToValue(json, S3EventNotification.class));
            } else if (json.has("detail-type")) {
                return busEvent(LambdaEvents.mapper().treeToValue(json, ScheduledEvent.class));
            } else if (json.has("TopicArn") && envelopes < MAX_ENVELOPES) {
                return delivery(LambdaEvents.mapper().treeToValue(json, SNSEvent.SNS.class), envelopes);
            }
            return new EventBody.Unreadable(
                    "it is not an event of S3: it has neither Records, nor a detail-type, nor a TopicArn");
        } catch (JsonProcessingException e) {
            return new EventBody.Unreadable("it is not an event of S3: " + LogSafe.of(e.getOriginalMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            return new EventBody.Unreadable("it is not an event of S3: " + UnforeseenError.shown(e));
        }
    }

    private static EventBody delivery(SNSEvent.SNS delivery, int envelopes) {
        return delivery.getMessage() == null
                ? new EventBody.Unreadable("it is a delivery of " + delivery.getTopicArn() + " without a Message")
                : read(delivery.getMessage(), envelopes + 1);
    }

    private static EventBody notification(S3EventNotification notification) {
        List<S3EventNotification.S3EventNotificationRecord> records = notification.getRecords();
        if (records == null || records.isEmpty()) {
            return new EventBody.Unreadable("its Records are empty");
        }
        List<S3ObjectName> objects = new ArrayList<>();
        List<S3ObjectName> expired = new ArrayList<>();
        for (S3EventNotification.S3EventNotificationRecord record : records) {
            Optional<S3ObjectName> object = Optional.ofNullable(record)
                    .filter(r -> NOTIFICATION_SOURCE.equals(r.getEventSource()))
                    .flatMap(S3Events::object);
            if (object.isEmpty()) {
                return new EventBody.Unreadable("its record " + (objects.size() + expired.size())
                        + " is not an event of S3 that names a bucket and an encoded key");
            }
            (hasExpired(record) ? expired : objects).add(object.get());
        }
        return new EventBody.Touched(objects, expired);
    }

    /** Names in notifications may have the prefix of those in a bucket's configuration. */
    private static boolean hasExpired(S3EventNotification.S3EventNotificationRecord record) {
        return Optional.ofNullable(record.getEventName())
                .filter(name -> name.startsWith(EXPIRATION_NAME) || name.startsWith("s3:" + EXPIRATION_NAME))
                .isPresent();
    }

    private static Optional<S3ObjectName> object(S3EventNotification.S3EventNotificationRecord record) {
        Optional<S3EventNotification.S3Entity> s3 = Optional.ofNullable(record.getS3());
        return s3.map(S3EventNotification.S3Entity::getBucket)
                .map(S3EventNotification.S3BucketEntity::getName)
                .flatMap(bucket -> s3.map(S3EventNotification.S3Entity::getObject)
                        .flatMap(S3Events::decodedKey)
                        .flatMap(key -> object(bucket, key)));
    }

    private static Optional<String> decodedKey(S3EventNotification.S3ObjectEntity object) {
        try {
            return Optional.ofNullable(object.getKey()).map(key -> object.getUrlDecodedKey());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static EventBody busEvent(ScheduledEvent event) {
        if (!BUS_SOURCE.equals(event.getSource())) {
            return new EventBody.Unreadable("it is an event of " + event.getSource() + ", not of " + BUS_SOURCE);
        }
        JsonNode detail = LambdaEvents.mapper().valueToTree(event.getDetail());
        return text(detail.path("bucket").path("name"))
                .flatMap(bucket -> text(detail.path("object").path("key")).flatMap(key -> object(bucket, key)))
                .<EventBody>map(object -> detail.path("reason").asText().equals(EXPIRATION_REASON)
                        ? new EventBody.Touched(List.of(), List.of(object))
                        : new EventBody.Touched(List.of(object), List.of()))
                .orElseGet(() -> new EventBody.Unreadable("its detail names no bucket and key"));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue());
    }

    private static Optional<S3ObjectName> object(String bucket, String key) {
        return isKey(key) ? Optional.of(new S3ObjectName(bucket, key)) : Optional.empty();
    }

    private static boolean isKey(String key) {
        return key.length() <= MAX_KEY && key.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY;
    }
}
