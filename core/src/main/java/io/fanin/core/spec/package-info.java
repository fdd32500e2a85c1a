/**
 * Table specs as records: what a table is, and how its partitions are found and processed. For everybody.
 *
 * <p>Each record refuses values that it could not hold; what its fields may not be together is for {@code core.spec.rules}
 * to say, of which nothing here knows.
 */
package io.fanin.core.spec;
