package io.fanin.core.table;

import java.util.Optional;

/**
 * How a table's CSV is written.
 *
 * @param delimiter one character between fields
 * @param quoted whether fields may stand in double quotes; such a table is read by OpenCSVSerde, whose columns are all
 *     {@code string}
 * @param header whether each object begins with a line of names
 * @param nullText the text for null in a field that is not in quotes; by default {@code \N}, and in raw data that is
 *     converted also an empty field
 */
public record CsvOptions(char delimiter, boolean quoted, boolean header, Optional<String> nullText) {

    /** LazySimpleSerDe's default text for null. */
    public static final String HIVE_NULL = "\\N";

    public static final CsvOptions DEFAULT = new CsvOptions(',', false, true);

    private static final int MAX_NULL_TEXT = 100;

    public CsvOptions {
        if (!isDelimiter(delimiter)) {
            throw new IllegalArgumentException(
                    "expected a delimiter of one ASCII character that is not a line end, quote or backslash");
        }
        if (nullText.filter(text -> !isNullText(text) || text.indexOf(delimiter) >= 0)
                .isPresent()) {
            throw new IllegalArgumentException("expected a null text of at most " + MAX_NULL_TEXT
                    + " characters without quotes, line ends and the delimiter");
        }
    }

    /** With the default text for null. */
    public CsvOptions(char delimiter, boolean quoted, boolean header) {
        this(delimiter, quoted, header, Optional.empty());
    }

    /**
     * Whether readers can distinguish such a character from the rest of a line: ASCII, no line end, no quote, no
     * escape.
     */
    public static boolean isDelimiter(char c) {
        return c != 0 && c <= 0x7F && "\n\r\"\\".indexOf(c) < 0;
    }

    private static boolean isNullText(String text) {
        return text.length() <= MAX_NULL_TEXT && text.chars().noneMatch(c -> c == 0 || "\n\r\"".indexOf(c) >= 0);
    }

    /** What a table's readers take for null; empty for quoted tables, since OpenCSVSerde knows no null. */
    public Optional<String> readersNull() {
        return quoted ? Optional.empty() : Optional.of(nullText.orElse(HIVE_NULL));
    }
}
