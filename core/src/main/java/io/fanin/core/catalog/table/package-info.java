/**
 * Tables of the Glue Data Catalog: read, created and changed, and the pure mapping between Glue's model of them and
 * this project's.
 *
 * <p>Other packages use only {@link io.fanin.core.catalog.table.CatalogTable}.
 */
package io.fanin.core.catalog.table;
