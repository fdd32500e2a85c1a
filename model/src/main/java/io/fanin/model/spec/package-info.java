/**
 * Table specs as records: the definition of a table, and how its partitions are found and processed. Public.
 *
 * <p>Each record refuses invalid values of single fields; {@code model.spec.rules}, on which nothing here depends,
 * checks combinations of fields.
 */
package io.fanin.model.spec;
