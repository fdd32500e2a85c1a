/** Reads Avro's object container files from their beginnings to their ends, and keeps no value. */
package io.fanin.records.avro;
