package io.fanin.records.sql;

import io.fanin.model.table.TableName;
import io.fanin.records.scratch.ConversionException;
import java.util.Locale;
import java.util.Optional;

/**
 * A table as a query names it, in lower case, since names in Glue are and DuckDB ignores case.
 *
 * @param database empty where the query leaves it out
 */
public record TableReference(Optional<String> database, String table) {

    /** The name under which a query sees the partition that is processed. */
    public static final TableReference SOURCE = new TableReference(Optional.empty(), "source");

    static TableReference of(String database, String table) {
        return new TableReference(
                Optional.of(database.toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()),
                table.toLowerCase(Locale.ROOT));
    }

    /**
     * The table's name in the catalog.
     *
     * @throws ConversionException {@code SqlError} if it has no database, and there is no default
     */
    public TableName in(DefaultDatabase defaultDatabase) {
        return database.map(own -> new TableName(own, table)).orElseGet(() -> defaultDatabase.nameOf(table));
    }

    @Override
    public String toString() {
        return database.map(name -> name + ".").orElse("") + table;
    }
}
