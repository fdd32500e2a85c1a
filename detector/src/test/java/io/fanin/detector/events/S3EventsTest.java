package io.fanin.detector.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3EventsTest {

    /** Everything that S3 encodes, or leaves as it is, in its notifications. */
    private static final EventBody EXPIRED =
            new EventBody.Touched(List.of(), List.of(new S3ObjectName("lake", "flights/dt=1/a.json")));

    private static final String KEY = "flights/city=São Paulo+/dt=2026-11-20/a b%2Fc=d:e&\u0001\uD83D\uDE00.json";

    @Test
    void aNotificationNamesTheObjectOfEachRecord() {
        EventBody body = S3Events.read(Events.notification("lake", "flights/dt=1/a.json", "flights/dt=2/b.json"));

        assertThat(body)
                .isEqualTo(touched(
                        new S3ObjectName("lake", "flights/dt=1/a.json"),
                        new S3ObjectName("lake", "flights/dt=2/b.json")));
    }

    @Test
    void aKeyOfANotificationIsDecodedOnce() {
        String encoded = URLEncoder.encode(KEY, StandardCharsets.UTF_8);

        EventBody body = S3Events.read(Events.notification("lake", encoded));

        assertThat(encoded).contains("S%C3%A3o+Paulo%2B", "%252F");
        assertThat(body).isEqualTo(touched(new S3ObjectName("lake", KEY)));
    }

    @Test
    void keyOfAnEventBridgeEventIsNotDecoded() {
        EventBody body = S3Events.read(Events.busEvent("Object Created", "lake", KEY));

        assertThat(body).isEqualTo(touched(new S3ObjectName("lake", KEY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ObjectCreated:CompleteMultipartUpload",
                "ObjectRemoved:Delete",
                "ObjectRemoved:DeleteMarkerCreated"
            })
    void whateverHappenedToAnObjectTouchesIt(String eventName) {
        assertThat(S3Events.read(Events.notificationOf(eventName, "lake", "flights/dt=1/a.json")))
                .isEqualTo(touched(new S3ObjectName("lake", "flights/dt=1/a.json")));
    }

    @Test
    void aDeletionOnTheBusTouchesTheObject() {
        assertThat(S3Events.read(Events.busEvent("Object Deleted", "lake", "flights/dt=1/a.json")))
                .isEqualTo(touched(new S3ObjectName("lake", "flights/dt=1/a.json")));
    }

    /** A table is not made smaller by the rule that removes its raw data. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LifecycleExpiration:Delete",
                "LifecycleExpiration:DeleteMarkerCreated",
                "s3:LifecycleExpiration:Delete"
            })
    void expirationTouchesNoObject(String eventName) {
        assertThat(S3Events.read(Events.notificationOf(eventName, "lake", "flights/dt=1/a.json")))
                .isEqualTo(EXPIRED);
    }

    @Test
    void expirationOnTheBusTouchesNoObject() {
        assertThat(S3Events.read(Events.expiration("lake", "flights/dt=1/a.json")))
                .isEqualTo(EXPIRED);
        assertThat(S3Events.read(Events.throughTopic(Events.expiration("lake", "flights/dt=1/a.json"))))
                .isEqualTo(EXPIRED);
    }

    @Test
    void aTopicDeliversTheSame() {
        String notification = Events.notification("lake", "flights/dt=2026-11-20+08%3A00/a.json");
        String busEvent = Events.busEvent("Object Created", "lake", "flights/dt=2026-11-20+08%3A00/a.json");

        assertThat(S3Events.read(Events.throughTopic(notification)))
                .isEqualTo(touched(new S3ObjectName("lake", "flights/dt=2026-11-20 08:00/a.json")));
        assertThat(S3Events.read(Events.throughTopic(busEvent)))
                .isEqualTo(touched(new S3ObjectName("lake", "flights/dt=2026-11-20+08%3A00/a.json")));
    }

    @Test
    void aTestEventIsOneThroughATopicToo() {
        assertThat(S3Events.read(Events.TEST_EVENT)).isEqualTo(new EventBody.TestEvent());
        assertThat(S3Events.read(Events.throughTopic(Events.TEST_EVENT))).isEqualTo(new EventBody.TestEvent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                        | it is not an event of S3",
                "hello                                                     | it is not an event of S3",
                "null                                                      | it is not an event of S3",
                "[]                                                        | it is not an event of S3",
                "\"text\"                                                  | it is not an event of S3",
                "{\"Records\":[{\"s3\":                                    | it is not an event of S3",
                "{\"Records\":\"none\"}                                    | it is not an event of S3",
                "{\"Records\":[]}                                          | its Records are empty",
                "{\"Records\":null}                                        | its Records are empty",
                "{\"Records\":[null]}                                      | its record 0 is not an event of S3",
                "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}              | its record 0 is not an event of S3",
                "{\"Records\":[{\"eventSource\":\"aws:kinesis\"}]}         | its record 0 is not an event of S3",
                "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"} | it is an event of 'aws.events'",
                "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\"} | its detail names no bucket and key",
                "{\"TopicArn\":\"t\",\"Type\":\"Notification\"}            | it is a delivery of t without a Message",
                "{\"TopicArn\":\"t\",\"Message\":\"You have chosen to subscribe\"} | it is not an event of S3",
            })
    void whatIsNoEventOfS3SaysWhy(String body, String why) {
        assertThat(S3Events.read(body))
                .isInstanceOfSatisfying(
                        EventBody.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).startsWith(why));
    }

    @Test
    void aKeyThatIsNotEncodedMakesItsMessageUnreadable() {
        assertThat(S3Events.read(Events.notification("lake", "flights/dt=1/a.json", "flights/100%zz/a.json")))
                .isInstanceOfSatisfying(
                        EventBody.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).startsWith("its record 1 is not an event of S3"));
    }

    @Test
    void envelopesWithoutEndAreNotOpened() {
        String body = Events.TEST_EVENT;
        for (int i = 0; i < 4; i++) {
            body = Events.throughTopic(body);
        }

        assertThat(S3Events.read(body)).isInstanceOf(EventBody.Unreadable.class);
    }

    @Test
    void whatCannotBeReadIsQuotedOnOneLine() {
        assertThat(S3Events.read("{\"Records\":\u001b\n"))
                .isInstanceOfSatisfying(
                        EventBody.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).doesNotContain("\u001b", "\n"));
    }

    private static EventBody touched(S3ObjectName... objects) {
        return new EventBody.Touched(List.of(objects), List.of());
    }
}
