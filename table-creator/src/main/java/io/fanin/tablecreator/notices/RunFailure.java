package io.fanin.tablecreator.notices;

import io.fanin.model.text.LogSafe;
import io.fanin.model.text.Sha256;
import io.fanin.tablecreator.events.RunEnd;
import java.util.regex.Pattern;

/**
 * The failure of an execution before it finished.
 *
 * @param error of the execution, or {@code TIMED_OUT}, {@code ABORTED}
 * @param message the cause for people, shortened
 * @param cause the same text for failures of the same cause
 */
public record RunFailure(String error, String message, String cause) {

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
        String lasting = OF_ONE_REQUEST
                .matcher(cause.replace(end.executionArn(), "").replace(end.name(), ""))
                .replaceAll("");
        return new RunFailure(
                error, LogSafe.ofLines(message, MAX_MESSAGE), "run " + error + " " + Sha256.token(lasting));
    }
}
