package io.fanin.core.inbox;

import java.util.List;

/**
 * What lies in a table's inbox, the oldest entries first. It may be only the beginning: what is not here comes with the next
 * run.
 *
 * @param unreadable entries that this version cannot read; nobody deletes them
 */
public record InboxContent(List<Delivered> entries, List<Unreadable> unreadable) {

    public InboxContent {
        entries = List.copyOf(entries);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * An entry and where it lies.
     *
     * @param key which no other entry ever has
     */
    public record Delivered(String key, InboxEntry entry) {}

    /**
     * An object that is no entry.
     *
     * @param uri of the object
     */
    public record Unreadable(String uri, String why) {}
}
