/**
 * Checks Parquet objects against the table as query engines read it, using footers at the ends of objects, never whole
 * objects. Only rules about values read the data itself, one object at a time.
 */
package io.fanin.processor.parquet;
