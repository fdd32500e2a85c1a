/**
 * Whether Parquet is what a table's readers expect, told from its footers: bytes at the objects' ends, never whole objects.
 * Only rules over values read the data itself, one object at a time.
 */
package io.fanin.processor.parquet;
