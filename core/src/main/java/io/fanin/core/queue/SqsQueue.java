package io.fanin.core.queue;

import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.text.Counted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** A queue of SQS. */
public final class SqsQueue implements MessageQueue {

    private static final Logger LOG = LoggerFactory.getLogger(SqsQueue.class);

    /**
     * What the batch calls take: <a
     * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html">DeleteMessageBatch</a>.
     */
    private static final int BATCH = 10;

    /** How often an entry is sent that SQS could not deal with. */
    private static final int MAX_ATTEMPTS = 4;

    private final SqsClient client;
    private final String url;
    private final Backoff backoff;
    private final Workers workers;

    SqsQueue(SqsClient client, String url, Sleeper sleeper, Workers workers) {
        this.client = client;
        this.url = url;
        this.backoff = new Backoff(sleeper);
        this.workers = workers;
    }

    /** Opens queues of SQS, each with a client of its own, which is closed with it. */
    public static Opener opener(Supplier<SqsClient> clients) {
        return opener(clients, Sleeper.SYSTEM, Workers.THREADS);
    }

    /**
     * The same for tests, which neither wait nor do two things at a time.
     *
     * @param sleeper how to wait between attempts
     * @param workers who receives messages
     */
    public static Opener opener(Supplier<SqsClient> clients, Sleeper sleeper, Workers workers) {
        return url -> new SqsQueue(clients.get(), url, sleeper, workers);
    }

    @Override
    public void receive(int atMost, Consumer<QueuedMessage> consumer) {
        new SqsReceiver(client, url, workers).receive(atMost, consumer);
    }

    @Override
    public int delete(Collection<String> receiptHandles) {
        return inBatches(receiptHandles, "deleted", this::deleteBatch);
    }

    @Override
    public int release(Collection<String> receiptHandles) {
        return inBatches(receiptHandles, "given back", this::releaseBatch);
    }

    @Override
    public void close() {
        client.close();
    }

    private List<BatchResultErrorEntry> deleteBatch(Map<String, String> handles) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        handles.forEach((id, handle) -> entries.add(DeleteMessageBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .build()));
        return client.deleteMessageBatch(request -> request.queueUrl(url).entries(entries))
                .failed();
    }

    private List<BatchResultErrorEntry> releaseBatch(Map<String, String> handles) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        handles.forEach((id, handle) -> entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .visibilityTimeout(0)
                .build()));
        return client.changeMessageVisibilityBatch(
                        request -> request.queueUrl(url).entries(entries))
                .failed();
    }

    /** A call that fails as a whole ends it: what is true of one batch is true of all. */
    private int inBatches(Collection<String> receiptHandles, String done, BatchCall call) {
        List<String> handles = List.copyOf(receiptHandles);
        int failed = 0;
        for (int from = 0; from < handles.size(); from += BATCH) {
            try {
                failed += batch(handles.subList(from, Math.min(from + BATCH, handles.size())), done, call);
            } catch (SdkException e) {
                int left = handles.size() - from;
                LOG.warn(
                        "{} of {} could not be {}, and will come back: {}",
                        Counted.of(left, "message"),
                        url,
                        done,
                        e.getMessage());
                return failed + left;
            }
        }
        return failed;
    }

    private int batch(List<String> handles, String done, BatchCall call) {
        Map<String, String> left = new HashMap<>();
        handles.forEach(handle -> left.put("m" + left.size(), handle));
        int refused = 0;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            List<BatchResultErrorEntry> errors = call.send(left);
            Map<String, String> again = new HashMap<>();
            for (BatchResultErrorEntry error : errors) {
                if (Boolean.TRUE.equals(error.senderFault()) || attempt == MAX_ATTEMPTS) {
                    refused++;
                    LOG.warn("a message of {} could not be {}, and comes back: {}", url, done, error);
                } else {
                    again.put(error.id(), left.get(error.id()));
                }
            }
            left.clear();
            left.putAll(again);
            if (!left.isEmpty()) {
                backoff.pauseAfter(attempt);
            }
        }
        return refused;
    }

    /** Does something to the messages of these receipt handles by their ids, and answers what failed. */
    private interface BatchCall {
        List<BatchResultErrorEntry> send(Map<String, String> handles);
    }
}
