package io.fanin.tablecreator.events;

import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a run's report says, in sentences on one line: short, whatever failed. */
public final class RunSummaryText {

    private static final int SAMPLE = 5;

    /** Characters; all of it stays far below the 32 KiB that Step Functions has room for. */
    private static final int MAX_NAME = 200;

    private static final int MAX_ERROR = 100;
    private static final int MAX_MESSAGE = 300;

    private RunSummaryText() {}

    /** What stands in the table, and what of it does not: one sentence. */
    public static String state(RunReport report) {
        return "Table " + report.table() + (report.status() == TableStatus.PARTIAL ? " is partial: " : " is complete: ")
                + counts(report) + failures(report) + ".";
    }

    /** What has to be done about what a run has left, before it is redriven. */
    public static String redrive(RunReport report) {
        return report.failures().isEmpty()
                ? "Nothing failed that a redrive could process again: a later run registers the missing periods once they"
                        + " are written."
                : "Fix what is wrong with them, then redrive this execution: only the outstanding partitions are"
                        + " processed again.";
    }

    private static String counts(RunReport report) {
        List<String> counts = new ArrayList<>();
        counts.add(report.registered() + " partitions registered");
        report.badRecords().ifPresent(bad -> counts.add(bad + " raw records left out as bad"));
        counts.add(report.outstanding() + " outstanding");
        if (report.setAside() > 0) {
            counts.add(report.setAside() + " of them set aside");
        }
        report.missing().ifPresent(missing -> counts.add(missing + " periods missing"));
        return String.join(", ", counts);
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
        return OneLine.beginning(failure.partition(), MAX_NAME) + " ("
                + OneLine.beginning(failure.error(), MAX_ERROR) + ": "
                + OneLine.beginning(failure.message(), MAX_MESSAGE)
                + (failure.setAside() ? "; set aside after " + failure.attempts() + " attempts" : "") + ")";
    }
}
