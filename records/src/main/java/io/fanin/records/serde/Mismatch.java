package io.fanin.records.serde;

import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import io.fanin.records.samples.RowSamples;

/**
 * A value that a table's SerDe does not read as its column's type.
 *
 * @param column with the fields that lead to the value, such as {@code origin.gate}
 * @param found the value, or at least its first {@link #MAX} bytes
 */
public record Mismatch(String column, HiveType type, String found) {

    /** The bytes of a value that are sufficient for a message. */
    public static final int MAX = 240;

    private static final int SHOWN = 60;

    /** The message for people: the column, the expected type, the value, and the remedy. */
    public String message(RowSamples samples) {
        return "column %s: expected %s, found %s; readers would show another value or none: correct it, or the column's type"
                .formatted(
                        LogSafe.beginning(column, SHOWN),
                        LogSafe.beginning(type.hive(), SHOWN),
                        samples.areShown()
                                ? LogSafe.beginning(found, SHOWN)
                                : "a value that is " + RowSamples.NOT_SHOWN);
    }
}
