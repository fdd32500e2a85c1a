/** Reads Avro's object container files to their ends, without keeping values. */
package io.fanin.records.avro;
