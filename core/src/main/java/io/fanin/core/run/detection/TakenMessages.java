package io.fanin.core.run.detection;

import java.util.List;

/**
 * The messages of a queue that a run has taken and whose partitions it processes. Each is to be deleted once all of its
 * partitions are registered; until then it comes back by itself.
 *
 * @param queueUrl of the queue that they were taken from
 */
public record TakenMessages(int version, String queueUrl, List<Group> groups) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    public TakenMessages {
        groups = List.copyOf(groups);
    }

    /**
     * Messages that wait for the same partitions.
     *
     * @param prefixes of the partitions' data, {@link io.fanin.core.partition.Partition#dataPrefix}; at least one
     * @param receiptHandles what deletes the messages
     */
    public record Group(List<String> prefixes, List<String> receiptHandles) {
        public Group {
            prefixes = List.copyOf(prefixes);
            receiptHandles = List.copyOf(receiptHandles);
        }
    }
}
