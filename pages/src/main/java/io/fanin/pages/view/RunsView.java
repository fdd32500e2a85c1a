package io.fanin.pages.view;

import io.fanin.core.history.RunEntry;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import io.fanin.pages.view.Frame.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The last runs of a table.
 *
 * @param label the bars' description for screen readers
 * @param bars the durations of the runs, the last one last
 * @param rows the last one first
 */
public record RunsView(String label, List<Bar> bars, List<Row> rows) {

    private static final int HEIGHT = 60;
    private static final int STEP = 21;

    public RunsView {
        bars = List.copyOf(bars);
        rows = List.copyOf(rows);
    }

    /** The bar of a run's duration. */
    public record Bar(int x, int y, int height, String status, String letter, String title) {}

    public record Row(Link run, String begun, String took, String registered, String failed, String outcome) {}

    static RunsView of(TableName table, List<RunEntry> runs, Instant now) {
        long longest = Math.max(
                1,
                runs.stream()
                        .flatMap(run -> run.took().stream())
                        .mapToLong(Duration::toMillis)
                        .max()
                        .orElse(0));
        long partial =
                runs.stream().filter(run -> run.status() == TableStatus.PARTIAL).count();
        return new RunsView(
                "How long the last " + Counted.of(runs.size(), "run") + " took, if not redriven; " + partial
                        + " left the table partial",
                IntStream.range(0, runs.size())
                        .mapToObj(i -> bar(runs.get(i), i * STEP, longest))
                        .toList(),
                runs.reversed().stream().map(run -> row(table, run, now)).toList());
    }

    /** A link from a table's page to a run's; without a target if that has expired. */
    static Link link(TableName table, RunId run, Instant ended, Instant now) {
        return new Link(Texts.name(run.value()), RunFolder.isKept(ended, now) ? target(table, run) : "");
    }

    static String target(TableName table, RunId run) {
        return StateKeys.link(StateKeys.table(table).page(), StateKeys.run(run).page());
    }

    private static Bar bar(RunEntry run, int x, long longest) {
        long millis = run.took().map(Duration::toMillis).orElse(0L);
        int height = (int) Math.max(2, millis * HEIGHT / longest);
        return new Bar(
                x,
                HEIGHT + 12 - height,
                height,
                run.status().name(),
                run.status() == TableStatus.PARTIAL ? "P" : "",
                Texts.name(run.run().value()) + ", " + Texts.time(run.ended()) + took(run, ", "));
    }

    private static Row row(TableName table, RunEntry run, Instant now) {
        return new Row(
                link(table, run.run(), run.ended(), now),
                Texts.time(run.begun().orElse(run.ended())),
                took(run, ""),
                Texts.count(run.counts().registered()),
                Texts.count(run.counts().failed()),
                run.status().name().toLowerCase(Locale.ROOT));
    }

    private static String took(RunEntry run, String before) {
        return run.took().map(length -> before + Texts.length(length)).orElse("");
    }
}
