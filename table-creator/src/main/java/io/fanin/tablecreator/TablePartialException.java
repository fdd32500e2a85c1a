package io.fanin.tablecreator;

import io.fanin.core.run.RunReport;
import io.fanin.core.text.OneLine;
import java.util.stream.Collectors;

/**
 * Fails an execution whose table is partial, so that it can be redriven. Everything that succeeded has been registered
 * before. The message is what an operator reads first.
 */
public final class TablePartialException extends RuntimeException {

    private static final int SAMPLE = 5;

    /** Characters; all of it stays far below the 32 KiB that Step Functions has room for. */
    private static final int MAX_NAME = 200;

    private static final int MAX_ERROR = 100;
    private static final int MAX_MESSAGE = 300;

    public TablePartialException(RunReport report) {
        super(message(report));
    }

    private static String message(RunReport report) {
        String failures = report.failures().stream()
                .limit(SAMPLE)
                .map(TablePartialException::shown)
                .collect(Collectors.joining("; "));
        int more = report.failures().size() - SAMPLE;
        return "Table " + report.table() + " is partial: " + report.registered() + " partitions registered, "
                + report.outstanding() + " outstanding"
                + (report.setAside() > 0 ? ", " + report.setAside() + " of them set aside" : "") + ": " + failures
                + (more > 0 ? "; and " + more + " more" : "")
                + ". Mend what is wrong with them, then redrive this execution: only the outstanding partitions are"
                + " processed again.";
    }

    private static String shown(RunReport.Outstanding failure) {
        return OneLine.beginning(failure.partition(), MAX_NAME) + " ("
                + OneLine.beginning(failure.error(), MAX_ERROR) + ": "
                + OneLine.beginning(failure.message(), MAX_MESSAGE)
                + (failure.setAside() ? "; set aside after " + failure.attempts() + " attempts" : "") + ")";
    }
}
