/** Where the data of a table's partitions lies: in the table itself, or in a source with keys and a layout of its own. */
package io.fanin.detector.source;
