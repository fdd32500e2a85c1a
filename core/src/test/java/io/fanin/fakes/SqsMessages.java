package io.fanin.fakes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of one queue. A receipt handle is {@code handle-<message>-<how often it was taken>}. */
final class SqsMessages {

    private final Map<Integer, Message> messages = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration visibilityTimeout;
    private int sent;
    private int atMost = Integer.MAX_VALUE;

    SqsMessages(Clock clock, Duration visibilityTimeout) {
        this.clock = clock;
        this.visibilityTimeout = visibilityTimeout;
    }

    void add(String body) {
        messages.put(sent, new Message(sent, body));
        sent++;
    }

    void giveAtMost(int count) {
        atMost = count;
    }

    List<String> bodies() {
        return messages.values().stream().map(message -> message.body).toList();
    }

    List<String> visible() {
        return messages.values().stream()
                .filter(message -> message.isVisible(clock.instant()))
                .map(message -> message.body)
                .toList();
    }

    List<ObjectNode> take(int wanted) {
        List<ObjectNode> taken = new ArrayList<>();
        for (Message message : messages.values()) {
            if (taken.size() < Math.min(wanted, atMost) && message.isVisible(clock.instant())) {
                message.taken++;
                message.visibleFrom = clock.instant().plus(visibilityTimeout);
                taken.add(message.describe());
            }
        }
        return taken;
    }

    void delete(String handle) {
        find(handle)
                .filter(message -> message.handle().equals(handle))
                .ifPresent(message -> messages.remove(message.number));
    }

    void hide(String handle, int seconds) {
        Message message = find(handle)
                .filter(found -> !found.isVisible(clock.instant()))
                .orElseThrow(() -> new Refusal(
                        400, "MessageNotInflight", "The specified message does not exist or is not available."));
        message.visibleFrom = clock.instant().plusSeconds(seconds);
    }

    /** The message that a handle was given for; empty when it has been deleted. */
    private Optional<Message> find(String handle) {
        String[] parts = handle.split("-", -1);
        if (parts.length != 3 || !parts[0].equals("handle")) {
            throw new Refusal(400, "ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
        }
        return Optional.ofNullable(messages.get(Integer.valueOf(parts[1])));
    }

    private static final class Message {
        private final int number;
        private final String body;
        private Instant visibleFrom = Instant.MIN;
        private int taken;

        Message(int number, String body) {
            this.number = number;
            this.body = body;
        }

        boolean isVisible(Instant now) {
            return !now.isBefore(visibleFrom);
        }

        String handle() {
            return "handle-" + number + "-" + taken;
        }

        /** The SDK refuses a body that is not of this digest. */
        ObjectNode describe() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("MessageId", "message-" + number)
                    .put("ReceiptHandle", handle())
                    .put("Body", body)
                    .put("MD5OfBody", md5(body));
        }

        private static String md5(String text) {
            try {
                MessageDigest md5 = MessageDigest.getInstance("MD5");
                return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
