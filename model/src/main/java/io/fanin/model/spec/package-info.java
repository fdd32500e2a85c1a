/**
 * Table specs as records: the definition of a table, and what is done with its partitions. How they are found and
 * processed is in {@code model.spec.detection} and {@code model.spec.processor}, which do not depend on this package.
 * Public.
 *
 * <p>Each record refuses invalid values of single fields; {@code model.spec.rules}, on which nothing here depends,
 * checks combinations of fields.
 */
package io.fanin.model.spec;
