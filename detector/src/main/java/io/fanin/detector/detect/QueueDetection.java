package io.fanin.detector.detect;

import io.fanin.core.layout.Skip;
import io.fanin.core.partition.Partition;
import io.fanin.core.queue.MessageQueue;
import io.fanin.core.run.detection.TakenMessages;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.detector.queue.QueueMessages;
import io.fanin.detector.select.Detected;
import io.fanin.detector.select.MessageSettlement;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.detector.select.TableStanding;
import io.fanin.detector.source.SourceMapping;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The partitions that the messages of a queue name: those that are not registered, and those that are and whose objects are
 * others now. Nothing above the partitions is listed.
 */
record QueueDetection(
        DetectionSpec.Queue spec,
        MessageQueue.Opener queues,
        QueueMessages messages,
        SourceMapping mapping,
        Consumer<Skip> skips,
        TableStanding standing,
        PartitionSelector selection,
        Set<String> settled)
        implements Detection {

    @Override
    public Detected detect() {
        try (selection;
                ObservedPartitions observations = new ObservedPartitions(standing.forms());
                MessageQueue queue = queues.apply(spec.queueUrl())) {
            try {
                queue.receive(spec.maxMessagesOrDefault(), messages::add);
                messages.touched().forEach(touched -> take(touched, observations));
                Detected detected = selection.select(observations.iterator(), Optional.empty());
                return detected.with(new Messages(fates(detected)));
            } catch (RuntimeException e) {
                // The next try is to find them, and not an empty queue.
                queue.release(messages.receiptHandles());
                throw e;
            }
        }
    }

    /** A message has nothing to wait for in a partition that the table cannot have. */
    private void take(Partition touched, ObservedPartitions observations) {
        mapping.taken(touched, skips).ifPresentOrElse(observations::add, () -> settled.add(touched.prefix()));
    }

    private QueueMessages.Fates fates(Detected detected) {
        return messages.fates(spec.queueUrl(), prefixes(detected.candidates())::contains, settled::contains);
    }

    private static Set<String> prefixes(PendingPartitions candidates) {
        Set<String> prefixes = new HashSet<>();
        for (Iterator<Partition> all = candidates.partitions(); all.hasNext(); ) {
            prefixes.add(all.next().dataPrefix());
        }
        return prefixes;
    }

    /** The messages that were taken. */
    private final class Messages implements MessageSettlement {

        private final QueueMessages.Fates fates;

        Messages(QueueMessages.Fates fates) {
            this.fates = fates;
        }

        @Override
        public Optional<TakenMessages> messages() {
            return Optional.of(fates.taken()).filter(taken -> !taken.groups().isEmpty());
        }

        @Override
        public boolean mayBeElsewhere() {
            return true;
        }

        @Override
        public void settle() {
            try (MessageQueue queue = queues.apply(spec.queueUrl())) {
                queue.delete(fates.done());
                queue.release(fates.others());
            }
        }

        @Override
        public void giveBack() {
            try (MessageQueue queue = queues.apply(spec.queueUrl())) {
                queue.release(messages.receiptHandles());
            }
        }
    }
}
