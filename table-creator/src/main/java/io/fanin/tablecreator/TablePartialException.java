package io.fanin.tablecreator;

import io.fanin.core.run.RunReport;
import java.util.stream.Collectors;

/**
 * Fails an execution whose table is partial, so that it can be redriven. Everything that succeeded has been registered
 * before. The message is what an operator reads first.
 */
public final class TablePartialException extends RuntimeException {

    private static final int SAMPLE = 5;
    private static final int MAX_MESSAGE = 300;

    public TablePartialException(RunReport report) {
        super(message(report));
    }

    private static String message(RunReport report) {
        String failures = report.failures().stream()
                .limit(SAMPLE)
                .map(failure ->
                        failure.partition() + " (" + failure.error() + ": " + shortened(failure.message()) + ")")
                .collect(Collectors.joining("; "));
        int more = report.failures().size() - SAMPLE;
        return "Table " + report.table() + " is partial: " + report.registered() + " partitions registered, "
                + report.outstanding() + " outstanding: " + failures + (more > 0 ? "; and " + more + " more" : "")
                + ". Mend what is wrong with them, then redrive this execution: only the outstanding partitions are"
                + " processed again.";
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
    }
}
