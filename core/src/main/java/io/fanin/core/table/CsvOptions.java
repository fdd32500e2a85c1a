package io.fanin.core.table;

/**
 * How a table's CSV is written.
 *
 * @param delimiter one character between fields
 * @param quoted whether fields may stand in double quotes; such a table is read by OpenCSVSerde, whose columns are all
 *     {@code string}
 * @param header whether each object begins with a line of names
 */
public record CsvOptions(char delimiter, boolean quoted, boolean header) {

    public static final CsvOptions DEFAULT = new CsvOptions(',', false, true);

    public CsvOptions {
        if (!isDelimiter(delimiter)) {
            throw new IllegalArgumentException(
                    "expected a delimiter of one ASCII character that is no line end, quote or backslash");
        }
    }

    /** Whether readers can tell such a character from the rest of a line: ASCII, no line end, no quote, no escape. */
    public static boolean isDelimiter(char c) {
        return c != 0 && c <= 0x7F && "\n\r\"\\".indexOf(c) < 0;
    }
}
