/** Resources for working on rows: scratch folders, memory, time, and what to raise when they are exhausted. */
package io.fanin.records.scratch;
