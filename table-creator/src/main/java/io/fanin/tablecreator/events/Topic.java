package io.fanin.tablecreator.events;

import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * An SNS topic, which gets messages for people: that they may have to act, and that it is over.
 *
 * @param clients creates the client, which is closed after each call
 */
public record Topic(Supplier<SnsClient> clients, String arn) implements Listener {

    @Override
    public String name() {
        return "notification";
    }

    @Override
    public boolean wants(Kind kind) {
        return switch (kind) {
            case COMPLETE, ALL_COMPLETE, ALL_PARTIAL -> false; // each table that is partial or has failed is told of
            case PARTIAL, HEALED, FAILED -> true;
        };
    }

    @Override
    public void tell(Announcement announcement) {
        try (SnsClient sns = clients.get()) {
            sns.publish(request -> request.topicArn(arn)
                    .subject(announcement.subject())
                    .message(announcement.message())
                    .messageAttributes(Map.of("kind", text(announcement.kind().detailType()))));
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
