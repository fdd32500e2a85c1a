/**
 * Raw records: JSON and CSV, byte by byte, into columns of the types that a table declares. Converting, querying and
 * validating use the same readers: {@code records.files}, {@code records.tables} and the processor.
 */
package io.fanin.records.raw;
