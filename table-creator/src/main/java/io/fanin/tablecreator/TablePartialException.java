package io.fanin.tablecreator;

import io.fanin.model.run.RunReport;
import io.fanin.tablecreator.events.RunSummaryText;

/**
 * Fails an execution whose table is partial, so that it can be redriven. Everything that succeeded has been registered
 * before. Operators see the message in the Step Functions console.
 */
public final class TablePartialException extends RuntimeException {

    TablePartialException(RunReport report) {
        super(RunSummaryText.state(report) + " " + RunSummaryText.redrive(report));
    }
}
