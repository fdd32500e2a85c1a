package io.fanin.tablecreator.notices;

import io.fanin.model.text.LogSafe;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * An SNS topic, to which people subscribe.
 *
 * @param clients creates the client, which is closed after each call
 */
public record Topic(Supplier<SnsClient> clients, String arn, NoticeFormat format) implements NoticeListener {

    /** SNS allows fewer than 100 printable ASCII characters. */
    private static final int MAX_SUBJECT = 99;

    @Override
    public String name() {
        return "topic";
    }

    @Override
    public void send(Notice notice) {
        try (SnsClient sns = clients.get()) {
            sns.publish(request -> request.topicArn(arn)
                    .subject(subject(notice.title()))
                    .message(format.written(notice))
                    .messageAttributes(Map.of("kind", text(notice.kind()), "table", text(notice.table()))));
        }
    }

    private static String subject(String text) {
        return LogSafe.within(text.replaceAll("[^ -~]", "?"), MAX_SUBJECT);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
