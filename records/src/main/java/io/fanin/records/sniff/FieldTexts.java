package io.fanin.records.sniff;

import io.fanin.model.table.Column;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The fields of a file of CSV or JSON as texts without blanks around them, one column at a time; empty ones are left
 * out.
 *
 * @param source reads the file as texts, in SQL
 */
record FieldTexts(DuckDb database, String source) {

    /** The name of a text in conditions. */
    static final String TEXT = "v";

    /** The condition that a whole text matches a regular expression. */
    static String matches(String pattern) {
        return "regexp_full_match(" + TEXT + ", " + Sql.literal(pattern) + ")";
    }

    /**
     * The forms that all texts of a column have; none if it has no text.
     *
     * @param condition of SQL, about {@link #TEXT}
     */
    <T> List<T> formsOf(Column column, List<T> forms, Function<T, String> condition) {
        String all = forms.stream()
                .map(form -> "coalesce(bool_and(" + condition.apply(form) + "), false)")
                .collect(Collectors.joining(", "));
        return one(
                column,
                all,
                row -> IntStream.range(0, forms.size())
                        .filter(i -> row.holds(i + 1))
                        .mapToObj(forms::get)
                        .toList());
    }

    /** The greatest whole number of an expression over the texts; 0 if there is none. */
    int most(Column column, String expression) {
        return one(
                column,
                "CAST(coalesce(max(" + expression + "), 0) AS VARCHAR)",
                row -> row.text(1).map(Integer::valueOf).orElse(0));
    }

    private <T> T one(Column column, String select, Function<DuckDbRow, T> row) {
        return database.query(
                        "SELECT " + select + " FROM (SELECT trim(" + Sql.identifier(column.name()) + ") AS " + TEXT
                                + " FROM " + source + ") WHERE " + TEXT + " <> ''",
                        FileSniffer.LIMIT,
                        row)
                .getFirst();
    }
}
