/** The location of a table's data: in the table itself, or in a source with keys and a layout of its own. */
package io.fanin.detector.source;
