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
 * @param catalog the table in the catalog's listing; empty if there is a spec, so that the catalog was not listed for
 *     it
 */
public record KnownTable(TableName name, Optional<String> specUri, TableSpec spec, Optional<CatalogTable> catalog) {}
