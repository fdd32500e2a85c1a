package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.tablecreator.events.AllTablesText;

/**
 * Fails an execution of the machine for all tables of which some are partial or have failed, so that it can be redriven. The
 * message is what an operator reads first.
 */
public final class TablesPartialException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TablesPartialException(AllTablesReport report) {
        super(AllTablesText.state(report)
                + " Fix what is wrong with them and redrive their executions, then redrive this one, which looks at them again"
                + " (fanin redrive --all does both).");
    }
}
