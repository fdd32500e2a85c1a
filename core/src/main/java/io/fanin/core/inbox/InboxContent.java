package io.fanin.core.inbox;

import java.util.List;

/**
 * The content of a table's inbox, oldest entries first. It may be only the beginning: the rest is left to the next run.
 *
 * @param unreadable entries that this version cannot read; they are never deleted
 */
public record InboxContent(List<Delivered> entries, List<Unreadable> unreadable) {

    public InboxContent {
        entries = List.copyOf(entries);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * An entry with its key.
     *
     * @param key unique among all entries, also over time
     */
    public record Delivered(String key, InboxEntry entry) {}

    /**
     * An object that is not an entry.
     *
     * @param uri of the object
     */
    public record Unreadable(String uri, String why) {}
}
