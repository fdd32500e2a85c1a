package io.fanin.core.queue;

/**
 * A message that was taken from a queue. For the queue's visibility timeout nobody else gets it; then it comes back,
 * unless it was deleted.
 *
 * @param receiptHandle what deletes it; each time that the message is taken it has another
 */
public record QueuedMessage(String id, String receiptHandle, String body) {}
