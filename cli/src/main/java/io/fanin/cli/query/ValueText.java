package io.fanin.cli.query;

import io.fanin.model.json.Json;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;

/** The values of a query's result in the notation of SQL and JSON. */
final class ValueText {

    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private ValueText() {}

    /** The text of a value that is not null. */
    static String of(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case LocalDateTime moment -> MOMENT.format(moment);
            case List<?> list -> Json.text(list);
            case Map<?, ?> map -> Json.text(map);
            default -> value.toString();
        };
    }

    /** The text for a table on a terminal: a line end is {@code \n}. */
    static String onOneLine(Object value) {
        return of(value).replace("\r", "\\r").replace("\n", "\\n");
    }

    /** The text for CSV, in which null is an empty field, and an empty text {@code ""}. */
    static String csv(Object value) {
        if (value == null) {
            return "";
        }
        String text = of(value);
        boolean isPlain = !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
