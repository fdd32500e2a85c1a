package io.fanin.pages.view;

import io.fanin.model.cost.Prices;
import io.fanin.model.run.RunReport;
import java.util.Locale;
import java.util.Optional;

/** An estimate of a pass's cost in US dollars, at {@linkplain Prices#LIST list prices}. */
final class Cost {

    private static final int CENTS = 2;

    private Cost() {}

    /** The cost in dollars; empty if the usage of the pass was not measured. */
    static Optional<String> of(RunReport.Details pass) {
        return pass.usage()
                .map(usage -> dollars(Prices.LIST.ofRequests(usage.functions().requests())
                        + usage.functions().gigabyteSeconds() * Prices.LIST.lambdaGigabyteSecond()
                        + usage.stateTransitions() * Prices.LIST.stateTransition()));
    }

    /** Rounded to cents, and below ten cents to two significant digits. */
    private static String dollars(double amount) {
        int digits = amount <= 0 ? CENTS : Math.max(CENTS, 1 - (int) Math.floor(Math.log10(amount)));
        return "$" + String.format(Locale.ROOT, "%,." + digits + "f", amount);
    }
}
