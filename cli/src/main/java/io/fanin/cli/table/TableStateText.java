package io.fanin.cli.table;

import io.fanin.cli.console.Grid;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.FailedPartition;
import io.fanin.cli.execution.RunAgainText;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.text.LogSafe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Describes the state of tables, and the next steps. */
public record TableStateText(Hints hints) {

    private static final String NONE = "-";
    private static final String RUNS_FAIL = "Runs fail with NothingFitsException: ";

    public List<String> lines(TableState state) {
        List<String> lines = new ArrayList<>();
        boolean wasNeverRun = state.status().equals(TableState.NEVER_RUN);
        if (wasNeverRun) {
            lines.add("No run has changed " + state.table() + " yet: it has no parameter fanin.status.");
        } else {
            lines.add(state.table() + " is " + state.status() + behind(state.progress()) + ".");
        }
        Grid grid = Grid.untitled();
        state.parameters().forEach((name, value) -> grid.row("  " + name, value));
        lines.addAll(grid.lines());
        if (state.hasRecord() || wasNeverRun) {
            addOutstanding(state, lines);
        } else {
            lines.add(
                    "This stack has no record of the table: another stack wrote these parameters, or the state bucket is"
                            + " a new one. A run that looks at the whole table (list, full) finds out what is outstanding"
                            + state.runs()
                                    .atWork()
                                    .map(execution -> ". " + whenEnded(execution, state))
                                    .orElseGet(() -> ": " + hints.ofWholeTable("run", state.table())));
        }
        state.progress()
                .unfit()
                .ifPresent(unfit -> lines.add((unfit.none() ? RUNS_FAIL : "Not in the table: ") + unfit.textWithAdvice()
                        + ". The first of them: " + hints.withMode("plan", "full")));
        if (state.progress().unverified().isPresent()) {
            lines.add("Registered by another tool, and never looked at by a run: "
                    + state.progress().unverified().getAsLong()
                    + ", as last counted. \"verify\" in the spec has runs verify them in steps.");
        }
        lines.addAll(WaivedText.lines(state.progress().waived()));
        if (state.runs().leftOut()) {
            lines.add("Runs of all tables leave it out. Why: " + hints.command("tables"));
        }
        state.runs().lastRun().ifPresent(last -> lines.addAll(last.lines()));
        state.runs().failedSince().ifPresent(failed -> lines.addAll(failed.lines()));
        state.runs()
                .holder()
                .ifPresent(holder -> lines.add(LogSafe.of("Running: execution " + Executions.name(holder))));
        state.progress()
                .openSince()
                .ifPresent(moment -> lines.add(LogSafe.of("Open since " + moment
                        + ": that period was seen and waits, lies at two prefixes, or is missing.")));
        addDifferences(state, lines);
        return lines;
    }

    /** One line for each table, and the executions that failed recently. */
    public List<String> overview(List<ListedTable> states, FailedLately failed) {
        List<String> lines = new ArrayList<>(
                states.isEmpty()
                        ? List.of("This stack has no record of any table: start a run, " + hints.command("run", "SPEC"))
                        : overview(states));
        lines.addAll(failed.lines());
        return lines;
    }

    private static List<String> overview(List<ListedTable> tables) {
        Grid grid = Grid.titled(List.of("table", "status", "complete through", "behind", "outstanding", "last run"));
        List<String> unreadable = new ArrayList<>();
        for (ListedTable table : tables) {
            switch (table) {
                case TableState state -> addRow(state, grid);
                case UnreadableTable damaged -> {
                    grid.row(damaged.table(), damaged.status(), NONE, NONE, NONE, NONE);
                    unreadable.add("");
                    unreadable.addAll(damaged.lines());
                }
            }
        }
        return Stream.concat(grid.lines().stream(), unreadable.stream()).toList();
    }

    private static void addRow(TableState state, Grid grid) {
        grid.row(
                state.table(),
                state.status() + remark(state),
                state.progress().completeThrough().orElse(NONE),
                state.progress().behindSeconds().isPresent()
                        ? duration(state.progress().behindSeconds().getAsLong())
                        : NONE,
                outstanding(
                        state.progress().outstanding(),
                        state.progress().missing().missing().orElse(0)),
                state.runs().lastRun().flatMap(LastRun::execution).orElse(NONE));
    }

    /** The outstanding partitions, and the missing periods besides, which make a table partial, too. */
    static String outstanding(long partitions, long missing) {
        return partitions + (missing > 0 ? " + " + missing + " missing" : "");
    }

    /** The most important remark, in the order of the exit codes. */
    private static String remark(TableState state) {
        if (state.runs().leftOut()) {
            return " (left out)";
        }
        if (state.nothingFits()) {
            return " (nothing fits)";
        }
        if (!state.differences().isEmpty()) {
            return " (differs)";
        }
        return state.progress()
                .unfit()
                .map(unfit -> " (names do not fit)")
                .orElseGet(() -> state.progress().unverified().isPresent()
                        ? " (" + state.progress().unverified().getAsLong() + " unverified)"
                        : "");
    }

    private void addOutstanding(TableState state, List<String> lines) {
        TableState.Missing missing = state.progress().missing();
        if (missing.missing().isPresent()) {
            lines.add("Periods without any prefix, which make the table PARTIAL: "
                    + missing.missing().getAsLong());
            addMissing(state, missing, lines);
        } else if (state.progress().outstanding() == 0 && !state.nothingFits()) {
            lines.add("Nothing is outstanding.");
        }
        if (state.progress().outstanding() > 0) {
            lines.add("Outstanding: " + state.progress().outstanding());
            lines.addAll(FailedPartition.lines(state.failures()));
            if (hintsAtSpec(state)) {
                lines.add(FailureAdvice.PROBABLY_SPEC);
            }
        }
        addNext(state, lines);
    }

    private static boolean hintsAtSpec(TableState state) {
        return state.runs()
                .lastRun()
                .flatMap(LastRun::report)
                .filter(LastRun.Report::hintsAtSpec)
                .isPresent();
    }

    /** Adds the next step for outstanding partitions. While an execution works on the table, that is to wait. */
    private void addNext(TableState state, List<String> lines) {
        boolean isMissing = state.progress().missing().missing().orElse(0) > 0;
        boolean isOutstanding = state.progress().outstanding() > 0;
        Optional<String> atWork = state.runs().atWork();
        if (atWork.isPresent() && (isMissing || isOutstanding)) {
            lines.add(whenEnded(atWork.get(), state));
        } else if (isOutstanding) {
            lines.addAll(state.runs()
                    .redrivable()
                    .map(run -> hintsAtSpec(state) ? hints.runCorrected(run) : List.of(hints.redrive(run)))
                    .orElseGet(() -> new RunAgainText(hints).lines(state.table(), state.failures())));
        }
    }

    private String whenEnded(String execution, TableState state) {
        return LogSafe.of("Next, once execution " + execution + " has ended: ")
                + hints.command("status", state.table());
    }

    private void addMissing(TableState state, TableState.Missing missing, List<String> lines) {
        List<String> partitions = missing.missingPartitions();
        if (partitions.isEmpty()) {
            if (missing.missing().orElse(0) > 0) {
                lines.add("Their names: " + hints.ofWholeTable("plan", state.table()));
            }
            return;
        }
        partitions.forEach(name -> lines.add(LogSafe.of("  " + name)));
        long more = missing.missing().orElse(0) - partitions.size();
        if (more > 0) {
            lines.add("  and " + more + " more");
        }
        if (state.runs().atWork().isPresent()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("waive", state.table()));
        words.addAll(partitions);
        words.addAll(List.of("--reason", "never written"));
        lines.add(LogSafe.of("If they will never come: " + hints.command(words.toArray(String[]::new))));
        lines.add("If they come after the lookback: " + new RunAgainText(hints).naming(partitions));
    }

    private void addDifferences(TableState state, List<String> lines) {
        if (state.differences().isEmpty()) {
            return;
        }
        lines.add("The table's parameters differ from its record:");
        state.differences()
                .forEach(difference -> lines.add(LogSafe.of("  " + difference.parameter() + " is "
                        + difference.found().orElse("absent") + ", and should be "
                        + difference.expected().orElse("absent"))));
        lines.add(
                state.runs().atWork().isPresent()
                        ? "The running execution will correct them."
                        : "A run was cut off, or another tool has changed the table. Unless it was given back to that tool, the next run restores"
                                + " them, except a changed fanin.layout or fanin.key.*, which you have to set back: "
                                + hints.command("run", state.table()));
    }

    private static String behind(TableState.Progress progress) {
        OptionalLong seconds = progress.behindSeconds();
        return seconds.isPresent() ? ", " + duration(seconds.getAsLong()) + " behind" : "";
    }

    /** The two largest units of a duration. */
    static String duration(long seconds) {
        Duration duration = Duration.ofSeconds(Math.max(seconds, 0));
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min";
    }
}
