/** Tables of the catalog, and folders of raw data, as the views that a query sees: their rows come to the local disk first. */
package io.fanin.records.tables;
