package io.fanin.cli;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.model.cost.CountedRuns;
import io.fanin.model.cost.MonthlyCost;
import io.fanin.model.cost.Prices;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.text.Counted;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that request the monthly cost of tables. */
final class MonthOptions {

    private static final Duration HOURLY = Duration.ofHours(1);

    @Option(names = "--month", description = "show what it costs in a month, too")
    private boolean month;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Interval.class,
            description = "for --month: the time from one run to the next: 10m, 1h, 1d (default: 1h)")
    private Optional<Duration> every;

    /** Reads {@code 10m}, {@code 1h} or {@code 1d}. */
    static final class Interval implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,4})([mhd])");

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
                throw new TypeConversionException(
                        "expected minutes, hours or days, such as 10m, 1h or 1d, found '" + text + "'");
            }
            long count = Long.parseLong(matcher.group(1));
            Duration interval = switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            if (interval.compareTo(MonthlyCost.MONTH) > 0) {
                throw new TypeConversionException("expected at most a month, found '" + text + "'");
            }
            return interval;
        }
    }

    /**
     * Checks the options before anything else is done.
     *
     * @throws CommandFailedException if one would have no effect
     */
    void requireEffect() {
        if (every.isPresent() && !month) {
            throw new CommandFailedException("--every is for --month", "give --month, too");
        }
    }

    private Duration interval() {
        return every.orElse(HOURLY);
    }

    /** The cost of one table with its own metrics, but without those of the stack; absent if it is not requested. */
    Optional<MonthlyCost> ofTable(TableSeries series) {
        return month ? Optional.of(MonthlyCost.of(1, interval(), series.metrics())) : Optional.empty();
    }

    /** The cost of all tables of a stack; absent if it is not requested. */
    Optional<MonthlyCost> ofTables(long tables, TableSeries series) {
        return month
                ? Optional.of(MonthlyCost.of(
                        tables, interval(), CountedRuns.KNOWN.stackMetrics() + tables * series.metrics()))
                : Optional.empty();
    }

    /** The cost as lines of text. */
    static List<String> lines(MonthlyCost cost) {
        String every = String.format(Locale.ROOT, "%,d runs", cost.runs());
        return List.of(
                "",
                "%s in a month of %s, at list prices of %s (%s):"
                        .formatted(Counted.of(cost.tables(), "table"), every, Prices.LIST.region(), Prices.LIST.date()),
                "  nothing new in any run         $" + dollars(cost.nothingNew()),
                "  one new partition in each run  $" + dollars(cost.newEachRun()),
                "  of that for metrics            $" + dollars(cost.metrics()),
                "Not included: storage, log lines, what processors take beyond a second for a partition, and listing the whole of a"
                        + " table whose keys are not times.");
    }

    private static String dollars(double amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
