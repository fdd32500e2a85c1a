package io.fanin.records.sql;

import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.records.scratch.ConversionException;

/** The database of tables that a query names without one. */
@FunctionalInterface
public interface DefaultDatabase {

    /** No default: tables without a database are refused. */
    DefaultDatabase NONE = table -> {
        throw SqlFailure.refused("it names the table '%s' without its database: write it as database.%s"
                .formatted(LogSafe.beginning(table, 100), LogSafe.beginning(table, 100)));
    };

    /** A database of the catalog. */
    static DefaultDatabase named(String database) {
        return table -> new TableName(database, table);
    }

    /**
     * The name in the catalog of a table without a database.
     *
     * @throws ConversionException {@code SqlError} if such names are refused
     */
    TableName nameOf(String table);
}
