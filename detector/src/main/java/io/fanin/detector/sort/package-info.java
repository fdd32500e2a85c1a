/**
 * Sorting on disk for data larger than memory. The entry point is {@link io.fanin.detector.sort.ExternalSorter};
 * independent of tables.
 */
package io.fanin.detector.sort;
