package io.fanin.core.tables;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableName;
import java.util.Optional;

/**
 * A table that the stack brings up to date, with its spec as written, or its description in the catalog.
 *
 * @param specUri the object with its spec; empty if the catalog contains everything
 * @param spec as written, to be completed by {@link SpecResolution}; only the name if the catalog contains the rest
 * @param catalog the table in the catalog; empty if the catalog has none, or was not read because there is a spec
 */
public record KnownTable(TableName name, Optional<String> specUri, TableSpec spec, Optional<CatalogTable> catalog) {

    /**
     * The spec with its omitted fields set from the table's parameters, if the catalog was read.
     *
     * @throws io.fanin.model.spec.SpecException if a parameter has a value that is invalid in a spec
     */
    public TableSpec completed() {
        return catalog.map(table -> SpecResolution.completed(spec, table)).orElse(spec);
    }

    /** The same table with what the catalog has of it. */
    public KnownTable in(CatalogTable table) {
        return new KnownTable(name, specUri, spec, Optional.of(table));
    }
}
