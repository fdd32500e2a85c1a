/** Sorts more than fits into memory, on disk. Entered by {@link io.fanin.detector.sort.ExternalSorter}; knows nothing of tables. */
package io.fanin.detector.sort;
