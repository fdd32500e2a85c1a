/** Validates the objects of Avro tables. */
package io.fanin.processor.avro;
