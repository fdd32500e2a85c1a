package io.fanin.detector.select;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.model.run.detection.TakenEntries;
import java.util.List;

/**
 * The entries that a run takes over from its table's inbox, and the parts that it leaves to the next run.
 *
 * @param taken keys of the entries that may be deleted once the run has ended, or has nothing to do
 * @param left partitions of the taken entries that have to wait instead of being processed; put into the inbox before
 *     anything is deleted
 */
public record ClaimedEntries(List<String> taken, List<InboxEntry> left) {

    /** The entries of a run that does not read the inbox. */
    public static final ClaimedEntries NONE = new ClaimedEntries(List.of(), List.of());

    public ClaimedEntries {
        taken = List.copyOf(taken);
        left = List.copyOf(left);
    }

    /** The taken entries, to be recorded before the run begins. */
    public TakenEntries noted() {
        return new TakenEntries(taken);
    }

    /**
     * Puts the partitions that have to wait into the inbox for the next run. May be repeated: duplicates have no
     * effect.
     */
    public void leave(Inbox inbox) {
        left.forEach(inbox::put);
    }
}
