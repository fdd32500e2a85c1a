package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SQS in memory: standard queues over AWS JSON 1.0, with the limits and the error shapes of SQS. Nothing waits: a request
 * that finds nothing is answered at once. Thread-safe.
 *
 * <p>A receipt handle that is no longer a message's latest deletes nothing and is not refused, which SQS may do.
 */
public final class FakeSqs extends FakeService {

    private static final int MAX_BATCH = 10;

    private final Map<String, SqsMessages> queues = new HashMap<>();
    private final Clock clock;

    public FakeSqs() {
        this(Clock.systemUTC(), new RequestLog(), new Faults());
    }

    public FakeSqs(Clock clock, RequestLog log, Faults faults) {
        super(log, faults);
        this.clock = clock;
    }

    public SqsClient client(ExecutionInterceptor... interceptors) {
        return connect(SqsClient.builder(), promptRetries(), List.of(interceptors));
    }

    /** A queue whose messages come back 30 seconds after they were taken. */
    public FakeSqs createQueue(String url) {
        return createQueue(url, Duration.ofSeconds(30));
    }

    public synchronized FakeSqs createQueue(String url, Duration visibilityTimeout) {
        queues.put(url, new SqsMessages(clock, visibilityTimeout));
        return this;
    }

    public synchronized FakeSqs send(String url, String... bodies) {
        for (String body : bodies) {
            queue(url).add(body);
        }
        return this;
    }

    /** The bodies of all messages that have not been deleted, oldest first. */
    public synchronized List<String> messages(String url) {
        return queue(url).bodies();
    }

    /** The bodies of those that the next request may get. */
    public synchronized List<String> visible(String url) {
        return queue(url).visible();
    }

    /** Makes a request get no more than a number of messages, as SQS may: it does not ask all of its servers. */
    public synchronized FakeSqs giveAtMost(String url, int messages) {
        queue(url).giveAtMost(messages);
        return this;
    }

    @Override
    Call describe(Request request) {
        JsonNode body = AwsJson.body(request);
        return new Call("sqs", AwsJson.operation(request), body.path("QueueUrl").asText(), AwsJson.facts(body));
    }

    @Override
    synchronized Response answer(Call call, Request request) {
        JsonNode body = AwsJson.body(request);
        SqsMessages queue = queue(call.target());
        return AwsJson.response(
                200,
                switch (call.operation()) {
                    case "ReceiveMessage" -> receive(queue, body);
                    case "DeleteMessageBatch" -> batch(call, body, entry -> queue.delete(handle(entry)));
                    case "ChangeMessageVisibilityBatch" ->
                        batch(
                                call,
                                body,
                                entry -> queue.hide(
                                        handle(entry),
                                        entry.path("VisibilityTimeout").asInt()));
                    default ->
                        throw new Refusal(
                                400, "UnknownOperationException", "FakeSqs does not know " + call.operation());
                });
    }

    @Override
    Response error(Request request, Fault.Fail error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return AwsJson.response(
                error.status(),
                body.put("__type", "com.amazonaws.sqs#" + error.code()).put("message", error.message()));
    }

    private SqsMessages queue(String url) {
        return Optional.ofNullable(queues.get(url))
                .orElseThrow(() -> new Refusal(400, "QueueDoesNotExist", "The specified queue does not exist."));
    }

    private static ObjectNode receive(SqsMessages queue, JsonNode request) {
        int wanted = request.path("MaxNumberOfMessages").asInt(1);
        if (wanted < 1 || wanted > MAX_BATCH) {
            throw new Refusal(
                    400,
                    "InvalidParameterValue",
                    "Value " + wanted
                            + " for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> messages = queue.take(wanted);
        if (!messages.isEmpty()) {
            answer.putArray("Messages").addAll(messages);
        }
        return answer;
    }

    private ObjectNode batch(Call call, JsonNode request, Consumer<JsonNode> effect) {
        JsonNode entries = request.path("Entries");
        requireBatch(entries);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode successful = answer.putArray("Successful");
        ArrayNode failed = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : entries) {
            Optional<Fault.Fail> error = outcome(call, entry, effect);
            String id = entry.path("Id").asText();
            if (error.isEmpty()) {
                successful.addObject().put("Id", id);
            } else {
                failed.addObject()
                        .put("Id", id)
                        .put("SenderFault", error.get().status() < 500)
                        .put("Code", error.get().code())
                        .put("Message", error.get().message());
            }
        }
        if (!failed.isEmpty()) {
            answer.set("Failed", failed);
        }
        return answer;
    }

    private Optional<Fault.Fail> outcome(Call call, JsonNode entry, Consumer<JsonNode> effect) {
        Optional<Fault.Fail> fault = faults().forEntry(call, List.of(handle(entry)));
        if (fault.isEmpty()) {
            try {
                effect.accept(entry);
            } catch (Refusal refusal) {
                return Optional.of(refusal.error());
            }
        }
        return fault;
    }

    private static void requireBatch(JsonNode entries) {
        Set<String> ids = new HashSet<>();
        entries.forEach(entry -> ids.add(entry.path("Id").asText()));
        if (entries.isEmpty()) {
            throw new Refusal(400, "EmptyBatchRequest", "There should be at least one entry in the request.");
        } else if (entries.size() > MAX_BATCH) {
            throw new Refusal(
                    400,
                    "TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
        } else if (ids.size() < entries.size()) {
            throw new Refusal(400, "BatchEntryIdsNotDistinct", "Two or more batch entries have the same Id.");
        }
    }

    private static String handle(JsonNode entry) {
        return entry.path("ReceiptHandle").asText();
    }
}
