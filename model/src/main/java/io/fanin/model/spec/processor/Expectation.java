package io.fanin.model.spec.processor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A rule that a partition's rows must satisfy; it has one of {@code rows}, {@code notNull} and {@code sql}.
 *
 * @param name its name in a partition's failure
 * @param rows the number of rows of the partition
 * @param notNull names of columns that are null in no row
 * @param sql a condition over the table's columns that is false in no row; if it is null, the row passes, as with a
 *     CHECK constraint of SQL
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Expectation(String name, Optional<RowCount> rows, Optional<List<String>> notNull, Optional<String> sql) {

    public Expectation {
        notNull = notNull.map(List::copyOf);
    }

    /**
     * A number of rows.
     *
     * @param atLeast 1 or more
     */
    public record RowCount(int atLeast) {}
}
