package io.fanin.model.cost;

import java.time.Duration;

/**
 * The cost of tables in a month of 730 hours at list prices, from {@linkplain CountedRuns counted runs}: without
 * storage, log lines, free tiers, and the time beyond a second in which a partition is processed.
 *
 * @param runs of each table in the month
 * @param nothingNew dollars if no run finds anything
 * @param newEachRun dollars if each run finds one new partition of each table
 * @param metrics dollars for metrics, part of both
 */
public record MonthlyCost(long tables, long runs, double nothingNew, double newEachRun, double metrics) {

    public static final Duration MONTH = Duration.ofHours(730);

    private static final double CENTS = 100;

    /**
     * Of tables that are run together.
     *
     * @param every the time from one run to the next
     * @param metrics the number of metrics that are billed for them
     */
    public static MonthlyCost of(long tables, Duration every, long metrics) {
        return of(CountedRuns.KNOWN, tables, every, metrics);
    }

    /** The same, by other runs. */
    public static MonthlyCost of(CountedRuns counted, long tables, Duration every, long metrics) {
        long runs = MONTH.dividedBy(every);
        double fixed = Prices.LIST.ofMetrics(metrics, MONTH);
        return new MonthlyCost(
                tables,
                runs,
                rounded(tables * runs * counted.nothing().dollars() + fixed),
                rounded(tables * runs * counted.news().dollars() + fixed),
                rounded(fixed));
    }

    /** Up to whole cents. */
    private static double rounded(double dollars) {
        return Math.ceil(dollars * CENTS) / CENTS;
    }
}
