package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One column of a table or of raw records; partition keys are not columns.
 *
 * @param type in Hive's notation, for example {@code bigint} or {@code array<string>}
 */
public record Column(String name, String type) {

    private static final Pattern INTEGER = Pattern.compile("\\binteger\\b");

    /** Hive's default, which Athena writes into the catalog, is 10 digits and none after the point. */
    private static final Pattern PLAIN_DECIMAL = Pattern.compile("\\bdecimal\\b(?!\\()");

    private static final Pattern UNSCALED_DECIMAL = Pattern.compile("\\bdecimal\\(([0-9]+)\\)");

    /** The same column with its type in canonical notation, for comparisons. */
    @JsonIgnore
    public Column canonical() {
        String plain = type.toLowerCase(Locale.ROOT).replace(" ", "");
        String named = INTEGER.matcher(plain).replaceAll("int");
        String precise = PLAIN_DECIMAL.matcher(named).replaceAll("decimal(10)");
        return new Column(
                name.toLowerCase(Locale.ROOT), UNSCALED_DECIMAL.matcher(precise).replaceAll("decimal($1,0)"));
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
