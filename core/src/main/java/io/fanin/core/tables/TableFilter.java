package io.fanin.core.tables;

import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import java.util.List;

/**
 * Selects tables by name.
 *
 * @param databases an empty list means all
 * @param tables {@code database.table}; an empty list means all
 */
public record TableFilter(NamePatterns databases, NamePatterns tables) {

    public static final TableFilter ALL = new TableFilter(new NamePatterns(List.of()), new NamePatterns(List.of()));

    boolean hasDatabase(String name) {
        return databases.isEmpty() || databases.match(name);
    }

    public boolean has(TableName name) {
        return hasDatabase(name.database()) && (tables.isEmpty() || tables.match(name.toString()));
    }
}
