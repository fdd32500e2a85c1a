package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of a partition's data; one of {@code rows}, {@code notNull} and {@code sql}.
 *
 * @param name by which a partition's failure calls it
 * @param rows how many rows the partition has
 * @param notNull names of columns that are null in no row
 * @param sql a condition over the table's columns that is false in no row; where it is null, the row passes, as with a
 *     CHECK of SQL
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
