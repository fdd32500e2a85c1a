package io.fanin.tablecreator.events;

import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.run.RunCount;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.stream.Collectors;

/** Summarises a run's report in sentences on one line, bounded in length. */
public final class RunSummaryText {

    /** The whole text stays far below the 32 KiB that Step Functions allows. */
    private static final int SAMPLE = 5;

    private RunSummaryText() {}

    /** One sentence with the counts of the pass. */
    public static String state(RunReport report) {
        return "Table " + report.header().table()
                + (report.status() == TableStatus.PARTIAL ? " is partial: " : " is complete: ")
                + RunCount.sentence(report.counts())
                + failures(report) + ".";
    }

    /** Advice on the outstanding partitions before a redrive. */
    public static String redrive(RunReport report) {
        if (report.failures().isEmpty()) {
            return "Nothing failed that a redrive could process again: a later run registers the missing periods once they"
                    + " are written.";
        }
        List<String> words = report.ownFailures().stream()
                .map(failure -> failure.cause().error())
                .toList();
        if (report.hintsAtSpec()) {
            return FailureAdvice.PROBABLY_SPEC;
        }
        return FailureAdvice.needsAnotherSpec(words)
                ? FailureAdvice.ANOTHER_SPEC
                : "Fix what is wrong with them, then redrive this execution: only the outstanding partitions are"
                        + " processed again.";
    }

    private static String failures(RunReport report) {
        if (report.failures().isEmpty()) {
            return "";
        }
        int more = report.failures().size() - SAMPLE;
        return report.failures().stream()
                .limit(SAMPLE)
                .map(RunSummaryText::shown)
                .collect(Collectors.joining("; ", ": ", more > 0 ? "; and " + more + " more" : ""));
    }

    private static String shown(RunReport.Outstanding failure) {
        RunReport.Outstanding.Cause cause = failure.cause().inShort();
        return LogSafe.name(failure.partition()) + " (" + cause.error() + ": " + cause.message()
                + (failure.setAside() ? "; set aside after " + failure.attempts() + " attempts" : "")
                + cause.laterRun()
                        .map(run -> "; " + RunReport.Outstanding.leftTo(run))
                        .orElse("")
                + ")";
    }
}
