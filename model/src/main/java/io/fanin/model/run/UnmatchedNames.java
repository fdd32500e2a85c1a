package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The names that raw records and their columns do not share: a column of a misspelled name is null in every row, beside
 * a field that is no column.
 *
 * @param unknownColumns the first names in the records that are no columns
 * @param emptyColumns the first columns of which no record had a value; none if all names are columns
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UnmatchedNames(List<String> unknownColumns, List<String> emptyColumns) {

    public static final UnmatchedNames NONE = new UnmatchedNames(List.of(), List.of());

    /** The maximum number of names that are kept of each kind. */
    public static final int MAX = 20;

    /** Names missing from a document are none. */
    public UnmatchedNames {
        unknownColumns = unknownColumns == null ? List.of() : List.copyOf(unknownColumns);
        emptyColumns = emptyColumns == null ? List.of() : List.copyOf(emptyColumns);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return unknownColumns.isEmpty();
    }

    /**
     * The names of these and other records. A column without values in both is empty; records without unknown names
     * show nothing about columns.
     */
    public UnmatchedNames and(UnmatchedNames other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new UnmatchedNames(
                Stream.of(unknownColumns, other.unknownColumns)
                        .flatMap(Collection::stream)
                        .distinct()
                        .sorted()
                        .limit(MAX)
                        .toList(),
                emptyColumns.stream().filter(other.emptyColumns::contains).toList());
    }

    /** Without unknown names that are something else. */
    public UnmatchedNames without(Predicate<String> known) {
        List<String> unknown = unknownColumns.stream().filter(known.negate()).toList();
        return unknown.isEmpty() ? NONE : new UnmatchedNames(unknown, emptyColumns);
    }
}
