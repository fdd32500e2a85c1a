/**
 * The public entry point to the Glue Data Catalog, which combines tables and partitions; the packages of these do not
 * depend on it.
 */
package io.fanin.core.catalog.client;
