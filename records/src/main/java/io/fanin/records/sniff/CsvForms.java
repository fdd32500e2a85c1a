package io.fanin.records.sniff;

import io.fanin.model.table.Column;
import io.fanin.model.table.NumberForm;
import io.fanin.records.duckdb.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The notation of numbers, dates and timestamps in a CSV file, where all values of a column agree.
 *
 * @param numbers {@link NumberForm#STANDARD} unless columns have numbers of one other form
 * @param dateFormat the pattern of dates, where they are not those of ISO 8601
 * @param timestampFormat the pattern of timestamps, where they are not those of ISO 8601
 * @param columns with the types that they have in these forms
 * @param ambiguities the columns that several forms fit, for people
 */
record CsvForms(
        NumberForm numbers,
        Optional<String> dateFormat,
        Optional<String> timestampFormat,
        List<Column> columns,
        List<String> ambiguities) {

    private static final int MAX_DIGITS = 38;
    private static final int USUAL_DIGITS = 18;

    private static final List<NumberForm> NUMBERS = Stream.of(",", ",.", ", ", ",'", ".,", ". ", ".'")
            .map(form ->
                    new NumberForm(form.charAt(0), form.length() > 1 ? Optional.of(form.charAt(1)) : Optional.empty()))
            .toList();

    /** @param columns of the file, with DuckDB's types as a table has them */
    static CsvForms of(FieldTexts texts, List<Column> columns) {
        return new Search(texts, columns).forms();
    }

    private static final class Search {
        private final FieldTexts texts;
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private final List<String> ambiguities = new ArrayList<>();

        Search(FieldTexts texts, List<Column> columns) {
            this.texts = texts;
            columns.forEach(column -> this.columns.put(column.name(), column));
        }

        CsvForms forms() {
            NumberForm numbers = numbers();
            Optional<String> dates = TimeForms.dates(texts, columns, ambiguities);
            Optional<String> times = TimeForms.timestamps(texts, columns, ambiguities);
            return new CsvForms(numbers, dates, times, List.copyOf(columns.values()), List.copyOf(ambiguities));
        }

        private List<Column> ofType(String... types) {
            return columns.values().stream()
                    .filter(column -> Stream.of(types).anyMatch(column.type()::startsWith))
                    .toList();
        }

        private NumberForm numbers() {
            Map<Column, List<NumberForm>> found = new LinkedHashMap<>();
            ofType("string").forEach(column -> {
                List<NumberForm> fitting = texts.formsOf(column, NUMBERS, Search::isNumber);
                // Texts that fit all forms have no separators.
                if (!fitting.isEmpty() && fitting.size() < NUMBERS.size()) {
                    found.put(column, fitting);
                }
            });
            if (found.isEmpty()) {
                return NumberForm.STANDARD;
            }
            List<Column> withPoints = ofType("double", "float", "decimal");
            withPoints.forEach(column -> found.put(column, texts.formsOf(column, NUMBERS, Search::isNumber)));
            List<NumberForm> common = NUMBERS.stream()
                    .filter(form -> found.values().stream().allMatch(fitting -> fitting.contains(form)))
                    .toList();
            Optional<NumberForm> form = only(common);
            if (form.isEmpty()) {
                ambiguities.add("numbers taken for texts: those of " + names(found) + " are written "
                        + (common.isEmpty()
                                ? "in several ways"
                                : "so that the comma may come before the fraction or" + " between thousands")
                        + ": state csv.decimalSeparator and csv.groupingSeparator");
                return NumberForm.STANDARD;
            }
            found.keySet().forEach(column -> setType(column, number(column, form.get())));
            return form.get();
        }

        /**
         * The one form that fits; absent if it is uncertain. Without fractions, the decimal separator does not matter.
         */
        private static Optional<NumberForm> only(List<NumberForm> common) {
            List<NumberForm> points = common.stream()
                    .filter(form -> form.decimalSeparator() == '.')
                    .toList();
            List<NumberForm> commas = common.stream()
                    .filter(form -> form.decimalSeparator() == ',')
                    .toList();
            if (points.isEmpty() || commas.isEmpty()) {
                return common.stream().findFirst();
            }
            boolean areGroups =
                    commas.stream().noneMatch(form -> form.groupingSeparator().isEmpty());
            return areGroups ? points.stream().findFirst() : Optional.empty();
        }

        private static String isNumber(NumberForm form) {
            String group = form.groupingSeparator()
                    .map(c -> "|\\d{1,3}(" + escaped(c) + "\\d{3})+")
                    .orElse("");
            return FieldTexts.matches("[+-]?(\\d+" + group + ")(" + escaped(form.decimalSeparator()) + "\\d+)?");
        }

        private static String escaped(char c) {
            return c == '.' ? "\\." : String.valueOf(c);
        }

        private String number(Column column, NumberForm form) {
            String separator = Sql.literal(String.valueOf(form.decimalSeparator()));
            int fraction = texts.most(column, "length(split_part(" + FieldTexts.TEXT + ", " + separator + ", 2))");
            int whole = texts.most(
                    column,
                    "length(regexp_replace(split_part(" + FieldTexts.TEXT + ", " + separator
                            + ", 1), '[^0-9]', '', 'g'))");
            if (fraction == 0 && whole <= USUAL_DIGITS) {
                return "bigint";
            }
            return whole + fraction > MAX_DIGITS
                    ? "string"
                    : "decimal(" + Math.max(USUAL_DIGITS, whole + fraction) + "," + fraction + ")";
        }

        private void setType(Column column, String type) {
            columns.put(column.name(), new Column(column.name(), type));
        }

        private static String names(Map<Column, ?> columns) {
            return String.join(", ", columns.keySet().stream().map(Column::name).toList());
        }
    }
}
