/** The entry to the Glue Data Catalog, for everybody: it puts tables and partitions together, and nothing below knows it. */
package io.fanin.core.catalog.client;
