package io.fanin.core.catalog.table;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.model.table.TableName;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;

/** Reads tables from Glue. */
public final class TableReader {

    private final GlueClient glue;
    private final GlueRetries retries;

    public TableReader(GlueClient glue, GlueRetries retries) {
        this.glue = glue;
        this.retries = retries;
    }

    /** The table; empty if there is no such table or database. */
    public Optional<Table> find(TableName name) {
        return retries.repeatable(GlueCall.onTable("GetTable", name), () -> {
            try {
                return Optional.of(glue.getTable(
                                request -> request.databaseName(name.database()).name(name.table()))
                        .table());
            } catch (EntityNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * A table that has to exist.
     *
     * @throws CatalogException if it does not
     */
    Table get(TableName name) {
        return find(name)
                .orElseThrow(() -> new CatalogException(
                        "table " + name + " is not in the Glue Data Catalog; create it, or correct its name"));
    }
}
