package io.fanin.detector;

import io.fanin.core.layout.Layout;
import io.fanin.core.queue.MessageQueue;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.Readiness;
import io.fanin.core.table.TableDefinition;
import io.fanin.detector.queue.QueueMessages;
import io.fanin.detector.walk.SkipLog;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The partitions that the messages of a queue touch, less those that are registered as they are, and what failed before.
 * Nothing is listed.
 *
 * <p>A message is not deleted before its partitions are registered. One that has nothing to wait for is deleted when the run
 * has begun, one that is not the table's is given back; all others come back by themselves when their time is over.
 *
 * @param undecided gets from the selection the prefixes of partitions that are left for a later run
 */
record QueueDetection(
        DetectionSpec.Queue spec,
        TableDefinition table,
        MessageQueue.Opener queues,
        TableStanding standing,
        Selection selection,
        Set<String> undecided,
        SkipLog skips)
        implements Detection {

    @Override
    public Detected detect() {
        QueueMessages messages = new QueueMessages(
                table.location(), Layout.of(table), spec.readiness().flatMap(Readiness::marker), skips::add);
        try (MessageQueue queue = queues.apply(spec.queueUrl())) {
            queue.receive(spec.maxMessagesOrDefault(), messages::add);
        }
        try (selection;
                Sightings sightings = new Sightings(standing.forms())) {
            messages.touched().forEach(sightings::add);
            Detected detected = selection.select(sightings.iterator(), Optional.empty());
            return detected.endingWith(new Messages(messages, detected.candidates()));
        }
    }

    /** What becomes of the messages. */
    private final class Messages implements Ending {

        private final QueueMessages messages;
        private final Candidates candidates;

        Messages(QueueMessages messages, Candidates candidates) {
            this.messages = messages;
            this.candidates = candidates;
        }

        /** A run that ends before it has written this leaves its messages to come back, which costs a look at them. */
        @Override
        public void begun(RunFolder run) {
            Set<String> processed = new HashSet<>();
            candidates.partitions().forEachRemaining(partition -> processed.add(partition.prefix()));
            QueueMessages.Fates fates = messages.fates(
                    spec.queueUrl(),
                    processed::contains,
                    prefix -> !processed.contains(prefix) && !undecided.contains(prefix));
            if (!fates.taken().groups().isEmpty()) {
                run.writeTakenMessages(fates.taken());
            }
            try (MessageQueue queue = queues.apply(spec.queueUrl())) {
                queue.delete(fates.done());
                queue.release(fates.others());
            }
        }

        @Override
        public void planned() {
            try (MessageQueue queue = queues.apply(spec.queueUrl())) {
                queue.release(messages.receiptHandles());
            }
        }
    }
}
