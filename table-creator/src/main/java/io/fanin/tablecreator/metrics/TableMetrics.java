package io.fanin.tablecreator.metrics;

import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.record.TableRecord;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes a line of metrics for each pass, for each run that had nothing to do, and for each run of all tables.
 *
 * @param stack its name; without it, nothing is written
 * @param series the metrics that each table has of its own
 * @param lines receives each line
 */
public record TableMetrics(Optional<String> stack, TableSeries series, Clock clock, Consumer<String> lines) {

    private static final String HELD = "HeldRuns";

    /** Metrics that are not written. */
    public static final TableMetrics NONE =
            new TableMetrics(Optional.empty(), TableSeries.NONE, Clock.systemUTC(), line -> {});

    /**
     * Writes the metrics of the first pass of a run.
     *
     * @param requests the number of requests that the function has sent to AWS for it
     */
    public void passEnded(RunReport report, Execution execution, long requests) {
        stack.ifPresent(name -> {
            Instant now = clock.instant();
            Figures figures = ofPass(name, report, report.counts().registered(), badRecords(report), now);
            execution
                    .started()
                    .ifPresent(began -> figures.with(
                            "RunSeconds",
                            "Seconds",
                            Duration.between(began, now).toSeconds()));
            writePass(figures, report, requests, now);
        });
    }

    /**
     * Writes the metrics of a later pass, without the time it took: a redrive starts whenever an operator requests it.
     *
     * @param previous the report of the previous pass, whose partitions the report counts too
     * @param requests the number of requests that the function has sent to AWS for it
     */
    public void passEnded(RunReport report, RunReport previous, long requests) {
        stack.ifPresent(name -> {
            Instant now = clock.instant();
            Figures figures = ofPass(
                    name,
                    report,
                    report.counts().registered() - previous.counts().registered(),
                    badRecords(report) - badRecords(previous),
                    now);
            writePass(figures, report, requests, now);
        });
    }

    private Figures ofPass(String name, RunReport report, long registered, long badRecords, Instant now) {
        return withLag(
                new Figures(name, report.header().table().toString(), series)
                        .count("Registered", registered)
                        .count("Failed", report.counts().failed())
                        .count("Outstanding", report.counts().outstanding())
                        .count("Waived", report.counts().exempt().waived().orElse(0))
                        .count("BadRecords", badRecords),
                report.progress(),
                now);
    }

    private void writePass(Figures figures, RunReport report, long requests, Instant now) {
        lines.accept(figures.count("Requests", requests)
                .about("Run", report.header().run().value())
                .line(now));
    }

    /** Writes the metrics of a run that had nothing to do; the table's lag may have grown. */
    public void writeState(TableName table, TableRecord record) {
        writeState(table, record.outstanding().size(), record.waived().size(), record.tableProgress());
    }

    /** Writes the same metrics of a table that a run of all tables has found up to date. */
    public void writeState(UpToDateTable table) {
        writeState(table.table(), 0, table.waived(), table.progress());
    }

    private void writeState(TableName table, int outstanding, int waived, TableProgress progress) {
        stack.ifPresent(name -> {
            Instant now = clock.instant();
            Figures figures = new Figures(name, table.toString(), series)
                    .count("Outstanding", outstanding)
                    .count("Waived", waived);
            lines.accept(withLag(figures, progress, now).line(now));
        });
    }

    /**
     * Writes the metric of all tables.
     *
     * @param partial how many are partial, or failed in their last run
     */
    public void allTablesEnded(RunId run, long partial) {
        stack.ifPresent(name -> lines.accept(new Figures(name)
                .count("PartialTables", partial)
                .about("Run", run.value())
                .line(clock.instant())));
    }

    /** Writes the metric of a run that is held, and whose table's notices have been sent. */
    void held(TableName table, RunId run) {
        stack.ifPresent(name -> lines.accept(new Figures(name)
                .count(HELD, 1)
                .about("Table", table.toString())
                .about("Run", run.value())
                .line(clock.instant())));
    }

    /**
     * Writes the same metric of a run of all tables that has failed because tables are partial, and for nothing else.
     */
    void allTablesHeld(RunId run) {
        stack.ifPresent(name -> lines.accept(
                new Figures(name).count(HELD, 1).about("Run", run.value()).line(clock.instant())));
    }

    private static long badRecords(RunReport report) {
        return report.counts().badRecords().orElse(0);
    }

    /** Adds the table's lag, if it is known. */
    private static Figures withLag(Figures figures, TableProgress progress, Instant now) {
        progress.behind(now).ifPresent(lag -> figures.with(Figures.LAG, "None", lag.toMinutes()));
        return figures;
    }
}
