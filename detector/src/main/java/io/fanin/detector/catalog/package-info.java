/** The state of a table in the catalog before a run: its parameters, its partitions, and those of other tools. */
package io.fanin.detector.catalog;
