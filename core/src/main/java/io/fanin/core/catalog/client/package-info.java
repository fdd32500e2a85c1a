/**
 * The public entry point to the Glue Data Catalog: combines tables and partitions; the packages beside it do not depend
 * on it.
 */
package io.fanin.core.catalog.client;
