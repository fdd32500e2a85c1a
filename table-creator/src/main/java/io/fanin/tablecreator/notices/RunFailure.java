package io.fanin.tablecreator.notices;

import io.fanin.core.record.SentNotice;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.text.LogSafe;
import io.fanin.tablecreator.events.RunEnd;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The failure of an execution before it finished, or why none is started for a table.
 *
 * @param error of the execution, or {@code TIMED_OUT}, {@code ABORTED}; the reason for which a table is left out
 * @param message the cause for people, shortened
 * @param cause the same text for failures of the same cause
 */
public record RunFailure(Kind kind, String error, String message, String cause) {

    public enum Kind {
        /** An execution for the table. */
        FAILED,
        /** A run of all tables has left it out. */
        LEFT_OUT
    }

    private static final int MAX_MESSAGE = 1_000;

    /** The number of characters by which causes are compared. */
    private static final int MAX_CAUSE = 4_000;

    /** The parts that differ each time: request ids with the SDK's text around them, and times. */
    private static final Pattern OF_ONE_REQUEST = Pattern.compile("\\((?:Service|SDK|RequestId)[^)]*\\)"
            + "|\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b"
            + "|\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?");

    public static RunFailure of(RunEnd end) {
        String error = LogSafe.of(end.errorOrStatus());
        String message = end.causeInWords();
        String cause = message.substring(0, Math.min(message.length(), MAX_CAUSE));
        String lasting = lasting(cause.replace(end.executionArn(), "").replace(end.name(), ""));
        return new RunFailure(
                Kind.FAILED,
                error,
                LogSafe.ofLines(end.causeForPeople(), MAX_MESSAGE),
                SentNotice.failedRun(error, lasting));
    }

    /**
     * That a run of all tables leaves a table out.
     *
     * @param reasons at least one; the first is told
     */
    public static RunFailure of(List<SkippedTable> reasons) {
        SkippedTable first = reasons.getFirst();
        String reason = first.reason().name();
        return new RunFailure(
                Kind.LEFT_OUT,
                reason,
                LogSafe.ofLines(first.message(), MAX_MESSAGE),
                SentNotice.leftOut(
                        reason,
                        reasons.stream().map(one -> lasting(one.message())).collect(Collectors.joining("\n"))));
    }

    /** A message without what differs each time. */
    private static String lasting(String message) {
        return OF_ONE_REQUEST.matcher(message).replaceAll("");
    }
}
