package io.fanin.core.queue;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;

/** A queue that gives each message again until it is deleted. Thread-safe; the one who opened it closes it. */
public interface MessageQueue extends AutoCloseable {

    /** Opens queues by their URLs. Nothing of a queue is loaded or asked before. */
    interface Opener extends Function<String, MessageQueue> {}

    /**
     * Takes messages until the queue has none to give, or the given number was taken. A message may be given twice.
     *
     * @param consumer is called by one thread at a time
     * @throws QueueAccessException when there is no such queue, or it may not be read
     */
    void receive(int atMost, Consumer<QueuedMessage> consumer);

    /**
     * Deletes messages. Those that cannot be deleted are logged: they come back, so that nothing is lost.
     *
     * @return how many could not be deleted
     */
    int delete(Collection<String> receiptHandles);

    /**
     * Gives messages back, so that they need not wait for their timeout to be taken again.
     *
     * @return how many could not be given back: they come back later
     */
    int release(Collection<String> receiptHandles);

    @Override
    void close();
}
