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
}
