/**
 * Validates the objects of one partition: they are present, complete, and readable in the table's format by query
 * engines. Everything is read in streams; memory does not grow with objects, lines or records.
 */
package io.fanin.processor.validate;
