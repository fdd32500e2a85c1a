/**
 * Resources for work on rows: scratch folders, memory, time, and advice when they are exhausted. Used here and in the
 * processor.
 */
package io.fanin.records.scratch;
