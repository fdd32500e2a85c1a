/**
 * Tables of the Glue Data Catalog: read, created and changed, and the pure mapping between Glue's model of them and
 * this project's.
 *
 * <p>Other packages read a {@link io.fanin.core.catalog.table.CatalogTable}; the table's record compares its
 * {@link io.fanin.core.catalog.table.PrefixParameters}, and a pass adds columns by
 * {@link io.fanin.core.catalog.table.TableUpdater}.
 */
package io.fanin.core.catalog.table;
