/**
 * Reads raw JSON and CSV records, byte by byte, into columns of a table's declared types. Shared by conversion, queries
 * and validation: {@code records.files}, {@code records.tables} and the processor.
 */
package io.fanin.records.raw;
