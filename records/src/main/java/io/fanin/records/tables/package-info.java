/**
 * Tables of the catalog and folders of raw data as views for queries: their rows are copied to the local disk first.
 */
package io.fanin.records.tables;
