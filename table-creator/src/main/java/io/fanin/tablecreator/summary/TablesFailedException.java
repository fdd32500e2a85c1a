package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.tablecreator.events.AllTablesText;

/**
 * Fails an execution for all tables if some have failed, so that it can be redriven. Operators see the message, which
 * names these before the partial ones, in the Step Functions console.
 */
public final class TablesFailedException extends RuntimeException {

    TablesFailedException(AllTablesReport report) {
        super(AllTablesText.state(report)
                + " Fix what is wrong with them and redrive their executions, then redrive this one, which looks at them again"
                + " (fanin redrive --all does both); after a change of a spec, start a new execution for all tables.");
    }
}
