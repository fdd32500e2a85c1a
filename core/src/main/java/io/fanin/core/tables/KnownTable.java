package io.fanin.core.tables;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableName;
import java.util.Optional;

/**
 * A table that the stack brings up to date.
 *
 * @param specUri the object that holds its spec; empty if the catalog contains all of it
 * @param spec as it was given, to be completed by {@link SpecResolution}; nothing but the name where the catalog says the rest
 * @param catalog the table as the catalog listed it; empty if it was not asked, since there is a spec
 */
public record KnownTable(TableName name, Optional<String> specUri, TableSpec spec, Optional<CatalogTable> catalog) {}
