package io.fanin.detector.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.UnforeseenError;
import java.net.URLDecoder;
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
            JsonNode json = Json.documents().readTree(body);
            if (json.path("Event").asText().equals("s3:TestEvent")) {
                return new EventBody.TestEvent();
            } else if (json.has("Records")) {
                return notification(json.path("Records"));
            } else if (json.has("detail-type")) {
                return busEvent(json);
            } else if (json.has("TopicArn") && envelopes < MAX_ENVELOPES) {
                return delivery(json, envelopes);
            }
            return new EventBody.Unreadable(
                    "it is not an event of S3: it has neither Records, nor a detail-type, nor a TopicArn");
        } catch (JsonProcessingException e) {
            return new EventBody.Unreadable("it is not an event of S3: " + LogSafe.of(e.getOriginalMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            return new EventBody.Unreadable("it is not an event of S3: " + UnforeseenError.shown(e));
        }
    }

    private static EventBody delivery(JsonNode delivery, int envelopes) {
        return text(delivery.path("Message"))
                .map(message -> read(message, envelopes + 1))
                .orElseGet(() -> new EventBody.Unreadable(
                        "it is a delivery of " + delivery.path("TopicArn").asText() + " without a Message"));
    }

    private static EventBody notification(JsonNode records) {
        if (!records.isArray() && !records.isNull()) {
            return new EventBody.Unreadable("it is not an event of S3: its Records are no list");
        }
        if (records.isEmpty()) {
            return new EventBody.Unreadable("its Records are empty");
        }
        List<S3ObjectName> objects = new ArrayList<>();
        List<S3ObjectName> expired = new ArrayList<>();
        for (JsonNode record : records) {
            Optional<S3ObjectName> object = record.path("eventSource").asText().equals(NOTIFICATION_SOURCE)
                    ? notified(record.path("s3"))
                    : Optional.empty();
            if (object.isEmpty()) {
                return new EventBody.Unreadable("its record " + (objects.size() + expired.size())
                        + " is not an event of S3 that names a bucket and an encoded key");
            }
            (hasExpired(record.path("eventName").asText()) ? expired : objects).add(object.get());
        }
        return new EventBody.Touched(objects, expired);
    }

    /** Names in notifications may have the prefix of those in a bucket's configuration. */
    private static boolean hasExpired(String name) {
        return name.startsWith(EXPIRATION_NAME) || name.startsWith("s3:" + EXPIRATION_NAME);
    }

    private static Optional<S3ObjectName> notified(JsonNode s3) {
        return text(s3.path("bucket").path("name"))
                .flatMap(bucket -> text(s3.path("object").path("key"))
                        .flatMap(S3Events::decoded)
                        .flatMap(key -> object(bucket, key)));
    }

    private static Optional<String> decoded(String key) {
        try {
            return Optional.of(URLDecoder.decode(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static EventBody busEvent(JsonNode event) {
        String source = event.path("source").asText();
        if (!source.equals(BUS_SOURCE)) {
            return new EventBody.Unreadable("it is an event of '" + source + "', not of " + BUS_SOURCE);
        }
        JsonNode detail = event.path("detail");
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

    /** Longer texts are not searched for folders. */
    private static boolean isKey(String key) {
        return key.length() <= S3Location.MAX_KEY_BYTES
                && key.getBytes(StandardCharsets.UTF_8).length <= S3Location.MAX_KEY_BYTES;
    }
}
