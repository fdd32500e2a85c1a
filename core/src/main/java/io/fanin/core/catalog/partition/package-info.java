/**
 * Partitions of the Glue Data Catalog: read, scanned and registered. All entries of Glue's error
 * lists are reported.
 *
 * <p>Others see the records: what is to be registered, the outcome of each, and what is registered.
 */
package io.fanin.core.catalog.partition;
