package io.fanin.detector.events;

import io.fanin.model.json.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Bodies as S3, SNS and EventBridge write them, with all of their fields. */
public final class Events {

    public static final String TEST_EVENT = """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-20T08:00:00.000Z","Bucket":"lake",\
            "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE"}""";

    private Events() {}

    /** A notification of S3 with a record for each key, which is written as given. */
    public static String notification(String bucket, String... encodedKeys) {
        return "{\"Records\":["
                + Arrays.stream(encodedKeys)
                        .map(key -> record("ObjectCreated:Put", bucket, key))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    public static String notificationOf(String eventName, String bucket, String encodedKey) {
        return "{\"Records\":[" + record(eventName, bucket, encodedKey) + "]}";
    }

    /** A queue that is subscribed to a topic, without raw delivery. */
    public static String throughTopic(String message) {
        return """
            {"Type":"Notification","MessageId":"4f0a6d39-5fe3-5e6a-9d2f-0c2f1f0fd3f3",\
            "TopicArn":"arn:aws:sns:eu-west-1:123456789012:landed","Subject":"Amazon S3 Notification","Message":%s,\
            "Timestamp":"2026-11-20T08:00:01.000Z","SignatureVersion":"1","Signature":"EXAMPLE",\
            "SigningCertURL":"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem",\
            "UnsubscribeURL":"https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe","MessageAttributes":\
            {"kind":{"Type":"String","Value":"x"}}}""".formatted(Json.text(message));
    }

    /** An event of EventBridge; the key is written as given. */
    public static String busEvent(String detailType, String bucket, String key) {
        return busEvent(detailType, bucket, key, Map.of("requester", "123456789012"));
    }

    /** An event of EventBridge about an object that a lifecycle rule has deleted. */
    public static String expiration(String bucket, String key) {
        return busEvent(
                "Object Deleted",
                bucket,
                key,
                Map.of(
                        "requester", "s3.amazonaws.com",
                        "reason", "Lifecycle Expiration",
                        "deletion-type", "Permanently Deleted"));
    }

    private static String busEvent(String detailType, String bucket, String key, Map<String, String> more) {
        Map<String, Object> detail = new TreeMap<>(Map.of(
                "version",
                "0",
                "bucket",
                Map.of("name", bucket),
                "object",
                Map.of("key", key, "size", 5L << 30, "etag", "b1946ac92492d2347c6235b4d2611184"),
                "request-id",
                "N4N7GDK58NMKJ12R"));
        detail.putAll(more);
        return """
            {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"%s","source":"aws.s3",\
            "account":"123456789012","time":"2026-11-20T08:00:00Z","region":"eu-west-1",\
            "resources":["arn:aws:s3:::%s"],"detail":%s}""".formatted(detailType, bucket, Json.text(detail));
    }

    private static String record(String eventName, String bucket, String encodedKey) {
        return """
            {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-11-20T08:00:00.000Z",\
            "eventName":"%s","userIdentity":{"principalId":"AIDAJDPLRKLG7UEXAMPLE"},\
            "requestParameters":{"sourceIPAddress":"127.0.0.1"},\
            "responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG"},\
            "s3":{"s3SchemaVersion":"1.0","configurationId":"landed","bucket":{"name":"%s",\
            "ownerIdentity":{"principalId":"A3NL1KOZZKExample"},"arn":"arn:aws:s3:::%s"},"object":{"key":"%s",\
            "size":5368709120,"eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"096fKKXTRTtl3on89fVO.nfljtsv6qko",\
            "sequencer":"0055AED6DCD90281E5"}}}""".formatted(eventName, bucket, bucket, encodedKey);
    }
}
