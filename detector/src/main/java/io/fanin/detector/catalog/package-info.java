/** What the catalog has of a table before a run: its state, its partitions, and those that others registered. */
package io.fanin.detector.catalog;
