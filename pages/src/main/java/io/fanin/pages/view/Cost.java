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

    /** The time for which a run is charged for each metric that it has written. */
    private static final Duration METRICS = Duration.ofHours(1);

    private Cost() {}

    /**
     * The cost, with the share of metrics in it; absent if the usage of the pass was not measured.
     *
     * @param series the metrics published for each table
     */
    static Optional<Fact> of(RunReport.Details pass, TableSeries series) {
        double metrics = Prices.LIST.ofMetrics(series.metrics(), METRICS);
        String share = metrics > 0 ? dollars(metrics) + " of it metrics" : "at list prices";
        return pass.usage()
                .map(usage -> new Fact("Cost", dollars(TableRun.of(usage).dollars() + metrics), "about, " + share));
    }

    /** The amount rounded to cents, or below ten cents to two significant digits. */
    private static String dollars(double amount) {
        int digits = amount <= 0 ? CENTS : Math.max(CENTS, 1 - (int) Math.floor(Math.log10(amount)));
        return "$" + String.format(Locale.ROOT, "%,." + digits + "f", amount);
    }
}
