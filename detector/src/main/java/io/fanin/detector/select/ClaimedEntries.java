package io.fanin.detector.select;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.model.run.detection.TakenEntries;
import java.util.List;
import java.util.Optional;

/**
 * The entries that a run takes over from its table's inbox, and the part that it leaves to the next run.
 *
 * @param taken keys of the entries that may be deleted once the run has ended, or has nothing to do
 * @param left partitions of the taken entries that have to wait instead of being processed; put into the inbox before
 *     anything is deleted
 */
public record ClaimedEntries(List<String> taken, Optional<InboxEntry> left) {

    /** Of a run that does not look into the inbox. */
    public static final ClaimedEntries NONE = new ClaimedEntries(List.of(), Optional.empty());

    public ClaimedEntries {
        taken = List.copyOf(taken);
    }

    /** The entries, to be recorded before anything says that the run will process them. */
    public Optional<TakenEntries> noted() {
        return taken.isEmpty() ? Optional.empty() : Optional.of(new TakenEntries(taken));
    }

    /** Keeps for the next run what this one leaves. May be repeated: duplicates have no effect. */
    public void leave(Inbox inbox) {
        left.ifPresent(inbox::put);
    }
}
