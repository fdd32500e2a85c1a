package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.tablecreator.events.AllTablesText;

/**
 * Fails an execution for all tables if some are partial and none has failed, so that it can be redriven. Operators see
 * the message in the Step Functions console.
 */
public final class TablesPartialException extends RuntimeException {

    TablesPartialException(AllTablesReport report) {
        super(AllTablesText.state(report)
                + " Fix what is wrong with them and redrive their executions, then redrive this one, which looks at them again"
                + " (fanin redrive --all does both).");
    }
}
