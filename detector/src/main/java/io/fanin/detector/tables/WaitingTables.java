package io.fanin.detector.tables;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.inbox.WaitingTable;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.tables.TableFilter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables whose inboxes are not empty. An inbox names its table's spec, so that no other specs are read. */
record WaitingTables(TableDirectory directory, Inbox inbox) {

    /**
     * The tables to run. Those disabled by their spec are left out. Tables whose specs cannot be read are left out and
     * reported, and their inboxes stay as they are.
     */
    KnownTables look(TableFilter filter) {
        List<KnownTable> tables = new ArrayList<>();
        List<SkippedTable> leftOut = new ArrayList<>();
        inbox.waiting().stream()
                .filter(waiting -> filter.has(waiting.table()))
                .map(this::look)
                .forEach(known -> {
                    tables.addAll(known.tables());
                    leftOut.addAll(known.leftOut());
                });
        return new KnownTables(tables, List.of(), leftOut);
    }

    /** A missing entry has been taken over by a run; later entries are found the next time. */
    private KnownTables look(WaitingTable waiting) {
        try {
            Optional<InboxEntry> entry = inbox.read(waiting.key());
            return entry.map(one -> one.spec()
                            .map(uri -> directory.find(waiting.table(), uri))
                            .orElseGet(() -> directory.find(waiting.table())))
                    .orElseGet(() -> new KnownTables(List.of(), List.of(), List.of()));
        } catch (UncheckedIOException e) {
            return new KnownTables(
                    List.of(),
                    List.of(),
                    List.of(new SkippedTable(
                            waiting.table().toString(),
                            Optional.of(waiting.table()),
                            Reason.UNREADABLE,
                            e.getMessage())));
        }
    }
}
