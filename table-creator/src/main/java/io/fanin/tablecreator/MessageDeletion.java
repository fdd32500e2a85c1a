package io.fanin.tablecreator;

import io.fanin.core.partition.Partition;
import io.fanin.core.queue.MessageQueue;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.detection.TakenMessages;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.TableSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the queue messages whose partitions a run has registered. A message that names a failed partition stays in
 * the queue and becomes visible again; without this call all messages do.
 */
final class MessageDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDeletion.class);

    /** The pass whose manifest has the partitions of the messages. */
    private static final int FIRST_PASS = 0;

    private final MessageQueue.Opener queues;

    MessageDeletion(MessageQueue.Opener queues) {
        this.queues = queues;
    }

    /**
     * Call it after the pass's report is written: until then only the message records its partition.
     *
     * @param detection on which the run is based
     */
    void delete(RunFolder run, TableSpec spec, DetectionFiles detection, RunReport report) {
        if (spec.detectionOrDefault() instanceof DetectionSpec.Queue) {
            detection.takenMessages().ifPresent(messages -> delete(messages, registered(run, report)));
        }
    }

    private void delete(TakenMessages messages, Set<String> registered) {
        List<String> handles = messages.groups().stream()
                .filter(group -> registered.containsAll(group.prefixes()))
                .flatMap(group -> group.receiptHandles().stream())
                .toList();
        if (handles.isEmpty()) {
            return;
        }
        try (MessageQueue queue = queues.apply(messages.queueUrl())) {
            int failed = queue.delete(handles);
            LOG.info("{} messages of {} deleted", handles.size() - failed, messages.queueUrl());
        }
    }

    /** The partitions of the manifest that are not outstanding in the report. */
    private static Set<String> registered(RunFolder run, RunReport report) {
        Set<String> prefixes = new HashSet<>();
        run.readManifest(
                FIRST_PASS,
                batch -> batch.partitions().stream().map(Partition::dataPrefix).forEach(prefixes::add));
        report.failures().stream()
                .map(failure -> failure.toPartition().dataPrefix())
                .forEach(prefixes::remove);
        return prefixes;
    }
}
