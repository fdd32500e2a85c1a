package io.fanin.records.sniff;

import io.fanin.model.table.Column;
import io.fanin.records.duckdb.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The notation of dates or timestamps in a file's columns, where all values of a column agree. DuckDB reads some of
 * them as text, and some as times of a form that it does not report.
 */
final class TimeForms {

    private static final List<String> DATES =
            List.of("dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "yyyy/MM/dd", "yyyy.MM.dd");

    private static final List<String> TIMESTAMPS = DATES.stream()
            .flatMap(date -> Stream.of("HH:mm", "HH:mm:ss").map(time -> date + " " + time))
            .toList();

    private static final String ISO = "\\d{4}-\\d{2}-\\d{2}.*";

    private final FieldTexts texts;
    private final Map<String, Column> columns;
    private final List<String> ambiguities;

    private TimeForms(FieldTexts texts, Map<String, Column> columns, List<String> ambiguities) {
        this.texts = texts;
        this.columns = columns;
        this.ambiguities = ambiguities;
    }

    /**
     * The pattern of dates that are not those of ISO 8601; empty if there are none.
     *
     * @param columns by their names, with types of a table; columns of dates get that type, and columns of uncertain
     *     form become strings
     * @param ambiguities receives the columns that no form or several forms fit, for people
     */
    static Optional<String> dates(FieldTexts texts, Map<String, Column> columns, List<String> ambiguities) {
        return new TimeForms(texts, columns, ambiguities).pattern("date", "dateFormat", DATES);
    }

    /** The pattern of timestamps that are not those of ISO 8601, as {@link #dates} finds it for dates. */
    static Optional<String> timestamps(FieldTexts texts, Map<String, Column> columns, List<String> ambiguities) {
        return new TimeForms(texts, columns, ambiguities).pattern("timestamp", "timestampFormat", TIMESTAMPS);
    }

    private Optional<String> pattern(String type, String field, List<String> patterns) {
        Optional<String> chosen = Optional.empty();
        for (Column column : new LinkedHashMap<>(columns).values()) {
            boolean isTime = column.type().equals(type);
            if (!isTime && !column.type().equals("string")) {
                continue;
            }
            List<String> fitting = texts.formsOf(column, patterns, TimeForms::isTime);
            if (fitting.size() > 1) {
                takeForText(column, "fit " + String.join(" and ", fitting) + ": state " + field);
            } else if (fitting.isEmpty()) {
                if (isTime && !isIso(column)) {
                    takeForText(column, "are written in a form that is not known here: state " + field);
                }
            } else if (!chosen.orElse(fitting.getFirst()).equals(fitting.getFirst())) {
                takeForText(
                        column,
                        "are written as " + fitting.getFirst() + ", and those before it as " + chosen.get()
                                + ": name both in " + field);
            } else {
                columns.put(column.name(), new Column(column.name(), type));
                chosen = Optional.of(fitting.getFirst());
            }
        }
        return chosen;
    }

    private void takeForText(Column column, String why) {
        columns.put(column.name(), new Column(column.name(), "string"));
        ambiguities.add("times taken for texts: those of " + column.name() + " " + why);
    }

    /** Whether a column has no value in another form. */
    private boolean isIso(Column column) {
        return texts.formsOf(column, List.of(ISO), iso -> "NOT " + FieldTexts.matches(iso))
                .isEmpty();
    }

    /**
     * The condition that a text is a time of this pattern. DuckDB accepts one-digit numbers where the pattern has two.
     */
    private static String isTime(String pattern) {
        String format = pattern.replace("yyyy", "%Y")
                .replace("MM", "%m")
                .replace("dd", "%d")
                .replace("HH", "%H")
                .replace("mm", "%M")
                .replace("ss", "%S");
        return FieldTexts.matches(pattern.replace(".", "\\.").replaceAll("[yMdHms]", "\\\\d")) + " AND try_strptime("
                + FieldTexts.TEXT + ", " + Sql.literal(format) + ") IS NOT NULL";
    }
}
