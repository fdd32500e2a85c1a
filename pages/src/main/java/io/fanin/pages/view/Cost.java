package io.fanin.pages.view;

import io.fanin.model.cost.Prices;
import io.fanin.model.run.RunReport;
import java.util.Locale;
import java.util.Optional;

/** About what a pass costs, in US dollars at {@linkplain Prices#LIST list prices}. */
final class Cost {

    private static final int CENTS = 2;

    private Cost() {}

    /** In dollars; empty if nobody measured the pass. */
    static Optional<String> of(RunReport.Details pass) {
        return pass.usage()
                .map(usage -> dollars(Prices.LIST.ofRequests(usage.functions().requests())
                        + usage.functions().gigabyteSeconds() * Prices.LIST.lambdaGigabyteSecond()
                        + usage.stateTransitions() * Prices.LIST.stateTransition()));
    }

    /** To the cent, and below ten cents to two digits that are not 0. */
    private static String dollars(double amount) {
        int digits = amount <= 0 ? CENTS : Math.max(CENTS, 1 - (int) Math.floor(Math.log10(amount)));
        return "$" + String.format(Locale.ROOT, "%,." + digits + "f", amount);
    }
}
