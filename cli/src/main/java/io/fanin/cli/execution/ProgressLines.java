package io.fanin.cli.execution;

import io.fanin.cli.execution.Moment.MapProgress;
import io.fanin.model.text.Counted;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows an execution while it runs: a line for each state, and one for the Map's items, which is overwritten on a
 * terminal, and otherwise repeated every few seconds.
 */
public final class ProgressLines implements Consumer<Moment> {

    static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private static final MapProgress NONE = new MapProgress(0, 0);
    private static final String START_OF_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final LongSupplier nanos;
    private long shown;
    private long nextLine = Long.MIN_VALUE;
    private boolean isOpen;
    private MapProgress printed = NONE;

    /**
     * Progress lines on this writer.
     *
     * @param nanos a monotonic clock
     */
    public ProgressLines(PrintWriter out, boolean isTerminal, LongSupplier nanos) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanos = nanos;
    }

    @Override
    public void accept(Moment moment) {
        for (ExecutionHistory.Step step : moment.history().steps()) {
            if (step.event() > shown) {
                endMap();
                out.println("  " + step.name() + (step.isMap() ? amount(moment) : ""));
                shown = step.event();
            }
        }
        moment.items().filter(items -> items.done() > 0).ifPresent(this::show);
        if (moment.isOver()) {
            closeLine();
        }
        out.flush();
    }

    /** Ends the line of the Map: when the next state is entered, all its items have ended. */
    private void endMap() {
        if (printed.done() < printed.total()) {
            print(new MapProgress(printed.total(), printed.total()));
        }
        closeLine();
        printed = NONE;
    }

    private void show(MapProgress items) {
        if (printed.equals(items) || (!isTerminal && nanos.getAsLong() < nextLine)) {
            return;
        }
        nextLine = nanos.getAsLong() + BETWEEN_LINES.toNanos();
        printed = items;
        print(items);
    }

    private void print(MapProgress items) {
        String line = "    " + items.done() + " of " + items.total();
        if (isTerminal) {
            out.print(START_OF_LINE + line);
            isOpen = true;
        } else {
            out.println(line);
        }
    }

    private void closeLine() {
        if (isOpen) {
            out.println();
            isOpen = false;
        }
    }

    private static String amount(Moment moment) {
        ExecutionWork work = moment.history().work();
        if (work.tables() > 0) {
            return " (" + Counted.of(work.tables(), "table") + ")";
        }
        return work.batches() == 0
                ? ""
                : " (" + Counted.of(work.partitions(), "partition") + " in "
                        + Counted.of(work.batches(), "batch", "batches") + ")";
    }
}
