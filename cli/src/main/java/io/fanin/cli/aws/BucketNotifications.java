package io.fanin.cli.aws;

import io.fanin.cli.aws.NotificationRefusedException.Reason;
import io.fanin.core.aws.AwsErrors;
import io.fanin.core.s3.ObjectRefusedException;
import io.fanin.model.text.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket's notifications of its objects. S3 stores them as one document, which is replaced as a whole, with its other
 * entries unchanged.
 */
public final class BucketNotifications {

    /** Removed objects change a partition, too. */
    private static final List<Event> EVENTS = List.of(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED);

    private static final String ID = "partition-fan-in";

    /** S3 allows 255 characters in an ID. */
    private static final int MAX_IN_ID = 200;

    private final S3Client s3;
    private final String bucket;

    public BucketNotifications(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * The prefix in the form that filters need: encoded like keys in notifications, except characters that are safe in
     * a key.
     */
    private static String encoded(String prefix) {
        return URLEncoder.encode(prefix, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")");
    }

    /** A notification to any receiver; prefixes are encoded. */
    private record Sent(String id, String to, List<String> events, List<FilterRule> rules) {

        private String rule(String name) {
            return rules.stream()
                    .filter(rule -> name.equalsIgnoreCase(rule.nameAsString()))
                    .map(FilterRule::value)
                    .findFirst()
                    .orElse("");
        }

        String prefix() {
            return rule("prefix");
        }

        boolean notifiesOfAll(String queue, String prefix) {
            return to.equals(queue)
                    && prefix.startsWith(prefix())
                    && rule("suffix").isEmpty()
                    && EVENTS.stream().allMatch(event -> events.contains(event.toString()));
        }

        /** Whether the filters overlap: S3 sends each event to one receiver only, and refuses overlapping filters. */
        boolean overlaps(String prefix) {
            return (prefix.startsWith(prefix()) || prefix().startsWith(prefix))
                    && events.stream()
                            .anyMatch(event -> EVENTS.stream().anyMatch(ours -> overlap(event, ours.toString())));
        }

        private static boolean overlap(String event, String ours) {
            return event.startsWith(ours.substring(0, ours.length() - 1));
        }

        @Override
        public String toString() {
            return "'" + id + "' (" + String.join(", ", events) + " of "
                    + (prefix().isEmpty() ? "all objects" : "'" + prefix() + "'") + ", to " + to + ")";
        }
    }

    /**
     * Adds a notification to a queue for objects that are created or removed.
     *
     * @param prefix with which their keys begin; empty for all
     * @return whether the notification is new; false if the queue is already notified
     * @throws NotificationRefusedException if another notification sends some of them to another receiver, or S3
     *     refuses
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html">Filtering</a>
     */
    public boolean subscribe(String queue, String prefix) {
        return subscribeTo(queue, encoded(prefix));
    }

    private boolean subscribeTo(String queue, String prefix) {
        GetBucketNotificationConfigurationResponse before = read();
        List<Sent> sent = sent(before);
        if (sent.stream().anyMatch(one -> one.notifiesOfAll(queue, prefix))) {
            return false;
        }
        sent.stream().filter(one -> one.overlaps(prefix)).findFirst().ifPresent(one -> {
            throw new NotificationRefusedException(
                    Reason.OVERLAPS,
                    "the notification " + one + " of s3://" + bucket
                            + " overlaps, and S3 sends each event to one receiver");
        });
        write(with(before, queue, prefix));
        if (sent(read()).stream().noneMatch(one -> one.notifiesOfAll(queue, prefix))) {
            throw new NotificationRefusedException(
                    Reason.CHANGED_MEANWHILE,
                    "somebody else has changed the notifications of s3://" + bucket + " at the same time");
        }
        return true;
    }

    private GetBucketNotificationConfigurationResponse read() {
        try {
            return s3.getBucketNotificationConfiguration(request -> request.bucket(bucket));
        } catch (S3Exception e) {
            if ("NoSuchBucket".equals(code(e))) {
                throw new NotificationRefusedException(Reason.NO_BUCKET, "there is no bucket s3://" + bucket, e);
            }
            throw denied("read", e);
        }
    }

    private static List<Sent> sent(GetBucketNotificationConfigurationResponse all) {
        return Stream.of(
                        all.queueConfigurations().stream()
                                .map(one -> sent(one.id(), one.queueArn(), one.eventsAsStrings(), one.filter())),
                        all.topicConfigurations().stream()
                                .map(one -> sent(one.id(), one.topicArn(), one.eventsAsStrings(), one.filter())),
                        all.lambdaFunctionConfigurations().stream()
                                .map(one ->
                                        sent(one.id(), one.lambdaFunctionArn(), one.eventsAsStrings(), one.filter())))
                .flatMap(Function.identity())
                .toList();
    }

    private static Sent sent(String id, String to, List<String> events, NotificationConfigurationFilter filter) {
        return new Sent(
                id,
                to,
                events,
                filter == null || filter.key() == null
                        ? List.of()
                        : filter.key().filterRules());
    }

    private static NotificationConfiguration with(
            GetBucketNotificationConfigurationResponse before, String queue, String prefix) {
        List<QueueConfiguration> queues = new ArrayList<>(before.queueConfigurations());
        queues.add(QueueConfiguration.builder()
                .id(id(prefix))
                .queueArn(queue)
                .events(EVENTS)
                .filter(filter -> filter.key(key -> key.filterRules(
                        prefix.isEmpty()
                                ? List.of()
                                : List.of(FilterRule.builder()
                                        .name("prefix")
                                        .value(prefix)
                                        .build()))))
                .build());
        return NotificationConfiguration.builder()
                .queueConfigurations(queues)
                .topicConfigurations(before.topicConfigurations())
                .lambdaFunctionConfigurations(before.lambdaFunctionConfigurations())
                .eventBridgeConfiguration(before.eventBridgeConfiguration())
                .build();
    }

    private static String id(String prefix) {
        return prefix.isEmpty() ? ID : ID + " " + (prefix.length() > MAX_IN_ID ? Sha256.token(prefix) : prefix);
    }

    private void write(NotificationConfiguration configuration) {
        try {
            s3.putBucketNotificationConfiguration(
                    request -> request.bucket(bucket).notificationConfiguration(configuration));
        } catch (S3Exception e) {
            if ("InvalidArgument".equals(code(e))) {
                throw new NotificationRefusedException(
                        Reason.RECEIVER,
                        "S3 refuses the notification of s3://" + bucket + ": "
                                + AwsErrors.message(e).orElse(e.getMessage()),
                        e);
            }
            throw denied("written", e);
        }
    }

    /** The failure for a denied request, since S3's own answer may name neither the bucket nor the permission. */
    private RuntimeException denied(String done, S3Exception e) {
        if (ObjectRefusedException.isOfOtherRegion(e)) {
            return new NotificationRefusedException(
                    Reason.OTHER_REGION, "s3://" + bucket + " lies in another region than the stack", e);
        }
        return e.statusCode() == HttpStatusCode.FORBIDDEN
                        && RefusedCredentials.find(e).isEmpty()
                ? new NotificationRefusedException(
                        Reason.DENIED, "the notifications of s3://" + bucket + " cannot be " + done + ": " + code(e), e)
                : e;
    }

    private static String code(S3Exception e) {
        return AwsErrors.code(e).orElseGet(() -> "S3 answers with status " + e.statusCode());
    }
}
