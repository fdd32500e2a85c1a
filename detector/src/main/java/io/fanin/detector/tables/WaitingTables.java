package io.fanin.detector.tables;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.history.TableHistories;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.inbox.WaitingTable;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables whose inboxes are not empty. An inbox names its table's spec, so that no other specs are read unless that
 * one cannot be read, or runs of all tables have found others of the table.
 */
record WaitingTables(TableDirectory directory, Inbox inbox, TableHistories histories, Workers workers) {

    /** The number of tables that are looked up at a time. */
    private static final int PARALLEL = 16;

    private static final Logger LOG = LoggerFactory.getLogger(WaitingTables.class);

    private static final KnownTables NONE = new KnownTables(List.of(), List.of(), List.of());

    /**
     * The tables to run. Those disabled by their spec are left out. Tables whose specs cannot be read, neither where
     * their newest events found them nor where they are now, are left out and reported, and their inboxes stay as they
     * are.
     */
    KnownTables find(TableFilter filter) {
        List<KnownTable> tables = new ArrayList<>();
        List<SkippedTable> leftOut = new ArrayList<>();
        List<SkippedTable> lost = new ArrayList<>();
        Stored stored = new Stored();
        List<WaitingTable> waiting =
                inbox.waiting().stream().filter(one -> filter.has(one.table())).toList();
        workers.each(PARALLEL, waiting, one -> find(one, stored)).forEach(known -> {
            tables.addAll(known.tables());
            known.leftOut().forEach(one -> (one.reason() == Reason.UNREADABLE ? lost : leftOut).add(one));
        });
        KnownTables found = lookUp(lost);
        tables.addAll(found.tables());
        leftOut.addAll(found.leftOut());
        tables.sort(Comparator.comparing(table -> table.name().toString()));
        leftOut.sort(Comparator.comparing(SkippedTable::what));
        return new KnownTables(tables, List.of(), leftOut);
    }

    /**
     * The tables that nothing knows any more, and for which events wait, as a run that looks only at these reports
     * them.
     *
     * @param known the tables of the stack
     */
    List<SkippedTable> forgotten(KnownTables known) {
        Set<String> reported = known.leftOut().stream().map(SkippedTable::what).collect(Collectors.toSet());
        Set<TableName> names = names(known.leftOut());
        Stream.concat(known.tables().stream(), known.disabled().stream()).forEach(table -> names.add(table.name()));
        Stored stored = new Stored();
        List<WaitingTable> unknown = inbox.waiting().stream()
                .filter(waiting -> !names.contains(waiting.table()))
                .toList();
        return workers.each(PARALLEL, unknown, waiting -> findIfPossible(waiting, stored)).stream()
                .flatMap(one -> one.leftOut().stream())
                .filter(one -> one.reason() == Reason.UNREADABLE && !reported.contains(one.what()))
                .toList();
    }

    private KnownTables findIfPossible(WaitingTable waiting, Stored stored) {
        try {
            return find(waiting, stored);
        } catch (CatalogException e) {
            LOG.warn("{}, for which events wait, cannot be looked for: {}", waiting.table(), e.getMessage());
            return NONE;
        }
    }

    /** A missing entry has been taken over by a run; later entries are found the next time. */
    private KnownTables find(WaitingTable waiting, Stored stored) {
        TableName table = waiting.table();
        try {
            return inbox.read(waiting.key())
                    .map(entry -> find(table, entry, stored))
                    .orElse(NONE);
        } catch (UncheckedIOException | S3AccessException e) {
            return unreadable(table, e.getMessage());
        }
    }

    /**
     * Since the event arrived, the table may have got a spec, or the stack another folder of specs, or other databases.
     */
    private KnownTables find(TableName table, InboxEntry entry, Stored stored) {
        if (entry.spec().filter(directory::isInFolderOfSpecs).isPresent()) {
            KnownTables found = directory.find(table, entry.spec().get());
            return found.tables().isEmpty() || !stored.hasSeveral(table)
                    ? found
                    : unreadable(table, "it had several specs when a run of all tables last looked at it");
        }
        return directory.needsNoSpec(table) && !stored.has(table)
                ? directory.find(table)
                : unreadable(
                        table,
                        "S3 events wait for it, and neither a stored spec nor RawDatabases has it any more: store a spec, have"
                                + " RawDatabases match its database, or, if it is to be run no more, delete "
                                + StateKeys.inbox(table).folder() + " in the state bucket");
    }

    private static KnownTables unreadable(TableName table, String why) {
        return new KnownTables(
                List.of(),
                List.of(),
                List.of(new SkippedTable(table.toString(), Optional.of(table), Reason.UNREADABLE, why)));
    }

    /**
     * The tables with stored specs, which are listed when the first table may do without one, and those that the last
     * runs of all tables left out since they have several.
     */
    private final class Stored {
        private Set<TableName> tables;
        private Set<TableName> several;

        synchronized boolean hasSeveral(TableName table) {
            if (several == null) {
                several = names(histories.lastResults().skipped().stream()
                        .filter(one -> one.reason() == Reason.SEVERAL_SPECS)
                        .toList());
            }
            return several.contains(table);
        }

        synchronized boolean has(TableName table) {
            if (tables == null) {
                tables = directory.tablesWithSpecs();
            }
            return tables.contains(table);
        }
    }

    /** Looks for tables among all of the stack: their specs may have been moved since their events arrived. */
    private KnownTables lookUp(List<SkippedTable> lost) {
        if (lost.isEmpty()) {
            return NONE;
        }
        KnownTables all = lookUp(names(lost));
        List<SkippedTable> leftOut = new ArrayList<>(
                all.leftOut().stream().filter(one -> one.table().isPresent()).toList());
        Set<TableName> found = names(leftOut);
        all.tables().forEach(table -> found.add(table.name()));
        lost.stream()
                .filter(one -> one.table().filter(found::contains).isEmpty())
                .forEach(leftOut::add);
        return new KnownTables(all.tables().stream().map(directory::described).toList(), List.of(), leftOut);
    }

    private KnownTables lookUp(Set<TableName> tables) {
        try {
            return directory.find(new TableFilter(
                    new NamePatterns(
                            tables.stream().map(TableName::database).distinct().toList()),
                    new NamePatterns(tables.stream().map(TableName::toString).toList())));
        } catch (CatalogUnavailableException e) {
            throw e;
        } catch (S3AccessException | CatalogException e) {
            LOG.warn("{} tables cannot be looked for among all of the stack: {}", tables.size(), e.getMessage());
            return NONE;
        }
    }

    private static Set<TableName> names(List<SkippedTable> leftOut) {
        return leftOut.stream().flatMap(one -> one.table().stream()).collect(Collectors.toCollection(HashSet::new));
    }
}
