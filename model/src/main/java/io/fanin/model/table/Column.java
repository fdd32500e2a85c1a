package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One column of a table or of raw records; partition keys are not columns.
 *
 * @param type in Hive's notation, for example {@code bigint} or {@code array<string>}
 */
public record Column(String name, String type) {

    /** The same column with its type in canonical notation, for comparisons. */
    @JsonIgnore
    public Column canonical() {
        return new Column(
                name.toLowerCase(Locale.ROOT),
                type.toLowerCase(Locale.ROOT).replace(" ", "").replaceAll("\\binteger\\b", "int"));
    }

    /**
     * The columns that a list has after those of another list; none if the lists are the same.
     *
     * @return empty if the list does not begin with all of the other's columns
     */
    public static Optional<List<Column>> appended(List<Column> first, List<Column> all) {
        boolean begins = first.size() <= all.size()
                && first.stream()
                        .map(Column::canonical)
                        .toList()
                        .equals(all.subList(0, first.size()).stream()
                                .map(Column::canonical)
                                .toList());
        return begins ? Optional.of(all.subList(first.size(), all.size())) : Optional.empty();
    }
}
