/**
 * Tables of the Glue Data Catalog: read, created and changed, and the pure mapping between Glue's model of them and ours.
 *
 * <p>Others see {@link io.fanin.core.catalog.table.CatalogTable} alone.
 */
package io.fanin.core.catalog.table;
