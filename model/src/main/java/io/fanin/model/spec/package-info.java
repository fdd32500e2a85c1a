/**
 * Table specs as records: what a table is, and how its partitions are found and processed. Public.
 *
 * <p>Each record refuses invalid values of single fields; {@code core.spec.rules}, on which nothing here depends,
 * checks combinations of fields.
 */
package io.fanin.model.spec;
