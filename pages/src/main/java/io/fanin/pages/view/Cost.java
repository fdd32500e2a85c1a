package io.fanin.pages.view;

import io.fanin.model.cost.Prices;
import io.fanin.model.cost.TableRun;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.run.RunReport;
import io.fanin.pages.view.Frame.Fact;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An estimate of a pass's cost in US dollars, at {@linkplain Prices#LIST list prices}. */
final class Cost {

    private static final int CENTS = 2;

    /** The time for which a metric is charged to the run that has written it. */
    private static final Duration METRICS = Duration.ofHours(1);

    private Cost() {}

    /**
     * The cost, and the part of it that is for metrics; empty if the usage of the pass was not measured.
     *
     * @param series the metrics that the table has of its own
     */
    static Optional<Fact> of(RunReport.Details pass, TableSeries series) {
        double metrics = Prices.LIST.ofMetrics(series.metrics(), METRICS);
        String share = metrics > 0 ? dollars(metrics) + " of it metrics" : "at list prices";
        return pass.usage()
                .map(usage -> new Fact("Cost", dollars(TableRun.of(usage).dollars() + metrics), "about, " + share));
    }

    /** Rounded to cents, and below ten cents to two significant digits. */
    private static String dollars(double amount) {
        int digits = amount <= 0 ? CENTS : Math.max(CENTS, 1 - (int) Math.floor(Math.log10(amount)));
        return "$" + String.format(Locale.ROOT, "%,." + digits + "f", amount);
    }
}
