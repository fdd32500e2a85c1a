package io.fanin.cli.table;

import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.parallel.Workers;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The histories of all tables of a stack.
 *
 * @param unreadable the tables whose history cannot be read
 */
public record StackHistories(Map<TableName, TableHistory> readable, List<UnreadableTable> unreadable) {

    private static final int PARALLEL = 16;

    static StackHistories read(TableHistories histories, List<TableName> tables) {
        Map<TableName, Future<TableHistory>> reading = new LinkedHashMap<>();
        StackHistories found = new StackHistories(new LinkedHashMap<>(), new ArrayList<>());
        try (ExecutorService readers = Workers.THREADS.open(PARALLEL)) {
            tables.forEach(table -> reading.put(table, readers.submit(() -> histories.history(table))));
            reading.forEach(found::add);
        }
        return found;
    }

    /** Removes tables that were dropped: what their last runs have left in them is gone. */
    void keepExisting(ExistingTables catalog) {
        List<TableName> created = readable.entrySet().stream()
                .filter(table -> table.getValue().isOfCreatedTable())
                .map(Map.Entry::getKey)
                .toList();
        Set<TableName> existing = Set.copyOf(catalog.existing(created));
        created.stream().filter(table -> !existing.contains(table)).forEach(readable::remove);
    }

    private void add(TableName table, Future<TableHistory> history) {
        try {
            readable.put(table, Workers.await(history));
        } catch (UnreadableDocumentException e) {
            unreadable.add(UnreadableTable.of(table, e));
        }
    }
}
