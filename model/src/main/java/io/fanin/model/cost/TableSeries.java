package io.fanin.model.cost;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The metrics that each table has of its own, each of which is billed for the hours in which it has data: the stack
 * parameter {@code TableMetrics}.
 */
public enum TableSeries {
    /** None: only the stack's metrics of all tables together. */
    NONE(0),
    /** The time by which the table is behind. */
    LAG(1),
    /** All metrics of the stack. */
    ALL(8);

    private final int metrics;

    TableSeries(int metrics) {
        this.metrics = metrics;
    }

    /** How many there are. */
    public int metrics() {
        return metrics;
    }

    /**
     * The setting of this name, in lower case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TableSeries of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("TABLE_METRICS is '" + name + "', expected one of "
                        + Arrays.stream(values()).map(TableSeries::text).collect(Collectors.joining(", "))));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
