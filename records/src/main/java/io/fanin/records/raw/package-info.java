/**
 * Raw records: JSON and CSV, byte by byte, into columns of the types that a table declares. Entered by {@link
 * io.fanin.records.raw.Conversion} alone.
 */
package io.fanin.records.raw;
