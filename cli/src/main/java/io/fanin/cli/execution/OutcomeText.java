package io.fanin.cli.execution;

import io.fanin.cli.console.Hints;
import io.fanin.core.answer.ExecutionError;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Describes the outcome of an execution, and the next step.
 *
 * @param hints names the next command
 */
public record OutcomeText(Hints hints) {

    public List<String> lines(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        switch (outcome.result()) {
            case COMPLETE -> {
                lines.add(counts(outcome, TableStatus.COMPLETE));
                addDetails(outcome, lines);
                lines.addAll(DetectionText.linesAfter(
                        outcome.detection().detection(), outcome.ending().gone()));
            }
            case NOTHING_NEW -> {
                lines.add(outcome.message().map(LogSafe::of).orElseGet(() -> nothingNew(outcome)));
                lines.addAll(DetectionText.lines(outcome.detection().detection()));
            }
            case PLANNED ->
                lines.add("Planned: "
                        + Counted.of(outcome.detection().partitions(), "partition") + " of "
                        + table(outcome) + ".");
            case HELD -> {
                addPartial(outcome, lines);
                lines.addAll(
                        outcome.ending().hintsAtSpec()
                                ? hints.runCorrected(outcome.execution())
                                : List.of(hints.redrive(outcome.execution())));
            }
            case PARTIAL -> {
                addPartial(outcome, lines);
                outcome.table()
                        .map(table -> outcome.outstanding().equals(OptionalLong.of(0))
                                ? List.of("Next: " + hints.command("status", table) + " names what is missing")
                                : new RunAgainText(hints).lines(table, outcome.failures()))
                        .ifPresent(lines::addAll);
            }
            case STILL_PARTIAL -> {
                lines.add(table(outcome)
                        + " is PARTIAL: nothing new, and nothing outstanding that this run tries again.");
                lines.addAll(DetectionText.lines(outcome.detection().detection()));
                lines.add("Next: " + hints.command("status", table(outcome)) + " names what is outstanding");
            }
            case FAILED -> {
                lines.add(message(outcome));
                outcome.error()
                        .flatMap(ExecutionError::find)
                        .ifPresent(error -> lines.add("What to do: " + error.advice()));
            }
            case BUSY -> addBusy(outcome, lines);
        }
        return lines;
    }

    private static void addDetails(Outcome outcome, List<String> lines) {
        outcome.skipped().map(DetectionText::skipped).ifPresent(lines::addAll);
        lines.addAll(badRecords(outcome.badRecords().orElse(0), outcome.quarantine()));
        lines.addAll(unknownColumns(outcome.names()));
    }

    /** Raw records that are not in the table. */
    public static List<String> badRecords(long count, Optional<String> quarantine) {
        if (count == 0) {
            return List.of();
        }
        String leftOut = Counted.of(count, "raw record was", "raw records were") + " left out as bad";
        return List.of(quarantine.map(uri -> leftOut + ": " + LogSafe.of(uri)).orElse(leftOut + "."));
    }

    private static List<String> unknownColumns(UnmatchedNames names) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Fields that are not columns, and so not in the table: " + listed(names.unknownColumns())
                + ". Add them to the spec's columns, or refuse them with \"unknownColumns\": \"bad\".");
        if (!names.emptyColumns().isEmpty()) {
            lines.add("Columns that are null in every row: " + listed(names.emptyColumns())
                    + ". Is one of these fields meant, under another name?");
        }
        return lines;
    }

    private static String listed(List<String> names) {
        return LogSafe.of(String.join(", ", names));
    }

    private static void addPartial(Outcome outcome, List<String> lines) {
        lines.add(outcome.registered().isPresent() ? counts(outcome, TableStatus.PARTIAL) : message(outcome));
        lines.addAll(FailedPartition.lines(outcome.failures()));
        if (outcome.ending().hintsAtSpec()) {
            lines.add(FailureAdvice.PROBABLY_SPEC);
        }
        addDetails(outcome, lines);
        lines.addAll(DetectionText.linesAfter(
                outcome.detection().detection(), outcome.ending().gone()));
    }

    private static void addBusy(Outcome outcome, List<String> lines) {
        if (outcome.holder().isEmpty()) {
            lines.add(message(outcome));
            return;
        }
        lines.add(table(outcome) + " is busy: another execution is working on it, and this one has done nothing.");
        lines.add("  " + LogSafe.of(outcome.holder().get()));
        lines.add("Next, when that one has ended: start a run for the table again");
    }

    private static String nothingNew(Outcome outcome) {
        DetectionSummary detection = outcome.detection().detection();
        Optional<UnfitNames> unfit = detection.unfit();
        if (unfit.filter(UnfitNames::none).isPresent()) {
            return "Nothing of " + table(outcome) + " can be read: "
                    + unfit.get().text() + ".";
        }
        if (detection.found() == 0) {
            return "Nothing new: " + table(outcome) + " has " + DetectionSummary.NOTHING_FOUND + ".";
        }
        String seen = Counted.of(detection.found(), "partition") + " found";
        return detection.waiting() > 0
                ? "Nothing is ready in " + table(outcome) + ": " + seen + ", " + detection.waiting()
                        + " of them not ready."
                : "Nothing new: " + table(outcome) + " is up to date, " + seen + ".";
    }

    private static String counts(Outcome outcome, TableStatus status) {
        long missing = outcome.missing().orElse(0);
        return table(outcome) + " is " + status + ": " + outcome.registered().orElse(0) + " registered, "
                + outcome.outstanding().orElse(0) + " outstanding"
                + (missing > 0 ? ", " + missing + " missing" : "")
                + (outcome.waived().isPresent() ? ", " + outcome.waived().getAsLong() + " waived." : ".");
    }

    private static String message(Outcome outcome) {
        return LogSafe.of(outcome.message().orElse("no reason is given"));
    }

    private static String table(Outcome outcome) {
        return LogSafe.of(outcome.table().orElse("The table"));
    }
}
