/**
 * Resources for working on rows: scratch folders, memory, time, and what to raise when they are exhausted. For all that
 * works on rows, here and in the processor.
 */
package io.fanin.records.scratch;
