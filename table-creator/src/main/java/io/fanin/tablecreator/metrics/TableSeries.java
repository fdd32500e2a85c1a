package io.fanin.tablecreator.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The metrics that each table has of its own, each of which is billed by the month. */
public enum TableSeries {
    /** None: only the stack's metrics of all tables together. */
    NONE,
    /** The time by which the table is behind. */
    LAG,
    /** All metrics of the stack. */
    ALL;

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

    /** Whether a table has a metric of this name. */
    boolean has(String metric) {
        return switch (this) {
            case NONE -> false;
            case LAG -> metric.equals(Figures.LAG);
            case ALL -> true;
        };
    }
}
