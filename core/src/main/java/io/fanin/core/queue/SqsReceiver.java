package io.fanin.core.queue;

import io.fanin.core.parallel.Workers;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.KmsThrottledException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Empties a queue of SQS with several requests at a time. A request waits for a moment where nothing is there, since only
 * one that waits asks all of the servers over which SQS spreads a queue.
 */
final class SqsReceiver {

    /** What <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html">one request</a> gives. */
    private static final int BATCH = 10;

    private static final int WAIT_SECONDS = 1;
    private static final int THREADS = 8;

    private final SqsClient client;
    private final String url;
    private final Workers workers;

    SqsReceiver(SqsClient client, String url, Workers workers) {
        this.client = client;
        this.url = url;
        this.workers = workers;
    }

    /** One request tells whether there is anything; where there is, several threads go on until each has met the end. */
    void receive(int atMost, Consumer<QueuedMessage> consumer) {
        Allowance allowance = new Allowance(atMost);
        if (!receiveOnce(allowance, consumer)) {
            return;
        }
        try (ExecutorService threads = workers.open(THREADS)) {
            List<Future<?>> receivers =
                    Collections.nCopies(THREADS, (Runnable) () -> receiveAll(allowance, consumer)).stream()
                            .<Future<?>>map(threads::submit)
                            .toList();
            receivers.forEach(Workers::await);
        }
    }

    private void receiveAll(Allowance allowance, Consumer<QueuedMessage> consumer) {
        try {
            boolean more = true;
            while (more) {
                more = receiveOnce(allowance, consumer);
            }
        } catch (RuntimeException e) {
            allowance.close();
            throw e;
        }
    }

    /** Whether there may be more. */
    private boolean receiveOnce(Allowance allowance, Consumer<QueuedMessage> consumer) {
        int wanted = allowance.take(BATCH);
        if (wanted == 0) {
            return false;
        }
        List<Message> messages = request(wanted);
        allowance.giveBack(wanted - messages.size());
        synchronized (this) {
            messages.forEach(message ->
                    consumer.accept(new QueuedMessage(message.messageId(), message.receiptHandle(), message.body())));
        }
        return !messages.isEmpty();
    }

    private List<Message> request(int wanted) {
        try {
            return client.receiveMessage(request ->
                            request.queueUrl(url).maxNumberOfMessages(wanted).waitTimeSeconds(WAIT_SECONDS))
                    .messages();
        } catch (SqsException e) {
            if (passes(e)) {
                throw e;
            }
            throw new QueueAccessException(
                    "The queue " + url + " does not give its messages: " + e.getMessage() + ". " + advice(e), e);
        }
    }

    /** Whether it is worth to ask again later. The state machine does, where it knows the exception by its class. */
    private static boolean passes(SqsException e) {
        return e.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR
                || e.isThrottlingException()
                || e instanceof KmsThrottledException
                || e instanceof OverLimitException;
    }

    private static String advice(SqsException e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        return code.toLowerCase(Locale.ROOT).startsWith("kms")
                ? "Check the key that encrypts the queue, and that the stack's parameter KmsKeys has the key's ARN."
                : "Check $.detection.queueUrl, and that the stack's parameter Queues has the queue's ARN.";
    }

    /** How many messages may still be taken. */
    private static final class Allowance {
        private int left;
        private boolean closed;

        Allowance(int left) {
            this.left = left;
        }

        synchronized int take(int wanted) {
            int taken = closed ? 0 : Math.min(wanted, left);
            left -= taken;
            return taken;
        }

        synchronized void giveBack(int unused) {
            left += unused;
        }

        /** After a failure nobody takes more. */
        synchronized void close() {
            closed = true;
        }
    }
}
