/**
 * Partitions of the Glue Data Catalog: read, scanned, registered and deregistered. All entries of Glue's error lists
 * are reported.
 *
 * <p>Other packages use the records: partitions to register, their outcomes, and registered partitions.
 */
package io.fanin.core.catalog.partition;
